// The questionnaire as pages: one question on each, or a list of questions that the form keeps together.

/** The pages that show now, in the order they are asked. Each knows under which headings it stands. */
export function pagesOf(top) {
  return [...walk(top, [])];
}

function* walk(parent, trail) {
  for (const item of parent.children) if (item.shows) yield* of(item, trail);
}

function* of(item, trail) {
  if (item.kind === "repeat") yield* ofRepeat(item, trail);
  else if (item.kind !== "group") yield { key: item.key, kind: "question", item, items: [item], trail };
  else if (item.isPage) yield listed(item, trail);
  else yield* walk(item, saysSomething(item) ? [...trail, { item }] : trail);
}

// Forms often name a group "-", for their tool wants a name.
const saysSomething = (item) => /[\p{L}\p{N}]/u.test(item.label?.text ?? "");

const listed = (item, trail) => ({ key: item.key, kind: "list", item, items: item.children, trail });

function* ofRepeat(repeat, trail) {
  for (const [place, turn] of repeat.children.entries()) {
    const below = [...trail, { item: repeat, place }];
    if (!turn.shows) continue;
    if (turn.isPage || repeat.isPage) yield listed(turn, below);
    else yield* walk(turn, below);
  }
  if (repeat.isOpen) yield { key: repeat.key, kind: "turns", item: repeat, items: [], trail };
}

/** The questions of a page that can be answered, also those inside groups and turns on it. */
export function questionsOf(items) {
  return items.flatMap((item) => {
    if (!item.shows) return [];
    if (["group", "turn", "repeat"].includes(item.kind)) return questionsOf(item.children);
    return item.kind === "note" || item.kind === "hidden" || item.looks.has("label") ? [] : [item];
  });
}

/** Does this item stand on that page? */
export const standsOn = (page, item) => page.kind !== "turns" && (page.item === item || contains(page.items, item));

const contains = (items, item) => items.some((one) => one === item || contains(one.children, item));
