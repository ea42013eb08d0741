import { beforeEach, describe, expect, it, vi } from "vitest";
import { pagesOf, questionsOf } from "./pages.js";
import { fill, speaker, tableFor } from "./say.js";
import { isDay } from "./widgets/moments.js";
import { readPlace } from "./widgets/place.js";
import { inWords, turns } from "./widgets/structure.js";
import { widgetFor, widgets } from "./widgets/index.js";
import { directionOf, runs } from "./wording.js";

const words = (text) => ({ text, runs: text ? [{ text }] : [] });
const option = (value, text = value) => ({ value, ...words(text) });

// A question as the engine's adapter shows it.
function question(kind, more = {}) {
  const item = {
    id: more.name ?? "q", key: more.name ?? "q", name: "q", kind, value: kind === "many" || kind === "rank" ? [] : "", label: words("How many?"), hint: null, guidance: "",
    looks: new Set(), relevant: true, shows: true, required: false, readonly: false, options: [], children: [], problem: null, accepts: "*", rows: null,
    ...more,
  };
  Object.defineProperty(item, "isAnswered", { get: () => (Array.isArray(item.value) ? item.value.length > 0 : Boolean(item.value)) });
  return item;
}

const context = (more = {}) => ({ say: (key, places) => (places ? `${key} ${Object.values(places).join(" ")}` : key), language: () => "en", title: () => "Teachers", limit: 100, heading: true, go: vi.fn(), ...more });

function draw(item, more) {
  const widget = widgetFor(item, context(more));
  document.body.replaceChildren(widget.element);
  widget.update();
  return widget;
}

const type = (selector, value) => {
  const field = document.querySelector(selector);
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
};

beforeEach(() => document.body.replaceChildren());

describe("every widget", () => {
  const bounds = { start: 0, end: 5, step: 1 };
  it.each(Object.keys(widgets).filter((kind) => !["group", "repeat"].includes(kind)))("%s has one heading, and a field with a name", (kind) => {
    draw(question(kind, { options: [option("a"), option("b")], bounds }));
    expect(document.querySelectorAll("h1")).toHaveLength(1);
    for (const field of document.querySelectorAll("input, textarea, select")) {
      const named = document.querySelector(`label[for="${field.id}"]`) ?? field.getAttribute("aria-label");
      expect(named, field.outerHTML).toBeTruthy();
    }
  });

  it("ties its hint and its error to the field", () => {
    const widget = draw(question("text", { hint: words("In one word"), required: true }));
    widget.fail("Answer this question");
    const field = document.querySelector("#q");
    expect(field.getAttribute("aria-describedby")).toBe("q-hint q-error");
    expect([field.getAttribute("aria-required"), field.getAttribute("aria-invalid")]).toEqual(["true", "true"]);
    expect(document.querySelector("#q-error").textContent).toContain("Answer this question");
    widget.fail("");
    expect(document.querySelector("#q-error")).toBeNull();
  });

  it("shows guidance only where there is some", () => {
    const item = question("text");
    const widget = draw(item);
    expect(document.querySelector("details")).toBeNull();
    item.guidance = "Long words";
    widget.update();
    expect(document.querySelector("details").textContent).toContain("Long words");
  });
});

describe("numbers", () => {
  it.each([["12", "12"], [" 1 200 ", "1200"], ["-3", "-3"], ["", ""]])("takes %j as a whole number", (said, value) => {
    const item = question("integer");
    const widget = draw(item);
    type("#q", said);
    expect([item.value, widget.problem()]).toEqual([value, ""]);
  });

  it.each(["twelve", "1.5", "99999999999", "2147483648"])("refuses %j as a whole number, in words", (said) => {
    const item = question("integer");
    const widget = draw(item);
    type("#q", said);
    expect([item.value, widget.problem()]).toEqual(["", "whole_number"]);
  });

  it("takes a decimal comma", () => {
    const item = question("decimal");
    draw(item);
    type("#q", "3,5");
    expect(item.value).toBe("3.5");
  });

  it("lists few steps and slides along many", () => {
    draw(question("range", { bounds: { start: 1, end: 5, step: 1 } }));
    expect([...document.querySelectorAll("input[type=radio]")].map((one) => one.value)).toEqual(["1", "2", "3", "4", "5"]);
    const item = question("range", { bounds: { start: 0, end: 100, step: 5 } });
    const widget = draw(item);
    type("#q", "52");
    expect(widget.problem()).toBe("between 0 100");
    type("#q", "55");
    expect([widget.problem(), item.value]).toEqual(["", "55"]);
  });
});

