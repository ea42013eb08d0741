// Choices in an order: each has a button up and a button down; nothing is dragged.
import { arrange, el, set } from "../elements.js";
import { frame } from "./field.js";

export function rank(item, context) {
  const { say } = context;
  const list = el("ol", { class: "li-rank" });
  const said = el("p", { class: "govuk-visually-hidden", role: "status" });
  const agree = el("button", { type: "button", class: "govuk-button govuk-button--secondary", id: item.id, onclick: () => (item.value = order()) });
  const control = el("div", {}, list, agree, said);
  const around = frame(item, context, { control });
  const rows = new Map();

  function order() {
    const all = item.options.map((option) => option.value);
    const kept = item.value.filter((value) => all.includes(value));
    return [...kept, ...all.filter((value) => !kept.includes(value))];
  }

  function move(value, by) {
    const next = order();
    const place = next.indexOf(value);
    const to = place + by;
    if (to < 0 || to >= next.length) return;
    next.splice(place, 1);
    next.splice(to, 0, value);
    item.value = next;
    update();
    const { up, down, name } = rows.get(value);
    said.textContent = say("ranked", { what: name.textContent, place: to + 1, count: next.length });
    (by < 0 ? [up, down] : [down, up]).find((button) => !button.disabled)?.focus();
  }

  function row(value) {
    if (!rows.has(value)) {
      const name = el("span", { class: "li-rank__name" });
      const button = (by) => el("button", { type: "button", class: "govuk-button govuk-button--secondary", onclick: () => move(value, by) });
      const [up, down] = [button(-1), button(1)];
      rows.set(value, { element: el("li", {}, name, el("span", { class: "li-rank__move" }, up, down)), name, up, down });
    }
    return rows.get(value);
  }

  function update() {
    around.update();
    const words = new Map(item.options.map((option) => [option.value, option.text || option.value]));
    const values = order();
    arrange(list, values.map((value) => row(value).element));
    values.forEach((value, place) => {
      const { name, up, down } = row(value);
      name.textContent = words.get(value);
      for (const [button, key, mark, last] of [[up, "move_up", "↑", place === 0], [down, "move_down", "↓", place === values.length - 1]]) {
        set(button, { textContent: mark, "aria-label": say(key, { what: words.get(value) }), disabled: last || item.readonly });
      }
    });
    set(agree, { textContent: say("this_order"), hidden: item.isAnswered || item.readonly });
  }

  return { element: around.element, fail: around.fail, problem: () => "", update };
}
