import { beforeEach, expect, it, vi } from "vitest";
import Keys from "./keys.js";

customElements.define("li-keys", Keys);
let pressed;

beforeEach(() => {
  document.body.innerHTML = "";
  localStorage.clear();
  const island = document.createElement("li-keys");
  island.dataset.li = JSON.stringify({ label: "Keys work" });
  island.innerHTML = '<button type="button" data-key="1">One</button><textarea></textarea>';
  document.body.append(island);
  pressed = vi.fn();
  document.querySelector("button").addEventListener("click", pressed);
});

const press = (key, more = {}, target = document.body) =>
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, ...more }));

it("presses the button of a key", () => {
  press("1");
  expect(pressed).toHaveBeenCalledOnce();
});

it("leaves alone what somebody writes, other keys, and keys with a modifier", () => {
  press("1", {}, document.querySelector("textarea"));
  press("2");
  press("1", { ctrlKey: true });
  press("1", { repeat: true });
  expect(pressed).not.toHaveBeenCalled();
});

it("can be turned off, and remembers it", () => {
  const toggle = document.querySelector("input");
  toggle.click();
  press("1");
  expect(pressed).not.toHaveBeenCalled();
  expect(localStorage.getItem("li-keys-off")).toBe("1");
});

it("no longer listens once it is gone", () => {
  document.querySelector("li-keys").remove();
  press("1");
  expect(pressed).not.toHaveBeenCalled();
});
