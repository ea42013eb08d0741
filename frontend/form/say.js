// The words around the questions, in the language of the reader. They come with the page, in every language it speaks.

/** The table that fits a language best: itself, its first part, or the language of the page. */
export function tableFor(tables, language, fallback) {
  const wanted = [language, language?.split("-")[0], fallback, fallback?.split("-")[0]].filter(Boolean).map((one) => one.toLowerCase());
  const names = Object.keys(tables);
  for (const one of wanted) {
    const name = names.find((name) => name.toLowerCase() === one);
    if (name) return tables[name];
  }
  return tables[names[0]] ?? {};
}

/** A sentence, with its named places filled. */
export function fill(sentence, places = {}) {
  return sentence.replaceAll(/%\((\w+)\)s/g, (whole, name) => (name in places ? String(places[name]) : whole));
}

export const speaker = (table) => (key, places) => fill(table[key] ?? key, places);
