// The engine reads labels and hints; longer guidance stands beside the hint, in another form of the same text.
const itext = (reference) => /^\s*jr:itext\(\s*['"](.*)['"]\s*\)\s*$/.exec(reference ?? "")?.[1];

/** Guidance of each question, by its path and the language of the form. */
export function guidanceIn(xml) {
  const found = new Map();
  if (!xml.includes('form="guidance"')) return found;
  const document = new DOMParser().parseFromString(xml, "text/xml");
  const texts = new Map();
  for (const value of document.querySelectorAll('translation > text > value[form="guidance"]')) {
    const text = value.parentElement;
    const id = text.getAttribute("id");
    if (!texts.has(id)) texts.set(id, new Map());
    texts.get(id).set(text.parentElement.getAttribute("lang"), value.textContent);
  }
  for (const hint of document.querySelectorAll("hint[ref]")) {
    const text = texts.get(itext(hint.getAttribute("ref")));
    if (text) found.set(hint.parentElement.getAttribute("ref"), text);
  }
  return found;
}
