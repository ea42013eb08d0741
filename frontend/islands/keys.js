// <li-keys>: buttons and links with a data-key are pressed by that key, unless somebody writes or turned keys off.
// Without scripts their accesskey does the same with the browser's own modifier.
const OFF = "li-keys-off";

const writes = (target) => target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName ?? "");

export default class Keys extends HTMLElement {
  connectedCallback() {
    if (this.switch) return;
    const { label } = JSON.parse(this.dataset.li);
    const line = document.createElement("p");
    line.className = "li-small";
    const name = document.createElement("label");
    this.switch = document.createElement("input");
    this.switch.type = "checkbox";
    this.switch.checked = localStorage.getItem(OFF) === null;
    this.switch.addEventListener("change", () => {
      if (this.switch.checked) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "1");
    });
    name.append(this.switch, ` ${label}`);
    line.append(name);
    this.append(line);
    this.pressed = (event) => this.press(event);
    document.addEventListener("keydown", this.pressed);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.pressed);
  }

  press(event) {
    const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.repeat && !event.isComposing;
    if (!isPlain || !this.switch.checked || (writes(event.target) && event.target !== this.switch)) return;
    const wanted = this.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!wanted) return;
    event.preventDefault();
    wanted.click();
  }
}
