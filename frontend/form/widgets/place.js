// Where something is: by a button that asks the phone, or by hand.
import { el, set } from "../elements.js";
import { frame } from "./field.js";

const SECONDS_TO_FIND = 30;
const inside = (text, most) => /^[-+]?\d{1,3}([.,]\d+)?$/.test(text) && Math.abs(Number(text.replace(",", "."))) <= most;

/** "41.7 44.8" as one writes it, to "41.7 44.8 0 0" as it is sent; null where it is no place. */
export function readPlace(latitude, longitude, { altitude = 0, accuracy = 0 } = {}) {
  const [north, east] = [latitude, longitude].map((part) => String(part).trim());
  if (!inside(north, 90) || !inside(east, 180)) return null;
  return [north.replace(",", "."), east.replace(",", "."), altitude ?? 0, accuracy ?? 0].join(" ");
}

function asked({ say }, found) {
  const said = el("p", { class: "li-small", role: "status" });
  const button = el("button", { type: "button", class: "govuk-button govuk-button--secondary", onclick: ask });
  function ask() {
    if (!navigator.geolocation) {
      said.textContent = say("place_unknown");
      return;
    }
    said.textContent = say("place_looking");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        said.textContent = "";
        found(coords);
      },
      () => (said.textContent = say("place_unknown")),
      { enableHighAccuracy: true, timeout: SECONDS_TO_FIND * 1000 },
    );
  }
  return { button, said };
}

export function place(item, context) {
  const { say } = context;
  const { button, said } = asked(context, (coords) => {
    item.value = readPlace(coords.latitude.toFixed(6), coords.longitude.toFixed(6), coords);
  });
  button.id = item.id;
  const box = (name) => el("input", { id: `${item.id}-${name}`, class: "govuk-input govuk-input--width-10", type: "text", inputmode: "decimal", autocomplete: "off" });
  const north = box("latitude");
  const east = box("longitude");
  const labels = [north, east].map((field) => el("label", { class: "govuk-label", for: field.id }));
  const summary = el("span", { class: "govuk-details__summary-text" });
  const byHand = el(
    "details",
    { class: "govuk-details" },
    el("summary", { class: "govuk-details__summary" }, summary),
    el("div", { class: "govuk-details__text" }, el("div", { class: "govuk-form-group" }, labels[0], north), el("div", { class: "govuk-form-group" }, labels[1], east)),
  );
  const now = el("p", { class: "govuk-body", role: "status" });
  const clear = el("button", { type: "button", class: "li-link", onclick: () => (item.value = "") });
  const control = el("div", {}, now, button, said, byHand, clear);
  const around = frame(item, context, { control });
  let unread = false;
  byHand.addEventListener("input", () => {
    const empty = !north.value.trim() && !east.value.trim();
    const value = empty ? "" : readPlace(north.value, east.value);
    unread = value === null;
    item.value = value ?? "";
  });
  return {
    element: around.element,
    fail: around.fail,
    problem: () => (unread ? say("real_place") : ""),
    update() {
      around.update();
      const [latitude = "", longitude = "", , accuracy] = item.value.split(" ");
      now.textContent = item.value ? say(Number(accuracy) ? "place_within" : "place_is", { place: `${latitude}, ${longitude}`, metres: Math.round(Number(accuracy)) }) : "";
      now.hidden = !item.value;
      summary.textContent = say("place_by_hand");
      labels[0].textContent = say("latitude");
      labels[1].textContent = say("longitude");
      set(button, { textContent: say(item.value ? "place_again" : "place_here"), disabled: item.readonly });
      set(clear, { textContent: say("clear"), hidden: !item.value || item.required || item.readonly });
      if (unread || byHand.contains(document.activeElement)) return;
      north.value = latitude;
      east.value = longitude;
    },
  };
}

/** Several places, one in a line: a way or the border of something. */
export function places(item, context) {
  const { say } = context;
  const field = el("textarea", { id: item.id, class: "govuk-textarea", rows: "5", dir: "ltr", spellcheck: "false" });
  const { button, said } = asked(context, (coords) => {
    field.value = [field.value.trim(), `${coords.latitude.toFixed(6)} ${coords.longitude.toFixed(6)}`].filter(Boolean).join("\n");
    read();
  });
  const how = el("p", { class: "li-small" });
  const control = el("div", {}, how, field, button, said);
  const around = frame(item, context, { field, control });
  let unread = false;
  function read() {
    const lines = field.value.split("\n").map((line) => line.trim()).filter(Boolean);
    const found = lines.map((line) => readPlace(...line.split(/[;\s]+/)));
    unread = found.includes(null) || lines.length === 1;
    item.value = unread ? "" : found.join(";");
  }
  field.addEventListener("input", read);
  return {
    element: around.element,
    fail: around.fail,
    problem: () => (unread ? say("real_places") : ""),
    update() {
      around.update();
      how.textContent = say("places_how");
      set(button, { textContent: say("places_add"), disabled: item.readonly });
      if (unread || document.activeElement === field) return;
      field.value = item.value.split(";").map((one) => one.trim().split(" ").slice(0, 2).join(" ")).join("\n").trim();
    },
  };
}
