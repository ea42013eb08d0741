// Longer guidance stands beside the hint, as another form of the same text. The engine would read both as one hint.
const itext = (reference) => /^\s*jr:itext\(\s*['"](.*)['"]\s*\)\s*$/.exec(reference ?? "")?.[1];
const saysSomething = (text) => /[\p{L}\p{N}]/u.test(text); // converters write "-" where nothing was translated

/** The form without its guidance, and the guidance of each question by its path and the language of the form. */
export function withoutGuidance(xml) {
  const guidance = new Map();
  if (!xml.includes('form="guidance"')) return { xml, guidance };
  const document = new DOMParser().parseFromString(xml, "text/xml");
  const texts = new Map();
  for (const value of document.querySelectorAll('translation > text > value[form="guidance"]')) {
    const text = value.parentElement;
    const id = text.getAttribute("id");
    if (!texts.has(id)) texts.set(id, new Map());
    if (saysSomething(value.textContent)) texts.get(id).set(text.parentElement.getAttribute("lang"), value.textContent);
    value.remove();
    if (!text.childElementCount) text.append(document.createElementNS(text.namespaceURI, "value"));
  }
  for (const hint of document.querySelectorAll("hint[ref]")) {
    const text = texts.get(itext(hint.getAttribute("ref")));
    if (text?.size) guidance.set(hint.parentElement.getAttribute("ref"), text);
  }
  return { xml: new XMLSerializer().serializeToString(document), guidance };
}
