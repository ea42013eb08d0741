// Small ways to make elements, so that a widget reads like the HTML it is.

/** An element: attributes by name, listeners by `on…`, properties such as `value` as properties; then what stands in it. */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) put(element, key, value);
  element.append(...children.flat().filter((one) => one != null && one !== false));
  return element;
}

const PROPERTIES = new Set(["value", "checked", "disabled", "hidden", "open", "selected", "multiple", "textContent"]);

function put(element, key, value) {
  if (value == null || value === false) {
    if (PROPERTIES.has(key)) element[key] = value ?? "";
    else element.removeAttribute(key);
  } else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
  else if (PROPERTIES.has(key)) element[key] = value;
  else element.setAttribute(key, value === true ? "" : value);
}

/** Change attributes of an element that is there. */
export function set(element, attributes) {
  for (const [key, value] of Object.entries(attributes)) put(element, key, value);
}

/** Words of a form, with their few marks, as nodes. */
export function worded(words) {
  return (words?.runs ?? []).map((run) => {
    if (run.line) return el("br");
    let node = document.createTextNode(run.text);
    if (run.em) node = el("em", {}, node);
    if (run.strong) node = el("strong", {}, node);
    if (run.href) node = el("a", { href: run.href, class: "govuk-link", rel: "noreferrer" }, node);
    return node;
  });
}

/** Bring a list of children to this order, keeping those that are there, so that nobody loses the field they are in. */
export function arrange(parent, wanted) {
  const keep = new Set(wanted);
  for (const child of [...parent.children]) if (!keep.has(child)) child.remove();
  wanted.forEach((child, place) => {
    if (parent.children[place] !== child) parent.insertBefore(child, parent.children[place] ?? null);
  });
}
