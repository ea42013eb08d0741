// Words and numbers that one types.
import { el, set } from "../elements.js";
import { frame } from "./field.js";

const WHOLE = /^[-+]?\d{1,10}$/;
const DECIMAL = /^[-+]?\d{1,15}([.,]\d+)?$/;
const MOST_OF_AN_INTEGER = 2_147_483_647; // xsd:int, as ODK Collect keeps it

export const text = (item, context) => {
  const long = item.looks.has("multiline") || (item.rows ?? 0) > 1;
  return typed(item, context, {
    name: long ? "textarea" : "input",
    attributes: long
      ? { class: "govuk-textarea", rows: String(item.rows ?? 5) }
      : { class: "govuk-input", type: "text", inputmode: item.looks.has("numbers") ? "decimal" : null },
    read: (said) => said,
  });
};

export const integer = (item, context) =>
  typed(item, context, {
    attributes: { class: "govuk-input govuk-input--width-10", type: "text", inputmode: "numeric" },
    read: (said) => {
      const number = said.replaceAll(/[\s\u00a0]/g, "");
      return WHOLE.test(number) && Math.abs(Number(number)) <= MOST_OF_AN_INTEGER ? String(Number(number)) : null;
    },
    otherwise: "whole_number",
  });

export const decimal = (item, context) =>
  typed(item, context, {
    attributes: { class: "govuk-input govuk-input--width-10", type: "text", inputmode: "decimal" },
    read: (said) => {
      const number = said.replaceAll(/[\s\u00a0]/g, "");
      return DECIMAL.test(number) ? number.replace(",", ".") : null;
    },
    otherwise: "number",
  });

function typed(item, context, { name = "input", attributes, read, otherwise }) {
  const field = el(name, { id: item.id, name: item.id, autocomplete: "off", dir: "auto", ...attributes });
  const around = frame(item, context, { field, control: field });
  let unread = false;
  field.addEventListener("input", () => {
    const said = field.value.trim();
    const value = said === "" ? "" : read(said);
    unread = value === null;
    item.value = unread ? "" : value;
  });
  return {
    element: around.element,
    fail: around.fail,
    problem: () => (unread ? context.say(otherwise) : ""),
    update() {
      around.update();
      set(field, { readonly: item.readonly });
      if (!unread && document.activeElement !== field && field.value !== item.value) field.value = item.value;
    },
  };
}
