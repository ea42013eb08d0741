// What one only reads, and what one says to have read.
import { el, set, worded } from "../elements.js";
import { frame, show } from "./field.js";

export function note(item, { heading, title }) {
  const top = heading ? el("h1", { class: "govuk-visually-hidden", tabindex: "-1" }) : null;
  const words = el("p", { class: "govuk-body" });
  const more = el("p", { class: "govuk-hint" });
  const shown = el("div", { class: "li-media" });
  return {
    element: el("div", { class: "govuk-form-group", id: `${item.id}-group`, tabindex: "-1" }, top, words, more, shown),
    fail: () => {},
    problem: () => "",
    update() {
      if (top) top.textContent = title();
      words.replaceChildren(...worded(item.label));
      more.replaceChildren(...worded(item.hint));
      more.hidden = !item.hint?.text;
      show(shown, item.label, item.label?.text);
    },
  };
}

export function trigger(item, context) {
  const input = el("input", { id: item.id, name: item.id, type: "checkbox", class: "govuk-checkboxes__input" });
  input.addEventListener("change", () => (item.value = input.checked));
  const label = el("label", { class: "govuk-label govuk-checkboxes__label", for: item.id });
  const box = el("div", { class: "govuk-checkboxes li-scale" }, el("div", { class: "govuk-checkboxes__item" }, input, label));
  const around = frame(item, context, { control: box });
  return {
    element: around.element,
    fail: around.fail,
    problem: () => "",
    update() {
      around.update();
      label.textContent = context.say("acknowledge");
      set(input, { checked: item.isAnswered, disabled: item.readonly });
    },
  };
}
