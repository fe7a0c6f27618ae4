// The shopper's photos. Each is checked, made small and kept on this device alone (IndexedDB), under the beginning of
// its SHA-256; the address of a search names it by that key. A photo leaves the device only inside a search.

const LONGEST_SIDE = 1024;
const QUALITY = 0.85;
const MOST_BYTES = 60_000_000;
const LEAST_SIDE = 8;
const KEPT = 20;
const KEY_LENGTH = 16;

/** Why a file is no photo to search by; `code` is one of not_image, svg, too_large, too_small, unreadable. */
export class PhotoFault extends Error {
  constructor(code) {
    super(code);
    this.name = "PhotoFault";
    this.code = code;
  }
}

// --- from a file to a small photo

/** Check a file, shrink it and keep it. Answers {key, blob, width, height}; throws PhotoFault. */
export async function takeIn(file) {
  await refuseWrong(file);
  const small = await shrunk(file);
  const photo = { key: await nameOf(small.blob), ...small };
  await keep(photo);
  return photo;
}

async function refuseWrong(file) {
  if (file.size === 0) throw new PhotoFault("unreadable");
  if (file.size > MOST_BYTES) throw new PhotoFault("too_large");
  // A name or a type may lie, so what the file begins with is looked at as well. Markup is never let near a decoder.
  const beginning = new TextDecoder("latin1").decode(await file.slice(0, 512).arrayBuffer()).toLowerCase();
  if (/svg/i.test(file.type) || /\.svgz?$/i.test(file.name ?? "") || /<svg|^\s*<\?xml|^\s*<!doctype svg/.test(beginning)) {
    throw new PhotoFault("svg");
  }
  const unknownType = !file.type || file.type === "application/octet-stream";
  if (!unknownType && !file.type.startsWith("image/")) throw new PhotoFault("not_image");
}

async function shrunk(file) {
  let picture;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    throw new PhotoFault(file.type.startsWith("image/") ? "unreadable" : "not_image");
  }
  try {
    if (Math.min(picture.width, picture.height) < LEAST_SIDE) throw new PhotoFault("too_small");
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const width = Math.max(1, Math.round(picture.width * scale)), height = Math.max(1, Math.round(picture.height * scale));
    return { blob: await drawn(picture, width, height), width, height };
  } finally {
    picture.close();
  }
}

/** A picture (bitmap, video frame) as a JPEG of the given size; what is transparent in it becomes white. */
export async function drawn(picture, width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const paper = canvas.getContext("2d");
  paper.fillStyle = "#fff";
  paper.fillRect(0, 0, width, height);
  paper.imageSmoothingQuality = "high";
  paper.drawImage(picture, 0, 0, width, height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  if (!blob) throw new PhotoFault("unreadable");
  return blob;
}

async function nameOf(blob) {
  const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  // Without a secure context there is no digest; then the same photo taken twice is simply kept twice.
  if (!globalThis.crypto?.subtle) return hex(crypto.getRandomValues(new Uint8Array(KEY_LENGTH / 2)));
  return hex(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer())).slice(0, KEY_LENGTH);
}

// --- keeping

// Where the browser has no IndexedDB for us (some private windows), photos live as long as the page.
const inMemory = new Map();
let opening = null;

function database() {
  opening ??= new Promise((done) => {
    if (!globalThis.indexedDB) return done(null);
    const request = indexedDB.open("bowerbird-photos", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("photos", { keyPath: "key" }).createIndex("used", "used");
    request.onsuccess = () => done(request.result);
    request.onerror = () => done(null);
  });
  return opening;
}

const answered = (request) => new Promise((done, failed) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error);
});

async function photosFor(mode) {
  const opened = await database();
  return opened && opened.transaction("photos", mode).objectStore("photos");
}

async function keep(photo) {
  const { key, blob, width, height } = photo;
  const record = { key, blob, width, height, used: Date.now() };
  inMemory.set(key, record);
  try {
    const photos = await photosFor("readwrite");
    if (!photos) return;
    await answered(photos.put(record));
    const old = (await answered((await photosFor("readonly")).index("used").getAllKeys())).slice(0, -KEPT);
    for (const past of old) await forget(past);
  } catch { /* A full disk: the photo still serves this page from memory. */ }
}

/** The photo kept under a key as {key, blob, width, height}, or null where this device has none. */
export async function load(key) {
  if (!/^[0-9a-f]{8,64}$/.test(key ?? "")) return null;
  if (inMemory.has(key)) return inMemory.get(key);
  try {
    const photos = await photosFor("readonly");
    const record = photos ? await answered(photos.get(key)) : null;
    if (record) inMemory.set(key, record);
    return record ?? null;
  } catch {
    return null;
  }
}

/** The kept photos, newest first. */
export async function recent(limit = 6) {
  let records = [...inMemory.values()];
  try {
    const photos = await photosFor("readonly");
    if (photos) records = await answered(photos.getAll());
  } catch { /* Those of this page, then. */ }
  return records.sort((one, other) => other.used - one.used).slice(0, limit);
}

/** Take a photo off this device. */
export async function forget(key) {
  inMemory.delete(key);
  if (addresses.has(key)) URL.revokeObjectURL(addresses.get(key));
  addresses.delete(key);
  dataUrls.delete(key);
  try {
    const photos = await photosFor("readwrite");
    if (photos) await answered(photos.delete(key));
  } catch { /* It was not kept. */ }
}

// --- for the page and for the search

const addresses = new Map();
const dataUrls = new Map();

/** An address that an <img> can show, or null. */
export async function addressOf(key) {
  const photo = await load(key);
  if (!photo) return null;
  if (!addresses.has(key)) addresses.set(key, URL.createObjectURL(photo.blob));
  return addresses.get(key);
}

/** The photo as a data URL, the shape in which a search sends it, or null where this device does not have it. */
export async function dataUrlOf(key) {
  if (!dataUrls.has(key)) {
    const photo = await load(key);
    if (!photo) return null;
    dataUrls.clear();
    dataUrls.set(key, new Promise((done, failed) => {
      const reader = new FileReader();
      reader.onload = () => done(reader.result);
      reader.onerror = () => failed(reader.error);
      reader.readAsDataURL(photo.blob);
    }));
  }
  return dataUrls.get(key);
}
