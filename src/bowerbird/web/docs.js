// Draws /openapi.json: each address, its parameters, its body and its answer, then the error codes.
const page = document.getElementById("docs");
function put(parent, name, text, properties = {}) {
  const node = Object.assign(document.createElement(name), properties);
  if (text !== undefined) node.textContent = text;
  parent.append(node);
  return node;
}
const document_ = await (await fetch("/openapi.json")).json();

// An example of a schema: its own example or default where it has one, else its type.
function sample(schema, depth = 0) {
  if (!schema || depth > 9) return "…";
  if (schema.$ref) return sample(document_.components.schemas[schema.$ref.split("/").pop()], depth + 1);
  if (schema.examples?.length) return schema.examples[0];
  if (schema.enum) return schema.enum.join(" | ");
  const choices = (schema.anyOf ?? []).filter((one) => one.type !== "null");
  if (choices.length) return sample(choices[0], depth);
  if (schema.properties) return Object.fromEntries(Object.entries(schema.properties).map(([name, inner]) => [name, sample(inner, depth + 1)]));
  if (schema.type === "array") return [sample(schema.items, depth + 1)];
  if (schema.default !== undefined && schema.default !== null && schema.default !== "") return schema.default;
  return { string: "text", integer: 1, number: 1.5, boolean: true, object: {} }[schema.type] ?? null;
}
function block(section, title, media) {
  if (!media?.schema) return;
  put(section, "h3", title);
  put(section, "pre", JSON.stringify(sample(media.schema), null, 2), { tabIndex: 0 });
}

put(page, "p", "Errors have one shape: {\"error\": {\"code\", \"message\", \"field\", \"link\"}}. Where a shop has keys, send Authorization: Bearer KEY or X-API-Key: KEY. The machine-readable description is at ")
  .append(put(page, "a", "/openapi.json", { href: "/openapi.json" }));
for (const [path, methods] of Object.entries(document_.paths)) {
  for (const [method, route] of Object.entries(methods)) {
    const section = put(page, "section");
    put(put(section, "h2", undefined, { id: `${method}-${path}` }), "code", `${method.toUpperCase()} ${path.replace(":path", "")}`);
    put(section, "p", route.description ?? route.summary);
    const parameters = (route.parameters ?? []).filter((one) => one.in === "query");
    if (parameters.length) put(section, "p", `Parameters: ${parameters.map((one) => one.name).join(", ")}`, { className: "soft" });
    block(section, "Body", route.requestBody?.content?.["application/json"]);
    block(section, "Answer", route.responses?.[200]?.content?.["application/json"]);
  }
}
put(page, "h2", "Errors", { id: "errors" });
for (const { code, meaning } of document_["x-errors"]) {
  const row = put(page, "p", undefined, { id: `error-${code}` });
  put(row, "code", code);
  row.append(` ${meaning}`);
}
if (location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
