// The search page. The address holds the query (all but photos); everything from the catalogue is set as text.
const at = (id) => document.getElementById(id);
const words = at("words"), list = at("suggestions"), results = at("results");
const UNSHOWN = ["id", "currency", "in_stock"];
const PREFERRED = ["category", "brand", "color", "colour", "size", "material", "gender", "style", "availability"];
let photos = [], facetFields = null, running = null, suggesting = null, chosen = -1;

// --- small tools
function element(name, properties = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith("aria-") || key === "role") node.setAttribute(key, value);
    else node[key] = value;
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}
const text = (escaped) => new DOMParser().parseFromString(escaped, "text/html").body.textContent;
// Highlights arrive escaped, with <mark> around matches: cut at the marks, unescape the pieces, build nodes.
function highlighted(html) {
  return html.split(/(<mark>.*?<\/mark>)/s).filter(Boolean).map((part) =>
    part.startsWith("<mark>") ? element("mark", { textContent: text(part.slice(6, -7)) }) : text(`<pre>${part}</pre>`));
}
const safeAddress = (address) => /^https?:\/\//i.test(address ?? "") ? address : null;
function money(price, currency) {
  if (price === null) return "";
  try { return new Intl.NumberFormat(undefined, currency ? { style: "currency", currency } : {}).format(price); }
  catch { return `${price} ${currency ?? ""}`; }
}

async function call(path, body, signal) {
  const headers = { ...(body && { "Content-Type": "application/json" }) };
  const key = sessionStorage.getItem("key");
  if (key) headers.Authorization = `Bearer ${key}`;
  const answer = await fetch(path, { method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body), signal });
  const value = await answer.json().catch(() => ({}));
  if (answer.status === 401) {
    const given = prompt("This shop asks for a search key:");
    if (given) { sessionStorage.setItem("key", given.trim()); return call(path, body, signal); }
  }
  if (!answer.ok) throw new Error(value.error?.message ?? `The service answered ${answer.status}.`);
  return value;
}

// --- the address is the state
function readState() {
  const given = new URLSearchParams(location.search);
  const picked = new Map();
  for (const pair of given.getAll("f")) {
    const cut = pair.indexOf(":");
    const field = pair.slice(0, cut);
    picked.set(field, [...(picked.get(field) ?? []), pair.slice(cut + 1)]);
  }
  return { q: given.get("q") ?? "", like: given.get("like"), picked, low: given.get("low"), high: given.get("high"),
    sort: given.get("sort") ?? "relevance", page: Math.max(1, Number(given.get("page")) || 1) };
}
function go(change) {
  const state = { ...readState(), page: 1, ...change };
  const next = new URLSearchParams();
  for (const name of ["q", "like", "low", "high"]) if (state[name]) next.set(name, state[name]);
  for (const [field, values] of state.picked) for (const value of values) next.append("f", `${field}:${value}`);
  if (state.sort !== "relevance") next.set("sort", state.sort);
  if (state.page > 1) next.set("page", state.page);
  history.pushState(null, "", `${location.pathname}?${next}`);
  show();
}
const quoted = (value) => `"${value.replace(/["\\]/g, "\\$&")}"`;
function filterOf({ picked, low, high }) {
  const parts = [...picked].map(([field, values]) => field === "category"
    ? `(${values.map((value) => `category UNDER ${quoted(value)}`).join(" OR ")})`
    : `${quoted(field)} IN [${values.map(quoted).join(", ")}]`);
  if (low || high) parts.push(`price ${low ?? ""}..${high ?? ""}`);
  return parts.join(" AND ");
}
function toggled(picked, field, value) {
  const next = new Map(picked), values = next.get(field) ?? [];
  const left = values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
  left.length ? next.set(field, left) : next.delete(field);
  return next;
}

