// Questions that stand together, and questions that are asked again for each of several.
import { arrange, el, set, worded } from "../elements.js";
import { widgetFor } from "./index.js";

/** A list of questions: those that do not show now are left out, the others keep their fields. */
export function listing(items, context) {
  const element = el("div", {});
  const made = new Map();
  const widgets = () => items().filter((item) => item.shows).map((item) => {
    if (!made.has(item.id)) made.set(item.id, widgetFor(item, context));
    return made.get(item.id);
  });
  return {
    element,
    get leaves() {
      return widgets().flatMap((widget) => widget.leaves ?? [widget]);
    },
    update() {
      const now = widgets();
      arrange(element, now.map((widget) => widget.element));
      for (const widget of now) widget.update();
    },
  };
}

export function group(item, context) {
  const legend = el("legend", { class: "govuk-fieldset__legend govuk-fieldset__legend--s" });
  const inside = listing(() => item.children, { ...context, heading: false });
  const element = el("fieldset", { class: "govuk-fieldset li-within" }, legend, inside.element);
  return {
    element,
    get leaves() {
      return inside.leaves;
    },
    update() {
      legend.replaceChildren(...worded(item.label));
      legend.hidden = !item.label?.text;
      inside.update();
    },
  };
}

/** All turns of a repeat on this page, with a button to add one and to take one away. */
export function repeat(item, context) {
  const { say } = context;
  const turns = el("div", {});
  const add = el("button", { type: "button", class: "govuk-button govuk-button--secondary", onclick: more });
  const element = el("div", { id: `${item.id}-group` }, turns, add);
  const made = new Map();

  function more() {
    const turn = item.add();
    update();
    made.get(turn.id)?.element.querySelector("input, select, textarea, button")?.focus();
  }

  function one(turn) {
    if (!made.has(turn.id)) {
      const legend = el("legend", { class: "govuk-fieldset__legend govuk-fieldset__legend--s" });
      const inside = listing(() => turn.children, { ...context, heading: false });
      const remove = el("button", {
        type: "button",
        class: "govuk-button govuk-button--secondary",
        onclick: () => {
          item.remove(turn);
          update();
          add.focus();
        },
      });
      made.set(turn.id, { element: el("fieldset", { class: "govuk-fieldset li-within" }, legend, inside.element, remove), legend, inside, remove });
    }
    return made.get(turn.id);
  }

  const shown = () => item.children.filter((turn) => turn.relevant);

  function update() {
    arrange(turns, shown().map((turn) => one(turn).element));
    shown().forEach((turn, place) => {
      const { legend, inside, remove } = one(turn);
      legend.textContent = turnName(item, place, say);
      inside.update();
      set(remove, { textContent: say("remove", { what: turnName(item, place, say) }), hidden: !item.isOpen });
    });
    set(add, { textContent: say("add", { what: item.label?.text ?? "" }).trim(), hidden: !item.isOpen || item.readonly });
  }

  return {
    element,
    get leaves() {
      return shown().flatMap((turn) => one(turn).inside.leaves);
    },
    update,
  };
}

export const turnName = (item, place, say) => say("turn", { what: item.label?.text || item.name, number: place + 1 });

/** After the turns of a repeat: what was entered so far, and whether there is another. */
export function turns(item, { say, go }) {
  const top = el("h1", { class: "govuk-heading-m", tabindex: "-1" });
  const count = el("p", { class: "govuk-body", role: "status" });
  const list = el("dl", { class: "govuk-summary-list" });
  const add = el("button", { type: "button", class: "govuk-button govuk-button--secondary", onclick: () => go(item.add()) });

  function row(turn, place) {
    const name = turnName(item, place, say);
    const act = (words, press) =>
      el("button", { type: "button", class: "li-link", onclick: press }, words, el("span", { class: "govuk-visually-hidden" }, ` ${name}`));
    return el(
      "div",
      { class: "govuk-summary-list__row" },
      el("dt", { class: "govuk-summary-list__key" }, name),
      el("dd", { class: "govuk-summary-list__value" }, said(turn)),
      el(
        "dd",
        { class: "govuk-summary-list__actions" },
        act(say("change"), () => go(turn)),
        item.isOpen && act(say("take_away"), () => {
          item.remove(turn);
          update();
          top.focus();
        }),
      ),
    );
  }

  function update() {
    const { children } = item;
    top.replaceChildren(...(item.label?.runs.length ? worded(item.label) : [item.name]));
    count.textContent = say("turns_so_far", { count: children.length });
    list.replaceChildren(...children.map(row));
    list.hidden = children.length === 0;
    set(add, { textContent: say(children.length ? "add_another" : "add_first"), hidden: !item.isOpen || item.readonly });
  }

  return { element: el("div", { class: "govuk-form-group" }, top, count, list, add), update, leaves: [] };
}

// The first thing that was answered in it, so that people know it again.
function said(turn) {
  for (const item of turn.children) {
    if (!item.shows) continue;
    if (item.kind === "group") {
      const inside = said(item);
      if (inside) return inside;
    } else if (["text", "integer", "decimal", "date", "one"].includes(item.kind) && item.isAnswered) return inWords(item);
  }
  return "";
}

/** An answer as people read it. */
export function inWords(item, { say, language } = {}) {
  const { value, kind } = item;
  if (!item.isAnswered) return "";
  if (kind === "one" || kind === "many" || kind === "rank") {
    const words = new Map(item.options.map((option) => [option.value, option.text || option.value]));
    return [value].flat().map((one) => words.get(one) ?? one).join(kind === "rank" ? " › " : ", ");
  }
  if (kind === "image" || kind === "file") return value.name;
  if (kind === "trigger") return say?.("acknowledged") ?? "";
  if (kind === "date") return new Intl.DateTimeFormat(language?.() || undefined, { dateStyle: "long", timeZone: "UTC" }).format(new Date(`${value}T00:00Z`));
  if (kind === "time") return value.slice(0, 5);
  if (kind === "datetime") return new Intl.DateTimeFormat(language?.() || undefined, { dateStyle: "long", timeStyle: "short" }).format(new Date(value));
  if (kind === "place") return value.split(" ").slice(0, 2).join(", ");
  return String(value);
}
