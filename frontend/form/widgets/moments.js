// Days and times. A day is three boxes, as GOV.UK found that people make the fewest mistakes with them.
import { el, set } from "../elements.js";
import { frame } from "./field.js";

const two = (number) => String(number).padStart(2, "0");
const offset = (moment) => {
  const minutes = -moment.getTimezoneOffset();
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
};

/** Is there such a day? */
export function isDay(year, month, day) {
  const found = new Date(Date.UTC(year, month - 1, day));
  return year >= 1000 && year <= 9999 && found.getUTCMonth() === month - 1 && found.getUTCDate() === day;
}

export const date = (item, context) => moment(item, context, { day: true });
export const time = (item, context) => moment(item, context, { clock: true });
export const datetime = (item, context) => moment(item, context, { day: true, clock: true });

function moment(item, context, { day, clock }) {
  const { say } = context;
  const boxes = day ? days(item, context) : null;
  const hour = clock ? el("input", { id: day ? `${item.id}-time` : item.id, class: "govuk-input govuk-input--width-5", type: "time", autocomplete: "off" }) : null;
  const label = day && clock ? el("label", { class: "govuk-label", for: hour.id }) : null;
  const control = el("div", {}, boxes?.element, label, hour);
  const around = frame(item, context, { control, field: day ? undefined : hour });
  let unread = "";

  function read() {
    const written = boxes?.read();
    const at = hour?.value ?? "";
    unread = "";
    if (boxes && written === null) unread = say("real_day");
    else if (day && clock && Boolean(written) !== Boolean(at)) unread = say("day_and_time");
    if (unread || (!written && !at)) item.value = "";
    else if (!clock) item.value = written;
    else if (!day) item.value = `${at}:00.000${offset(new Date())}`;
    else item.value = `${written}T${at}:00.000${offset(new Date(`${written}T${at}`))}`;
  }

  control.addEventListener("input", read);

  return {
    element: around.element,
    fail: around.fail,
    problem: () => unread,
    update() {
      around.update();
      boxes?.update();
      if (label) label.textContent = say("time");
      set(hour ?? {}, hour ? { readonly: item.readonly } : {});
      if (unread || control.contains(document.activeElement)) return;
      const [on, at] = day ? item.value.split("T") : ["", item.value];
      boxes?.write(on);
      if (hour) hour.value = (at ?? "").slice(0, 5);
    },
  };
}

// Which boxes: day, month and year; or only those that the form asks for.
function days(item, { say }) {
  const names = item.looks.has("year") ? ["year"] : item.looks.has("month-year") ? ["month", "year"] : ["day", "month", "year"];
  const fields = names.map((name, number) => {
    const field = el("input", {
      id: number ? `${item.id}-${name}` : item.id,
      class: `govuk-input govuk-date-input__input govuk-input--width-${name === "year" ? 4 : 2}`,
      type: "text",
      inputmode: "numeric",
      autocomplete: "off",
      maxlength: name === "year" ? "4" : "2",
    });
    const label = el("label", { class: "govuk-label govuk-date-input__label", for: field.id });
    const element = el("div", { class: "govuk-date-input__item" }, el("div", { class: "govuk-form-group" }, label, field));
    return { name, field, label, element };
  });
  const box = (name) => fields.find((one) => one.name === name)?.field;
  return {
    element: el("div", { class: "govuk-date-input" }, fields.map((one) => one.element)),
    update() {
      for (const { name, field, label } of fields) {
        label.textContent = say(name);
        set(field, { readonly: item.readonly });
      }
    },
    /** The day as it is sent, "" for empty boxes, null for a day there is not. */
    read() {
      const said = fields.map(({ field }) => field.value.trim());
      if (said.every((one) => one === "")) return "";
      if (!said.every((one) => /^\d+$/.test(one))) return null;
      const [year, month, date] = ["year", "month", "day"].map((name) => Number(box(name)?.value ?? 1));
      return isDay(year, month, date) ? `${year}-${two(month)}-${two(date)}` : null;
    },
    write(value) {
      const [year = "", month = "", date = ""] = (value ?? "").split("-");
      for (const [name, part] of [["year", year], ["month", month], ["day", date]]) if (box(name)) box(name).value = part.replace(/^0+/, "");
    },
  };
}
