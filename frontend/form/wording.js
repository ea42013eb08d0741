// Words of a form: from the engine's markdown to a few plain marks that a heading may carry too, and the way a language runs.
const RIGHT_TO_LEFT = new Set(["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"]); // CLDR, character order
const BLOCKS = new Set(["p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li"]);
const SAFE = /^(https?:|mailto:|tel:)/i;

export function directionOf({ language, locale }) {
  if (locale) return RIGHT_TO_LEFT.has(locale.language) ? "rtl" : "ltr";
  return /^(arabic|العربية|persian|فارسی|hebrew|עברית|pashto|urdu)\b/i.test(language) ? "rtl" : "auto";
}

/** A flat list of { text, strong, em, href } and line breaks; anything else that a form tries to bring stays out. */
export function runs(nodes, style = {}) {
  const flat = [];
  for (const node of nodes) {
    if (node.role === "line-break") flat.push({ line: true });
    else if (node.role === "child") flat.push({ text: node.value, ...style });
    else if (node.role === "html") flat.push({ text: bare(node.unsafeHtml), ...style });
    else if (node.role === "parent") {
      const inner = runs(node.children, styled(node, style));
      if (BLOCKS.has(node.elementName) && flat.length && !flat.at(-1).line) flat.push({ line: true });
      if (node.elementName === "li") flat.push({ text: "• ", ...style });
      flat.push(...inner);
      if (BLOCKS.has(node.elementName) && inner.length && !inner.at(-1).line) flat.push({ line: true });
    }
  }
  return style.inside ? flat : trimmed(flat);
}

function styled(node, style) {
  const next = { ...style, inside: true };
  if (node.elementName === "strong") next.strong = true;
  if (node.elementName === "em") next.em = true;
  if (node.elementName === "a" && SAFE.test(node.url ?? "")) next.href = node.url;
  return next;
}

// What a reader would see of it.
const bare = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent;

function trimmed(flat) {
  const list = [...flat];
  while (list.at(-1)?.line) list.pop();
  while (list[0]?.line) list.shift();
  return list;
}
