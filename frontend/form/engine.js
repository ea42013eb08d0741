// The one place that knows the form engine. Everybody else sees a Questionnaire of Items: what is asked, in words, and what was answered.
import { loadForm } from "@getodk/xforms-engine";
import { withoutGuidance } from "./guidance.js";
import { directionOf, runs } from "./wording.js";

const INSTANCE = "xml_submission_file";

// What an input asks for, by the type the form gives it; what stands nowhere here is asked as text.
const BY_TYPE = {
  int: "integer",
  decimal: "decimal",
  date: "date",
  time: "time",
  dateTime: "datetime",
  geopoint: "place",
  geotrace: "places",
  geoshape: "places",
};

const BY_NODE = {
  root: () => "root",
  group: () => "group",
  "repeat-range:controlled": () => "repeat",
  "repeat-range:uncontrolled": () => "repeat",
  "repeat-instance": () => "turn",
  note: () => "note",
  trigger: () => "trigger",
  range: () => "range",
  rank: () => "rank",
  select: (node) => (node.selectType === "select" ? "many" : "one"),
  upload: (node) => (node.nodeOptions?.media?.type === "image" ? "image" : "file"),
  input: (node) => BY_TYPE[node.valueType] ?? "text",
  "model-value": () => "hidden",
};

/** Reads a form from its XML. `media` finds the address of a file the form uses; `changed` is told when anything changed. */
export async function open({ xml, media = new Map(), device, changed = () => {}, fetch = globalThis.fetch.bind(globalThis) }) {
  const read = withoutGuidance(xml);
  const result = await loadForm(read.xml, {
    fetchFormAttachment: async (address) => {
      const url = media.get(fileName(address));
      return url ? fetch(url) : new Response("", { status: 404 });
    },
    missingResourceBehavior: "BLANK",
  });
  if (result.status === "failure") throw result.error;
  return new Questionnaire({ guidance: read.guidance, result, media, device, changed });
}

/** The last part of jr://images/a.png. */
const fileName = (address) => decodeURIComponent(String(address).split("/").at(-1));

class Questionnaire {
  #result;
  #config;
  #known = new Map();
  #waiting = false;
  #guidance;

  constructor({ guidance, result, media, device, changed }) {
    this.#result = result;
    this.media = media;
    this.changed = changed;
    this.#guidance = guidance;
    this.#config = {
      stateFactory: (state) => this.#watched(state),
      preloadProperties: { deviceID: device },
    };
  }

  /** A fresh answer. */
  begin() {
    return this.#hold(this.#result.createInstance(this.#config));
  }

  /** An answer that was put aside, as `parts()` gave it. */
  async resume(parts) {
    return this.#hold(await this.#result.restoreInstance({ data: [bundle(parts)] }, this.#config));
  }

  /** An answer that was sent before: it gets a new instanceID, and names the old one as replaced. */
  async correct(parts) {
    const input = { inputType: "FORM_INSTANCE_INPUT_RESOLVED", data: [bundle(parts)] };
    return this.#hold(await this.#result.editInstance(input, this.#config));
  }

  #hold(instance) {
    this.root = instance.root;
    this.#known.clear();
    this.top = this.item(this.root);
    return this;
  }

  // The engine writes into this object when something changed: we say so once, after all of it.
  #watched(state) {
    return new Proxy(state, {
      set: (target, name, value) => {
        target[name] = value;
        this.#tell();
        return true;
      },
    });
  }

  #tell() {
    if (this.#waiting) return;
    this.#waiting = true;
    queueMicrotask(() => {
      this.#waiting = false;
      this.changed();
    });
  }

  /** The one Item of a node. */
  item(node) {
    let found = this.#known.get(node.nodeId);
    if (!found) this.#known.set(node.nodeId, (found = new Item(this, node)));
    return found;
  }

  get languages() {
    return this.root.languages
      .filter((one) => !one.isSyntheticDefault)
      .map((one) => ({ name: one.language, code: one.locale?.toString(), direction: directionOf(one) }));
  }

  get language() {
    return this.root.currentState.activeLanguage.language;
  }

  /** All texts in this language of the form. */
  speak(name) {
    const found = this.root.languages.find((one) => one.language === name && !one.isSyntheticDefault);
    if (found) this.root.setLanguage(found);
  }

  guidance(item) {
    const texts = this.#guidance.get(item.path);
    return texts?.get(this.language) ?? "";
  }

  /** Address of a file the form shows, or nothing where it was never given. */
  address(source) {
    return source ? this.media.get(fileName(source)) : undefined;
  }

  /** Questions that show, and still lack an answer or have one the form refuses. */
  get refused() {
    if (this.root.validationState.violations.length === 0) return [];
    const within = (item) => (item.shows || item.kind === "root" ? [item.problem && item, ...item.children.flatMap(within)] : []);
    return within(this.top).filter(Boolean);
  }

  /** The answer as files: first the XML, then what was attached. */
  async parts() {
    const payload = await this.root.prepareInstancePayload({ payloadType: "monolithic" });
    const parts = [...payload.data[0].entries()];
    return parts.sort(([one], [other]) => Number(other === INSTANCE) - Number(one === INSTANCE));
  }

  /** The answer so far without its files, which do not travel: what another device can go on from, and how many stay here. */
  async withoutFiles() {
    const [[, file], ...files] = await this.parts();
    const xml = await file.text();
    if (!files.length) return { xml, file_count: 0 };
    const names = new Set(files.map(([name]) => name));
    const document = new DOMParser().parseFromString(xml, "text/xml");
    for (const one of document.getElementsByTagName("*")) if (!one.childElementCount && names.has(one.textContent)) one.textContent = "";
    return { xml: new XMLSerializer().serializeToString(document), file_count: files.length };
  }

  /** The answer, ready to be kept and sent: its XML, its files, and the name by which a server knows it. */
  async answer() {
    const [[, file], ...files] = await this.parts();
    const xml = await file.text();
    const document = new DOMParser().parseFromString(xml, "text/xml");
    const instanceID = [...document.getElementsByTagName("*")].find((one) => one.localName === "instanceID")?.textContent;
    return { instanceID, xml, files, version: document.documentElement.getAttribute("version") ?? "" };
  }
}

