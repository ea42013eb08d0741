// One of several, or several of many: radios and checkboxes, a short list to open, or a long list to search.
import { arrange, el, set, worded } from "../elements.js";
import { frame, show } from "./field.js";
import { note } from "./note.js";

const SHOWN_OF_MANY = 30; // as many as one reads; typing finds the others
const LONG = 50; // a list that nobody wants to scroll through, whatever the form says

export function one(item, context) {
  if (item.looks.has("label")) return note(item, context); // the heads of a table: our answers carry their own words
  if (item.looks.has("minimal") && !item.looks.has("autocomplete")) return list(item, context);
  return choices(item, context, "radio");
}

export const many = (item, context) =>
  item.looks.has("label") ? note(item, context) : choices(item, context, "checkbox");

function choices(item, context, type) {
  const kind = type === "radio" ? "radios" : "checkboxes";
  const box = el("div", { class: `govuk-${kind} li-scale${columns(item)}` });
  const rest = el("p", { class: "li-small", role: "status" });
  const clear = el("button", { type: "button", class: "li-link", onclick: forget });
  const search = finder(item, context, () => update());
  const searches = () => item.looks.has("autocomplete") || item.looks.has("search") || item.options.length > LONG;
  const control = el("div", {}, search.element, box, rest, clear);
  const around = frame(item, context, { control });
  const rows = new Map();

  function forget() {
    item.value = type === "radio" ? "" : [];
    box.querySelector("input")?.focus();
  }

  const chosen = () => (type === "radio" ? [item.value].filter(Boolean) : item.value);

  function choose(value, isChosen) {
    if (type === "radio") item.value = value;
    else item.value = isChosen ? [...chosen(), value] : chosen().filter((other) => other !== value);
  }

  function row(option, place) {
    let found = rows.get(option.value);
    if (!found) rows.set(option.value, (found = choice(item, type, kind, option.value, rows.size, choose)));
    found.update(option, chosen().includes(option.value), item.readonly);
    set(found.input, { id: place === 0 ? item.id : found.id });
    set(found.label, { for: found.input.id });
    return found.element;
  }

  function update() {
    around.update();
    const now = chosen();
    const isSearched = searches();
    const found = item.options.filter((option) => !isSearched || now.includes(option.value) || search.finds(option.text));
    const first = (option) => Number(!now.includes(option.value)); // what was chosen stays in sight
    const shown = isSearched ? [...found].sort((one, other) => first(one) - first(other)).slice(0, SHOWN_OF_MANY) : found;
    arrange(box, shown.map(row));
    search.update(isSearched);
    const more = found.length - shown.length;
    rest.textContent = more ? context.say("more_to_find", { count: more }) : found.length ? "" : context.say("nothing_found");
    rest.hidden = !rest.textContent;
    set(clear, { textContent: context.say("clear"), hidden: type !== "radio" || item.required || item.readonly || !item.isAnswered });
  }

  return { element: around.element, fail: around.fail, problem: () => "", update };
}

function choice(item, type, kind, value, number, choose) {
  const id = `${item.id}-${number}`;
  const input = el("input", {
    id,
    class: `govuk-${kind}__input`,
    type,
    name: item.id,
    value,
    onchange: () => choose(value, input.checked),
  });
  const media = el("span", { class: "li-media" });
  const words = el("span", {});
  const label = el("label", { class: `govuk-label govuk-${kind}__label`, for: id }, media, words);
  return {
    id,
    input,
    label,
    element: el("div", { class: `govuk-${kind}__item` }, input, label),
    update(option, isChosen, isFixed) {
      words.replaceChildren(...(option.runs?.length ? worded(option) : [option.text || value]));
      show(media, option);
      media.hidden = media.childElementCount === 0;
      set(input, { checked: isChosen, disabled: isFixed });
    },
  };
}

const columns = (item) => {
  const look = [...item.looks].find((one) => /^(columns(-\d|-pack)?|horizontal(-compact)?|quickcompact|compact(-\d)?)$/.test(one));
  return look ? ` li-scale--columns${/-(\d)$/.test(look) ? ` li-scale--${/-(\d)$/.exec(look)[1]}` : ""}` : "";
};

// A box above a long list: what one types is looked for anywhere in the words, in any case.
function finder(item, { say }, changed) {
  const field = el("input", { id: `${item.id}-find`, class: "govuk-input", type: "search", autocomplete: "off", dir: "auto", oninput: changed });
  const label = el("label", { class: "govuk-label", for: field.id });
  const folded = (text) => text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLocaleLowerCase();
  const element = el("div", { class: "govuk-form-group" }, label, field);
  return {
    element,
    finds: (text) => folded(text).includes(folded(field.value.trim())),
    update(isNeeded) {
      label.textContent = say("find");
      element.hidden = !isNeeded;
    },
  };
}

function list(item, context) {
  const field = el("select", { id: item.id, name: item.id, class: "govuk-select" });
  field.addEventListener("change", () => (item.value = field.value));
  const around = frame(item, context, { field, control: field });
  let drawn = "";
  return {
    element: around.element,
    fail: around.fail,
    problem: () => "",
    update() {
      around.update();
      const { options } = item;
      const wanted = JSON.stringify([context.say("choose"), options.map((option) => [option.value, option.text])]);
      if (wanted !== drawn) {
        drawn = wanted;
        const none = el("option", { value: "" }, context.say("choose"));
        field.replaceChildren(none, ...options.map(({ value, text }) => el("option", { value }, text || value)));
      }
      set(field, { value: item.value, disabled: item.readonly });
    },
  };
}