describe("choices", () => {
  const options = [option("a", "Ana"), option("b", "Bežanija"), option("c", "Čačak")];

  it("keeps the field of a choice when the others change", () => {
    const item = question("one", { options });
    const widget = draw(item);
    const field = document.querySelector("[value=b]");
    field.checked = true;
    field.dispatchEvent(new Event("change"));
    item.options = options.slice(1);
    widget.update();
    expect(document.querySelector("[value=b]")).toBe(field);
    expect([item.value, document.querySelector("[value=a]")]).toEqual(["b", null]);
  });

  it("adds to and takes from several", () => {
    const item = question("many", { options });
    const widget = draw(item);
    for (const value of ["a", "c", "a"]) {
      const field = document.querySelector(`[value=${value}]`);
      field.checked = !item.value.includes(value);
      field.dispatchEvent(new Event("change"));
      widget.update();
    }
    expect(item.value).toEqual(["c"]);
  });

  it("finds letters with and without their marks", () => {
    draw(question("one", { options, looks: new Set(["autocomplete"]) }));
    type("input[type=search]", "cac");
    expect([...document.querySelectorAll("[type=radio]")].map((one) => one.value)).toEqual(["c"]);
  });

  it("shows a part of a long list and says how many more there are", () => {
    draw(question("one", { options: Array.from({ length: 400 }, (_, n) => option(`v${n}`)), looks: new Set(["autocomplete"]) }));
    expect(document.querySelectorAll("[type=radio]")).toHaveLength(30);
    expect(document.querySelector("[role=status]").textContent).toBe("more_to_find 370");
  });

  it("is a list to open where the form asks for little room", () => {
    const item = question("one", { options, looks: new Set(["minimal"]) });
    draw(item);
    const field = document.querySelector("select");
    field.value = "b";
    field.dispatchEvent(new Event("change"));
    expect([item.value, field.options.length]).toEqual(["b", 4]);
  });

  it("can be taken back where no answer is needed", () => {
    const item = question("one", { options, value: "a" });
    const widget = draw(item);
    document.querySelector(".li-link").click();
    widget.update();
    expect([item.value, document.querySelector(".li-link").hidden]).toEqual(["", true]);
  });

  it("puts in order by buttons", () => {
    const item = question("rank", { options });
    draw(item);
    document.querySelector('[aria-label="move_up Čačak"]').click();
    expect(item.value).toEqual(["a", "c", "b"]);
    expect(document.querySelector("[role=status]").textContent).toBe("ranked Čačak 2 3");
  });
});

describe("days and times", () => {
  it("knows which days there are", () => {
    expect([isDay(2024, 2, 29), isDay(2023, 2, 29), isDay(2026, 13, 1), isDay(26, 1, 1)]).toEqual([true, false, false, false]);
  });

  it("takes a day from three boxes and refuses one there is not", () => {
    const item = question("date");
    const widget = draw(item);
    type("#q", "7");
    type("#q-month", "3");
    expect([item.value, widget.problem()]).toEqual(["", "real_day"]);
    type("#q-year", "2026");
    expect([item.value, widget.problem()]).toEqual(["2026-03-07", ""]);
  });

  it("asks for a day and a time together", () => {
    const item = question("datetime");
    const widget = draw(item);
    for (const [box, said] of [["#q", "7"], ["#q-month", "3"], ["#q-year", "2026"]]) type(box, said);
    expect(widget.problem()).toBe("day_and_time");
    type("#q-time", "10:30");
    expect(item.value).toMatch(/^2026-03-07T10:30:00\.000[+-]\d\d:\d\d$/);
  });
});

describe("places and files", () => {
  it.each([
    [["41.7", "44.8"], "41.7 44.8 0 0"],
    [["41,7", " 44.8 "], "41.7 44.8 0 0"],
    [["91", "44"], null],
    [["41", ""], null],
    [["north", "44"], null],
  ])("reads %j", ([north, east], value) => expect(readPlace(north, east)).toBe(value));

  it("says so when the phone does not find its place", () => {
    vi.stubGlobal("navigator", { geolocation: { getCurrentPosition: (_found, failed) => failed() } });
    draw(question("place"));
    document.querySelector("#q").click();
    expect(document.body.textContent).toContain("place_unknown");
    vi.unstubAllGlobals();
  });

  it("refuses a file that is too large before anybody waits", () => {
    const item = question("file", { value: null });
    const widget = draw(item);
    const field = document.querySelector("input[type=file]");
    Object.defineProperty(field, "files", { value: [new File([new Uint8Array(101)], "big.bin")] });
    field.dispatchEvent(new Event("change"));
    expect([item.value, widget.problem()]).toEqual([null, "file_too_large 0.1 kB 0.1 kB"]);
  });
});

