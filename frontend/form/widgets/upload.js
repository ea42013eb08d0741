// A picture or another file. It is sent as it is; one that is too large for the way is refused here, before anybody waits.
import { el, set } from "../elements.js";
import { frame } from "./field.js";

const size = (bytes, language) => {
  const [value, unit] = bytes < 1e6 ? [bytes / 1e3, "kilobyte"] : [bytes / 1e6, "megabyte"];
  return new Intl.NumberFormat(language || undefined, { style: "unit", unit, maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
};

export const image = (item, context) => upload(item, context, { shows: true });
export const file = (item, context) => upload(item, context, { shows: false });

function upload(item, context, { shows }) {
  const { say, limit, language } = context;
  const field = el("input", { id: item.id, class: "govuk-file-upload", type: "file", accept: item.accepts === "*" || item.accepts === "*/*" ? null : item.accepts });
  if (item.looks.has("new") || item.looks.has("new-front")) field.setAttribute("capture", item.looks.has("new-front") ? "user" : "environment");
  const name = el("p", { class: "govuk-body", role: "status" });
  const picture = el("img", { class: "li-media", alt: "" });
  const clear = el("button", { type: "button", class: "govuk-button govuk-button--secondary", onclick: forget });
  const control = el("div", {}, field, name, shows && picture, clear);
  const around = frame(item, context, { field, control });
  let tooLarge = "";
  let drawn = null;

  function forget() {
    field.value = "";
    tooLarge = "";
    item.value = null;
    field.focus();
  }

  field.addEventListener("change", () => {
    const [chosen] = field.files;
    tooLarge = chosen && chosen.size > limit ? say("file_too_large", { size: size(chosen.size, language()), limit: size(limit, language()) }) : "";
    item.value = tooLarge || !chosen ? null : chosen;
    if (tooLarge) around.fail(tooLarge);
  });

  function preview(kept) {
    if (kept === drawn) return;
    drawn = kept;
    picture.hidden = true;
    picture.removeAttribute("src");
    if (!kept) return;
    const reader = new FileReader(); // pages here show pictures of their own place or none: a data address, no blob
    reader.onload = () => {
      if (drawn !== kept) return;
      picture.src = reader.result;
      picture.hidden = false;
    };
    reader.readAsDataURL(kept);
  }

  return {
    element: around.element,
    fail: around.fail,
    problem: () => tooLarge,
    update() {
      around.update();
      const kept = item.value;
      if (shows) preview(kept);
      name.textContent = kept ? say("file_kept", { name: kept.name, size: size(kept.size, language()) }) : "";
      name.hidden = !kept;
      set(field, { disabled: item.readonly });
      set(clear, { textContent: say("file_remove"), hidden: !kept || item.readonly });
    },
  };
}