// --- searching
async function fieldsToCount() {
  if (facetFields) return facetFields;
  const { fields } = await call("/v1/fields");
  const counted = fields.filter((field) => field.kind !== "number" && !UNSHOWN.includes(field.name)).map((field) => field.name);
  const known = PREFERRED.filter((name) => counted.includes(name));
  facetFields = [...known, ...counted.filter((name) => !known.includes(name))].slice(0, 9);
  if (fields.some((field) => field.name === "price")) facetFields.push("price");
  return facetFields;
}
async function show() {
  running?.abort();
  running = new AbortController();
  const state = readState(), filters = filterOf(state);
  words.value = state.q;
  at("sort").value = state.sort;
  results.classList.add("waiting");
  try {
    const facets = await fieldsToCount();
    const found = state.like
      ? await call(`/v1/products/${encodeURIComponent(state.like)}/similar?${new URLSearchParams({ per_page: 24, filters })}`, null, running.signal)
      : await call("/v1/search", { q: state.q, images: photos.map(({ data }) => ({ data })), filters, facets,
        sort: state.sort, page: state.page, per_page: 24 }, running.signal);
    draw(found, state);
  } catch (error) {
    if (error.name !== "AbortError") notice(error.message, true);
  } finally {
    results.classList.remove("waiting");
  }
}
function draw(found, state) {
  document.title = state.q ? `${state.q} · Bowerbird` : "Bowerbird";
  const many = `${found.total.toLocaleString()}${found.exhaustive ? "" : "+"} ${found.total === 1 ? "product" : "products"}`;
  at("count").textContent = state.like ? `${many} like ${state.like}` : `${many} · ${found.took_ms.toFixed(0)} ms`;
  results.replaceChildren(...found.hits.map(card));
  drawFacets(found.facets, state);
  drawChips(state);
  const last = Math.min(Math.ceil(found.total / found.per_page), Math.floor(10000 / found.per_page));
  const turn = (label, page, off) => element("button", { textContent: label, disabled: off, onclick: () => { go({ page }); scrollTo(0, 0); } });
  at("pages").replaceChildren(...(last > 1 && !state.like
    ? [turn("← Previous", found.page - 1, found.page <= 1), `${found.page} of ${last}`, turn("Next →", found.page + 1, found.page >= last)] : []));
  if (found.did_you_mean) {
    notice("Did you mean ", false, element("button", { textContent: found.did_you_mean, onclick: () => go({ q: found.did_you_mean }) }));
  } else if (!found.hits.length) {
    notice("Nothing fits. Try fewer or other words, take a filter away, or show a photo of what you want.");
  } else at("notice").hidden = true;
}
function notice(message, bad = false, ...more) {
  at("notice").replaceChildren(message, ...more);
  at("notice").classList.toggle("bad", bad);
  at("notice").hidden = false;
}
function card(hit) {
  const photo = element("div", { className: "photo" });
  if (hit.image) {
    const image = element("img", { src: hit.image, alt: "", loading: "lazy", decoding: "async", referrerPolicy: "no-referrer" });
    image.onerror = () => photo.replaceChildren("◌");
    photo.append(image);
  } else photo.append("◌");
  const title = element("h2", {}, ...(hit.highlights.title ? highlighted(hit.highlights.title) : [hit.title]));
  const address = safeAddress(hit.url);
  const sold = hit.availability === "out_of_stock" ? " · out of stock" : "";
  const form = hit.variant ? Object.values(hit.variant.attributes).filter((value) => typeof value === "string").join(", ") : "";
  return element("li", { className: "card" }, photo, element("div", { className: "text" },
    address ? element("a", { href: address, rel: "noopener noreferrer" }, title) : title,
    hit.brand || form ? element("small", { textContent: [hit.brand, form].filter(Boolean).join(" · ") }) : null,
    element("span", { className: "price" }, money(hit.price, hit.currency), element("small", { textContent: sold })),
    hit.rating ? element("span", { className: "stars", role: "img", "aria-label": `${hit.rating} of 5 stars` },
      "★".repeat(Math.round(hit.rating)), element("small", { textContent: ` ${hit.rating.toFixed(1)} (${hit.review_count})` })) : null,
    element("button", { textContent: "More like this", "aria-label": `More like ${hit.title}`,
      onclick: () => { setPhotos([]); go({ like: hit.id, q: "" }); scrollTo(0, 0); } })));
}
function drawFacets(facets, state) {
  const before = new Map([...at("facets").children].map((node) => [node.dataset.field, node.open]));
  const roomy = matchMedia("(min-width: 761px)").matches;
  const blocks = facets.map((facet) => {
    const picked = state.picked.get(facet.field) ?? [];
    // Of a tree, the first floor and what lies right below the picked branches.
    const values = facet.field !== "category" ? facet.values : facet.values.filter(({ value }) => !value.includes("/")
      || picked.includes(value) || picked.includes(value.slice(0, value.lastIndexOf("/"))));
    const shown = [...values, ...picked.filter((value) => !values.some((other) => other.value === value)).map((value) => ({ value, count: 0 }))];
    const block = element("details", { open: before.get(facet.field) ?? roomy }, element("summary", { textContent: facet.field.replaceAll("_", " ") }));
    block.dataset.field = facet.field;
    if (facet.field === "price") {
      const end = (name, value, hint) => element("input", { type: "number", min: 0, step: "any", value: value ?? "", placeholder: hint,
        "aria-label": name === "low" ? "Lowest price" : "Highest price", onchange: (event) => go({ [name]: event.target.value }) });
      block.append(element("div", { className: "range" }, end("low", state.low, facet.stats ? Math.floor(facet.stats.min) : "from"),
        end("high", state.high, facet.stats ? Math.ceil(facet.stats.max) : "to")));
      return facet.stats || state.low || state.high ? block : null;
    }
    block.append(...shown.slice(0, 12).map(({ value, count }) => element("label", {},
      element("input", { type: "checkbox", checked: picked.includes(value), onchange: () => go({ picked: toggled(state.picked, facet.field, value) }) }),
      value.replaceAll("_", " ").replaceAll("/", " › "), element("small", { textContent: count.toLocaleString() }))));
    return shown.length ? block : null;
  });
  at("facets").replaceChildren(...blocks.filter(Boolean));
}
function drawChips(state) {
  const chip = (label, onclick) => element("button", { className: "chip", onclick, "aria-label": `Remove ${label}` }, `${label} ✕`);
  const chips = [...state.picked].flatMap(([field, values]) => values.map((value) =>
    chip(`${field}: ${value}`, () => go({ picked: toggled(state.picked, field, value) }))));
  if (state.low || state.high) chips.push(chip(`price: ${state.low ?? ""}–${state.high ?? ""}`, () => go({ low: null, high: null })));
  if (state.like) chips.push(chip(`like: ${state.like}`, () => go({ like: null })));
  at("chips").replaceChildren(...chips);
}