describe("pages", () => {
  const leaf = (name, more) => question("text", { name, ...more });
  const group = (name, children, more) => question("group", { name, children, ...more });

  it("asks one question at a time, and keeps together what the form keeps together", () => {
    const list = group("list", [leaf("b"), leaf("c", { shows: false })], { isPage: true });
    const top = question("root", { children: [group("part", [leaf("a"), list]), leaf("hidden", { shows: false }), leaf("d")] });
    const pages = pagesOf(top);
    expect(pages.map((page) => [page.kind, page.key])).toEqual([["question", "a"], ["list", "list"], ["question", "d"]]);
    expect(pages[0].trail.map((one) => one.item.key)).toEqual(["part"]);
    expect(questionsOf(pages[1].items).map((one) => one.key)).toEqual(["b"]);
  });

  it("asks each turn, then whether there is another", () => {
    const turn = (name) => question("turn", { name, children: [leaf(`${name}-a`)] });
    const repeat = question("repeat", { name: "class", children: [turn("1"), turn("2")], isOpen: true });
    expect(pagesOf(question("root", { children: [repeat] })).map((page) => page.key)).toEqual(["1-a", "2-a", "class"]);
    repeat.isOpen = false;
    expect(pagesOf(question("root", { children: [repeat] })).map((page) => page.key)).toEqual(["1-a", "2-a"]);
  });

  it("lists the turns, adds one and takes one away", () => {
    const turn = (name) => question("turn", { name, children: [question("text", { name, value: name })] });
    const repeat = question("repeat", { children: [turn("5a"), turn("6b")], isOpen: true });
    repeat.remove = (one) => repeat.children.splice(repeat.children.indexOf(one), 1);
    repeat.add = () => "the new one";
    const here = context();
    const page = turns(repeat, here);
    document.body.replaceChildren(page.element);
    page.update();
    expect([...document.querySelectorAll("dd.govuk-summary-list__value")].map((one) => one.textContent)).toEqual(["5a", "6b"]);
    document.querySelectorAll("dl button")[1].click();
    expect(document.querySelectorAll("dt")).toHaveLength(1);
    document.querySelector(".govuk-button").click();
    expect(here.go).toHaveBeenCalledWith("the new one");
  });

  it("tells answers as people read them", () => {
    const said = { say: (key) => key, language: () => "en-GB" };
    expect(inWords(question("many", { options: [option("a", "Ana"), option("b", "Bo")], value: ["b", "a"] }), said)).toBe("Bo, Ana");
    expect(inWords(question("date", { value: "2026-03-07" }), said)).toBe("7 March 2026");
    expect(inWords(question("text"), said)).toBe("");
  });
});

describe("words", () => {
  it("come in the language of the reader, or of the page", () => {
    const tables = { en: { next: "Next" }, "sr-Latn": { next: "Dalje" }, ka: { next: "შემდეგი" } };
    expect(tableFor(tables, "ka-GE", "en").next).toBe("შემდეგი");
    expect(tableFor(tables, "sr-latn", "en").next).toBe("Dalje");
    expect(tableFor(tables, "fr", "ka").next).toBe("შემდეგი");
    expect(tableFor(tables, "fr", "xx").next).toBe("Next");
    expect(speaker({})("gone")).toBe("gone");
    expect(fill("%(a)s of %(b)s", { a: 1 })).toBe("1 of %(b)s");
  });

  it("keep a form's marks and nothing that could do harm", () => {
    const text = (value) => ({ role: "child", value });
    const parent = (elementName, children, more = {}) => ({ role: "parent", elementName, children, ...more });
    const flat = runs([parent("p", [text("a "), parent("strong", [text("b")])]), parent("p", [parent("a", [text("c")], { url: "javascript:x()" }), { role: "html", unsafeHtml: "<img src=x onerror=y>d" }])]);
    expect(flat.map((one) => (one.line ? "|" : one.text)).join("")).toBe("a b|cd");
    expect(flat[1].strong).toBe(true);
    expect(flat.some((one) => one.href)).toBe(false);
  });

  it("run the way their script does", () => {
    expect(directionOf({ language: "Arabic (ar)", locale: { language: "ar" } })).toBe("rtl");
    expect(directionOf({ language: "Arabic" })).toBe("rtl");
    expect(directionOf({ language: "ქართული", locale: { language: "ka" } })).toBe("ltr");
  });
});
