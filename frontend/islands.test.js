import { beforeEach, describe, expect, it } from "vitest";
import { names, start } from "./islands.js";

describe("islands", () => {
  beforeEach(() => {
    document.body.innerHTML = "";
  });

  it("fetches a script only for an element that is on the page", async () => {
    const asked = [];
    const load = (name) => async () => {
      asked.push(name);
      return { default: class extends HTMLElement {} };
    };
    document.body.innerHTML = "<li-alpha data-island>fallback</li-alpha>";
    await start(document, { "./islands/alpha.js": load("alpha"), "./islands/beta.js": load("beta") });
    expect(asked).toEqual(["alpha"]);
    expect(customElements.get("li-alpha")).toBeDefined();
  });

  it("fetches it once, however often the page changes", async () => {
    let times = 0;
    const sources = {
      "./islands/gamma.js": async () => {
        times += 1;
        return { default: class extends HTMLElement {} };
      },
    };
    document.body.innerHTML = "<li-gamma data-island></li-gamma><li-gamma data-island></li-gamma>";
    await Promise.all([start(document, sources), start(document, sources)]);
    await start(document, sources);
    expect(times).toBe(1);
  });

  it("keeps the fallback and tries again when the script does not come", async () => {
    let times = 0;
    const sources = {
      "./islands/delta.js": async () => {
        times += 1;
        if (times === 1) throw new Error("offline");
        return { default: class extends HTMLElement {} };
      },
    };
    document.body.innerHTML = "<li-delta data-island>fallback</li-delta>";
    await expect(start(document, sources)).rejects.toThrow("offline");
    expect(document.body.textContent).toBe("fallback");
    await start(document, sources);
    expect(customElements.get("li-delta")).toBeDefined();
  });

  it("says which island is missing", async () => {
    document.body.innerHTML = "<li-nowhere data-island></li-nowhere>";
    await expect(start(document, {})).rejects.toThrow("li-nowhere");
  });

  it("lists each island once", () => {
    document.body.innerHTML = "<li-a data-island></li-a><li-a data-island></li-a><li-b data-island></li-b><li>no</li>";
    expect(names(document)).toEqual(["li-a", "li-b"]);
  });
});
