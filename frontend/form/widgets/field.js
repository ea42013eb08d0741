// What stands around every answer: the question, its hint and guidance, what it shows, and why an answer is refused.
import { arrange, el, set, worded } from "../elements.js";

/**
 * A GOV.UK form group. With `field`, the question is the label of that one field; without, it is the legend of several.
 * Where the page has one question only, the question is its heading.
 */
export function frame(item, { say, heading }, { field, control }) {
  const ids = { hint: `${item.id}-hint`, error: `${item.id}-error` };
  const words = field
    ? el("label", { for: field.id, class: `govuk-label${heading ? " govuk-label--m" : ""}` })
    : el("legend", { class: `govuk-fieldset__legend govuk-fieldset__legend--${heading ? "m" : "s"}` });
  const text = field || heading ? el(heading ? "h1" : "span", headingOf(field, heading)) : words;
  const question = field && heading ? text : words;
  const spoken = field ? words : text;
  if (question !== spoken) question.append(spoken);
  const hint = el("div", { id: ids.hint, class: "govuk-hint" });
  const guidance = el("div", { class: "govuk-details__text" });
  const more = el(
    "details",
    { class: "govuk-details" },
    el("summary", { class: "govuk-details__summary" }, el("span", { class: "govuk-details__summary-text" })),
    guidance,
  );
  const shown = el("div", { class: "li-media" });
  const error = el("p", { id: ids.error, class: "govuk-error-message" });
  const inside = el(field ? "div" : "fieldset", field ? {} : { class: "govuk-fieldset" });
  const element = el("div", { class: "govuk-form-group", id: `${item.id}-group` }, inside);
  let failed = "";

  function update() {
    spoken.replaceChildren(...(item.label?.runs.length ? worded(item.label) : [item.label?.text || item.name]));
    hint.replaceChildren(...worded(item.hint));
    more.querySelector("span").textContent = say("guidance");
    guidance.textContent = item.guidance;
    show(shown, item.label, item.label?.text);
    error.replaceChildren(
      el("span", { class: "govuk-visually-hidden" }, say("error_before")),
      document.createTextNode(` ${failed}`),
    );
    const hinted = hint.childNodes.length > 0;
    arrange(inside, [
      question,
      hinted && hint,
      item.guidance && more,
      shown.childElementCount > 0 && shown,
      failed && error,
      control,
    ].filter(Boolean));
    const described = [hinted && ids.hint, failed && ids.error].filter(Boolean).join(" ") || null;
    set(field ?? inside, { "aria-describedby": described });
    if (field) set(field, { "aria-required": item.required ? "true" : null, "aria-invalid": failed ? "true" : null });
    element.classList.toggle("govuk-form-group--error", Boolean(failed));
    field?.classList.toggle("govuk-input--error", Boolean(failed) && field.localName === "input" && field.type !== "file");
    field?.classList.toggle("govuk-textarea--error", Boolean(failed) && field.localName === "textarea");
    field?.classList.toggle("govuk-select--error", Boolean(failed) && field.localName === "select");
  }

  return {
    element,
    update,
    fail(reason) {
      failed = reason;
      update();
    },
  };
}

function headingOf(field, heading) {
  if (!heading) return {};
  return { class: field ? "govuk-label-wrapper" : "govuk-fieldset__heading", tabindex: "-1" };
}

/** Pictures, sound and film that belong to a question. */
export function show(place, words, alt = "") {
  const key = [words?.image, words?.audio, words?.video].join(" ");
  if (place.dataset.shows === key) return;
  place.dataset.shows = key;
  place.replaceChildren(
    ...[
      words?.image && el("img", { src: words.image, alt }),
      words?.audio && el("audio", { src: words.audio, controls: true, preload: "none" }),
      words?.video && el("video", { src: words.video, controls: true, preload: "none" }),
    ].filter(Boolean),
  );
}