// What the engine takes back: a form of files, the XML under its own name.
function bundle(parts) {
  const data = new FormData();
  for (const [name, file] of parts) {
    const given = name === INSTANCE ? INSTANCE : (file.name ?? name);
    data.set(name, new File([file], given, { type: name === INSTANCE ? "text/xml" : file.type }));
  }
  return data;
}

class Item {
  #form;
  #node;

  constructor(form, node) {
    this.#form = form;
    this.#node = node;
    this.id = node.nodeId.replace(/\W+/g, "-");
    this.kind = node.definition.bodyElement == null && node.nodeType === "attribute" ? "hidden" : BY_NODE[node.nodeType](node);
    this.looks = new Set([...(node.appearances ?? [])].map(String));
    this.path = node.definition.nodeset;
    this.key = node.nodeId;
  }

  get #now() {
    return this.#node.currentState;
  }

  get name() {
    return this.path.split("/").at(-1);
  }

  get where() {
    return this.#now.reference;
  }

  /** Where the question stands under another: its parent in the form. */
  get parent() {
    return this.#node.parent?.nodeId ? this.#form.item(this.#node.parent) : null;
  }

  get relevant() {
    return this.#now.relevant;
  }

  get required() {
    return this.#now.required;
  }

  get readonly() {
    return this.#now.readonly;
  }

  get label() {
    return this.#words(this.#now.label);
  }

  get hint() {
    return this.#words(this.#now.hint);
  }

  get guidance() {
    return this.#form.guidance(this);
  }

  #words(range) {
    if (!range) return null;
    return {
      text: range.asString,
      runs: runs(range.formatted),
      image: this.#form.address(range.imageSource),
      audio: this.#form.address(range.audioSource),
      video: this.#form.address(range.videoSource),
    };
  }

  get children() {
    return (this.#now.children ?? []).map((node) => this.#form.item(node));
  }

  /** Does anything in it show on a page now? */
  get shows() {
    if (this.kind === "hidden" || !this.relevant) return false;
    if (this.kind === "group" || this.kind === "turn") return this.children.some((one) => one.shows);
    return true;
  }

  /** Is it a group whose questions stand together on one page? */
  get isPage() {
    return this.looks.has("field-list") || this.looks.has("table-list");
  }

  /** May people add turns and take them away? */
  get isOpen() {
    return this.#node.nodeType === "repeat-range:uncontrolled";
  }

  add() {
    this.#node.addInstances();
    return this.children.at(-1);
  }

  remove(turn) {
    this.#node.removeInstances(this.children.indexOf(turn));
  }

  /** What was answered: a list where several may be chosen, a file, otherwise text as it is sent. */
  get value() {
    if (this.kind === "one") return this.#now.value[0] ?? "";
    if (this.kind === "many" || this.kind === "rank" || this.kind === "image" || this.kind === "file") return this.#now.value;
    return this.#now.instanceValue;
  }

  set value(value) {
    const node = this.#node;
    if (this.kind === "one") node.selectValue(value || null);
    else if (this.kind === "many") node.selectValues(value);
    else if (this.kind === "rank") node.setValues(value);
    else if (this.kind === "trigger") node.setValue(Boolean(value));
    else node.setValue(value === "" && node.valueType !== "string" ? null : value);
  }

  get isAnswered() {
    const { value } = this;
    return Array.isArray(value) ? value.length > 0 : Boolean(value);
  }

  get options() {
    return (this.#now.valueOptions ?? []).map((one) => ({ value: one.value, ...this.#words(one.label) }));
  }

  /** Between what a number on a scale may be. */
  get bounds() {
    const { start, end, step } = this.#node.definition.bodyElement.bounds;
    return { start: Number(start), end: Number(end), step: Number(step) };
  }

  get rows() {
    return this.#node.nodeOptions?.rows ?? null;
  }

  get accepts() {
    return this.#node.nodeOptions?.media?.accept ?? "*";
  }

  /** Why the form refuses the answer as it is: "required", "constraint", or nothing; in the form's words where it has some. */
  get problem() {
    const violation = this.#node.validationState?.violation; // groups have a list of their own, which is not ours
    if (!violation || this.#isForShow) return null;
    return { condition: violation.condition, text: violation.message?.asString ?? "" };
  }

  // A required note that shows only when something is wrong stops people until it is right. One that always shows
  // could never be passed: its author meant nothing by it.
  get #isForShow() {
    return this.kind === "note" && this.#node.definition.bind.relevant.expression === "true()";
  }
}
