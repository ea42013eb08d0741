import { beforeEach, expect, it, vi } from "vitest";
import Copy from "./copy.js";

customElements.define("li-copy", Copy);
const data = JSON.stringify({ text: "https://learnin.example/x?a=1&b=2", label: "Copy", copied: "Copied" });

beforeEach(() => {
  document.body.innerHTML = "";
  const island = document.createElement("li-copy");
  island.dataset.li = data;
  island.innerHTML = "<code>https://learnin.example/x</code>";
  document.body.append(island);
});

it("keeps the address and adds a button", () => {
  expect(document.querySelector("code").textContent).toBe("https://learnin.example/x");
  expect(document.querySelector("button").textContent).toBe("Copy");
});

it("copies the address and says so", async () => {
  const writeText = vi.fn(async () => {});
  vi.stubGlobal("navigator", { clipboard: { writeText } });
  document.querySelector("button").click();
  await vi.waitFor(() => expect(document.querySelector("[role=status]").textContent).toBe("Copied"));
  expect(writeText).toHaveBeenCalledWith("https://learnin.example/x?a=1&b=2");
});

it("adds one button only, however often it is moved", () => {
  document.body.append(document.querySelector("li-copy"));
  expect(document.querySelectorAll("button")).toHaveLength(1);
});
