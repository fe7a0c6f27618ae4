// The line drawings on the buttons of the photo and product views, 24 by 24.
const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  picture: ["M4 5h16v14H4z", "M4 16l4.5-4.5 4 4 2.5-2.5L20 17", "M15.5 9.2a1.2 1.2 0 1 0 .01 0"],
  camera: ["M4 8h3.2L9 5.5h6L16.8 8H20v11H4z", "M12 10a3.3 3.3 0 1 0 .01 0"],
  close: ["M6 6l12 12", "M18 6L6 18"],
  turn: ["M5 12a7 7 0 0 1 12-4.9L19 9", "M19 4.5V9h-4.5", "M19 12a7 7 0 0 1-12 4.9L5 15", "M5 19.5V15h4.5"],
  crop: ["M7 3v14h14", "M3 7h14v14"],
  zoom: ["M10.5 4.5a6 6 0 1 0 .01 0", "M15 15l5 5", "M10.5 8v5", "M8 10.5h5"],
  previous: ["M14.5 5.5L8 12l6.5 6.5"],
  next: ["M9.5 5.5L16 12l-6.5 6.5"],
  minus: ["M6 12h12"],
  plus: ["M6 12h12", "M12 6v12"],
  star: ["M12 4.5l2.3 4.9 5.2.7-3.8 3.7.9 5.3-4.6-2.6-4.6 2.6.9-5.3-3.8-3.7 5.2-.7z"],
  alike: ["M4 4h7v7H4z", "M13 13h7v7h-7z", "M16.5 4.5v6", "M13.5 7.5h6"],
  unlike: ["M4 4h7v7H4z", "M13 13h7v7h-7z", "M13.5 7.5h6"],
  share: ["M12 15V4", "M8 7.5L12 3.5l4 4", "M6 11v9h12v-9"],
  out: ["M13 5h6v6", "M19 5l-9 9", "M16 13v6H5V8h6"],
  missing: ["M4 8l8-4 8 4v8l-8 4-8-4z", "M4 8l8 4 8-4", "M12 12v8"],
  trouble: ["M12 4l9 16H3z", "M12 10v4.5", "M12 17v.4"],
};

/** A drawing as a node that says nothing to a screen reader; the button beside it has the words. */
export function icon(name) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("class", `icon icon-${name}`);
  drawing.setAttribute("aria-hidden", "true");
  drawing.setAttribute("focusable", "false");
  for (const line of PATHS[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", line);
    drawing.append(path);
  }
  return drawing;
}
