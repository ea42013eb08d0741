// An island is a custom element around its own fallback: <li-copy>…</li-copy> is islands/copy.js.
// Its script is fetched only where the element is on the page.
const loaders = import.meta.glob(["./islands/*.js", "!./islands/*.test.js"]);
const asked = new Set();

export function names(root) {
  const found = new Set();
  for (const element of root.querySelectorAll("[data-island]")) found.add(element.localName);
  return [...found];
}

export async function start(root, sources = loaders) {
  const wanted = names(root).filter((name) => !asked.has(name) && !customElements.get(name));
  await Promise.all(
    wanted.map(async (name) => {
      const load = sources[`./islands/${name.replace(/^li-/, "")}.js`];
      if (!load) throw new Error(`No island is called ${name}`);
      asked.add(name);
      try {
        const module = await load();
        customElements.define(name, module.default);
      } catch (error) {
        asked.delete(name); // the fallback stays; the next swap tries again
        throw error;
      }
    }),
  );
}
