// Which widget asks which kind of question.
import { many, one } from "./choice.js";
import { date, datetime, time } from "./moments.js";
import { note, trigger } from "./note.js";
import { range } from "./number_line.js";
import { place, places } from "./place.js";
import { rank } from "./rank.js";
import { group, repeat } from "./structure.js";
import { decimal, integer, text } from "./text.js";
import { file, image } from "./upload.js";

export const widgets = {
  date, datetime, decimal, file, group, image, integer, many, note, one, place, places, range, rank, repeat, text, time, trigger,
};

export function widgetFor(item, context) {
  const widget = widgets[item.kind](item, context);
  widget.item = item;
  return widget;
}