// --- photos: picked, dropped or pasted; made small here, so that little travels
async function addPhotos(files) {
  const added = [];
  for (const file of [...files].filter((one) => one.type.startsWith("image/"))) {
    try {
      const image = await createImageBitmap(file), scale = Math.min(1, 1024 / Math.max(image.width, image.height));
      const canvas = element("canvas", { width: Math.max(1, Math.round(image.width * scale)), height: Math.max(1, Math.round(image.height * scale)) });
      const paper = canvas.getContext("2d");
      paper.fillStyle = "#fff";
      paper.fillRect(0, 0, canvas.width, canvas.height);
      paper.drawImage(image, 0, 0, canvas.width, canvas.height);
      added.push({ data: canvas.toDataURL("image/jpeg", 0.92), name: file.name });
    } catch { return notice(`${file.name || "This file"} is not a photo this browser can read.`, true); }
  }
  if (added.length) { setPhotos([...photos, ...added].slice(-8)); go({ q: words.value, like: null }); }
}
function setPhotos(next) {
  photos = next;
  at("photos").replaceChildren(...photos.map((photo, place) => element("button", { type: "button", className: "chip",
    "aria-label": `Remove photo ${place + 1}`, onclick: () => { setPhotos(photos.filter((other) => other !== photo)); go({}); } },
    element("img", { src: photo.data, alt: "" }), "✕")));
}
at("file").onchange = (event) => { addPhotos(event.target.files); event.target.value = ""; };
addEventListener("paste", (event) => { if (event.clipboardData?.files.length) { event.preventDefault(); addPhotos(event.clipboardData.files); } });
addEventListener("dragover", (event) => { event.preventDefault(); at("drop").classList.add("over"); });
addEventListener("dragleave", (event) => { if (!event.relatedTarget) at("drop").classList.remove("over"); });
addEventListener("drop", (event) => { event.preventDefault(); at("drop").classList.remove("over"); addPhotos(event.dataTransfer.files); });

// --- suggestions
function close() { list.hidden = true; chosen = -1; words.setAttribute("aria-expanded", "false"); words.removeAttribute("aria-activedescendant"); }
async function suggest() {
  suggesting?.abort();
  suggesting = new AbortController();
  if (!words.value.trim()) return close();
  try {
    const { suggestions } = await call(`/v1/suggest?${new URLSearchParams({ q: words.value.slice(0, 200), limit: 8 })}`, null, suggesting.signal);
    list.replaceChildren(...suggestions.map((one, place) => element("li", { id: `s${place}`, role: "option", "aria-selected": "false",
      onmousedown: (event) => { event.preventDefault(); pick(one.text); } }, one.text, element("small", { textContent: one.kind }))));
    chosen = -1;
    list.hidden = !suggestions.length || document.activeElement !== words;
    words.setAttribute("aria-expanded", String(!list.hidden));
  } catch { close(); }
}
function pick(value) { words.value = value; close(); go({ q: value, like: null }); }
words.oninput = () => { clearTimeout(words.timer); words.timer = setTimeout(suggest, 90); };
words.onblur = close;
words.onkeydown = (event) => {
  if (event.key === "Escape" && !list.hidden) { event.preventDefault(); return close(); }
  if (list.hidden || event.isComposing) return;
  const options = [...list.children];
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    chosen = (chosen + (event.key === "ArrowDown" ? 1 : options.length)) % options.length;
    options.forEach((option, place) => option.setAttribute("aria-selected", String(place === chosen)));
    words.setAttribute("aria-activedescendant", `s${chosen}`);
  } else if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); pick(options[chosen].firstChild.textContent); }
};
at("form").onsubmit = (event) => { event.preventDefault(); clearTimeout(words.timer); suggesting?.abort(); close(); go({ q: words.value, like: null }); };
at("sort").onchange = (event) => go({ sort: event.target.value });
addEventListener("popstate", show);
show();
