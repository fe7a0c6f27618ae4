// The search half's icons: strokes on a 24 x 24 ground, drawn in the colour of the text.
const SPACE = "http://www.w3.org/2000/svg";
const STROKES = {
  search: "M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM15.3 15.3 20 20",
  close: "M6 6l12 12M18 6 6 18",
  more: "M5.5 12h.01M12 12h.01M18.5 12h.01",
  alike: "M12 5v14M5 12h14",
  unlike: "M5 12h14",
  why: "M9.2 9.2a2.9 2.9 0 1 1 4.2 2.9c-.9.5-1.4 1.1-1.4 2.1M12 17.4h.01M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z",
  filters: "M4 7h9M17 7h3M15 5v4M4 17h3M11 17h9M9 15v4",
  down: "M6 9.5l6 6 6-6",
  right: "M9.5 6l6 6-6 6",
  left: "M14.5 6l-6 6 6 6",
  cart: "M5.5 8.5h13l-1 11h-11zM9 8.500V7a3 3 0 0 1 6 0v1.500",
  done: "M5 12.500l4.500 4.500L19 7.500",
  taste: "M12 19.5S4.500 15 4.500 9.600A3.900 3.900 0 0 1 12 7.900a3.900 3.900 0 0 1 7.500 1.700C19.500 15 12 19.500 12 19.500z",
  clock: "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM12 7.5V12l3 2",
  tag: "M4 4h7.5l8.5 8.5-7.5 7.5L4 11.5zM8 8h.01",
  brand: "M12 3.5l2.4 5.1 5.6.7-4.1 3.9 1.1 5.6-5-2.8-5 2.8 1.1-5.6L4 9.3l5.6-.7z",
  box: "M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8",
  arrow: "M5 12h13M13 6.5l5.5 5.5-5.5 5.5",
  picture: "M4 5h16v14H4zM4 16l4.5-4.5L13 16l3-3 4 4M15.5 9h.01",
  photo: "M4 8h3l2-3h6l2 3h3v11H4zM12 9.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7z",
  again: "M19 12a7 7 0 1 1-2.1-5M19 4v3.5h-3.5",
  none: "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM6.4 6.4l11.200 11.200",
  words: "M5 7h14M5 12h14M5 17h8",
  star: "M12 3.5l2.4 5.1 5.6.7-4.1 3.9 1.1 5.6-5-2.8-5 2.8 1.1-5.6L4 9.3l5.6-.7z",
  light: "M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M5.6 18.4l1.1-1.1M17.3 6.7l1.1-1.1",
  dark: "M19.5 14.5A8 8 0 0 1 9.5 4.500a8 8 0 1 0 10 10z",
  auto: "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM12 4v16M12 8l5.5-1.500M12 12h8M12 16l5.500 1.500",
};

/** An icon by name, a decoration to screen readers. */
export function icon(name) {
  const picture = document.createElementNS(SPACE, "svg"), path = document.createElementNS(SPACE, "path");
  picture.setAttribute("class", `icon icon-${name}`);
  picture.setAttribute("viewBox", "0 0 24 24");
  picture.setAttribute("aria-hidden", "true");
  path.setAttribute("d", STROKES[name]);
  picture.append(path);
  return picture;
}
