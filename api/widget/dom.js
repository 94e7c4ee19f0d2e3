// Elements made from words: text is always placed as text, never read as HTML.

const SVG = "http://www.w3.org/2000/svg";

/** An element; `on…` properties are listeners, `true` is an empty attribute, null and false none at all. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** A drawing of one line, for eyes only. */
export function icon(path) {
  const drawing = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ viewBox: "0 0 24 24", "aria-hidden": "true", class: "icon" })) {
    drawing.setAttribute(name, value);
  }
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  drawing.append(line);
  return drawing;
}

let made = 0;

/** An id that is used nowhere else in this page. */
export function unique(name) {
  made += 1;
  return `${name}-${made}`;
}
