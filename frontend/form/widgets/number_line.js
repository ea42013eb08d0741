// A number between two ends: a few steps as a list to choose from, many as a box with a slider under it.
import { arrange, el, set } from "../elements.js";
import { frame } from "./field.js";

const STEPS_TO_LIST = 11; // 0 to 10

export function range(item, context) {
  const { start, end, step } = item.bounds;
  const size = Math.abs(step) || 1;
  const low = Math.min(start, end);
  const steps = Math.round(Math.abs(end - start) / size) + 1;
  const place = (number) => low + number * size;
  const shown = (value) => String(Number(value.toFixed(6))); // steps like 0.1 add up to no round number
  if (steps <= STEPS_TO_LIST || item.looks.has("rating")) {
    const values = Array.from({ length: steps }, (_, number) => shown(place(number)));
    return scale(item, context, start > end ? values.reverse() : values);
  }
  return slider(item, context, { low, high: Math.max(start, end), size, shown });
}

function scale(item, context, values) {
  const box = el("div", { class: "govuk-radios li-scale li-scale--row" });
  const around = frame(item, context, { control: box });
  const inputs = values.map((value, number) =>
    el("input", {
      id: number ? `${item.id}-${number}` : item.id,
      class: "govuk-radios__input",
      type: "radio",
      name: item.id,
      value,
      onchange: () => (item.value = value),
    }),
  );
  arrange(
    box,
    inputs.map((input) =>
      el("div", { class: "govuk-radios__item" }, input, el("label", { class: "govuk-label govuk-radios__label", for: input.id }, input.value)),
    ),
  );
  return {
    element: around.element,
    fail: around.fail,
    problem: () => "",
    update() {
      around.update();
      const now = item.isAnswered ? Number(item.value) : null;
      for (const input of inputs) set(input, { checked: now !== null && Number(input.value) === now, disabled: item.readonly });
    },
  };
}

function slider(item, context, { low, high, size, shown }) {
  const field = el("input", { id: item.id, name: item.id, class: "govuk-input govuk-input--width-5", type: "text", inputmode: "decimal", autocomplete: "off" });
  const line = el("input", { type: "range", class: "li-range", min: String(low), max: String(high), step: String(size) });
  const ends = el("div", { class: "li-range__ends", "aria-hidden": "true" }, el("span", {}, shown(low)), el("span", {}, shown(high)));
  const control = el("div", {}, field, line, ends);
  const around = frame(item, context, { field, control });
  let unread = false;
  const fits = (number) => number >= low && number <= high && Math.abs((number - low) / size - Math.round((number - low) / size)) < 1e-6;
  field.addEventListener("input", () => {
    const said = field.value.trim().replace(",", ".");
    unread = said !== "" && !(Number.isFinite(Number(said)) && fits(Number(said)));
    item.value = unread ? "" : said;
  });
  line.addEventListener("input", () => {
    unread = false;
    item.value = line.value;
    field.value = line.value;
  });
  return {
    element: around.element,
    fail: around.fail,
    problem: () => (unread ? context.say("between", { low: shown(low), high: shown(high) }) : ""),
    update() {
      around.update();
      set(line, { "aria-label": item.label?.text ?? item.name, disabled: item.readonly });
      set(field, { readonly: item.readonly });
      if (unread) return;
      if (document.activeElement !== field) field.value = item.isAnswered ? shown(Number(item.value)) : "";
      line.value = item.isAnswered ? item.value : shown(low);
    },
  };
}
