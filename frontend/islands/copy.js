// <li-copy>: beside an address that one can select by hand, a button that copies it.
export default class Copy extends HTMLElement {
  connectedCallback() {
    if (this.querySelector("button")) return;
    const { text, label, copied } = JSON.parse(this.dataset.li);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "govuk-button govuk-button--secondary";
    button.textContent = label;
    const said = document.createElement("span");
    said.className = "li-small";
    said.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text);
      said.textContent = copied;
    });
    this.append(button, said);
  }
}
