// <li-form>: the questionnaire on a phone. One question on a page, kept after every answer, sent when there is a way.
import { arrange, el, set, worded } from "./elements.js";
import { open } from "./engine.js";
import { Outbox } from "./outbox.js";
import { pagesOf, questionsOf, standsOn } from "./pages.js";
import { speaker, tableFor } from "./say.js";
import { nowhere, openStore, packed, unpacked } from "./store.js";
import { newest, Unfinished } from "./unfinished.js";
import { inWords, listing, turnName, turns } from "./widgets/structure.js";

const REVIEW = "review";
const MILLISECONDS_TO_SAVE = 400;
const MILLISECONDS_TO_CARRY = 3_000;
const MILLISECONDS_TO_LOOK = 5_000;
const PAGES_TO_KNOW_THE_PACE = 4; // before that, nobody knows how long the rest takes

export default class WebForm extends HTMLElement {
  async connectedCallback() {
    if (this.begun) return;
    this.begun = true;
    this.tables = JSON.parse(document.getElementById(this.dataset.words).textContent);
    this.pageLanguage = document.documentElement.lang;
    this.say = speaker(tableFor(this.tables, this.pageLanguage));
    this.line = document.querySelector("[data-form-line]");
    this.line?.replaceChildren(el("div", { class: "govuk-width-container" }, (this.lineSays = el("p", { role: "status" })), (this.lineMore = el("div", {}))));
    this.place = el("div", { class: "li-phone__form" });
    try {
      this.isTry = this.dataset.try !== undefined;
      this.store = this.isTry ? nowhere : await openStore();
      if (this.dataset.unfinishedUrl) this.unfinished = new Unfinished({ url: this.dataset.unfinishedUrl });
      this.outbox = new Outbox({ store: this.store, changed: () => this.drawLine() });
      await this.drawLine();
      this.watchTheLine();
      addEventListener("popstate", (event) => event.state?.page && this.show(event.state.page, { isBack: true }));
      addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.leave());
      if (!this.dataset.formUrl) return; // over: what waits on this phone is still shown and sent
      await this.load();
      this.replaceChildren(this.place);
      this.dataset.ready = "";
    } catch (error) {
      this.prepend(el("div", { class: "govuk-inset-text", role: "alert" }, this.say("cannot_open")));
      this.dataset.failed = String(error?.message ?? error);
      throw error;
    }
  }

  // ---- opening

  async load() {
    const { draftKey } = this.dataset;
    const finished = this.dataset.again === undefined && this.waiting.find((one) => one.link === draftKey && one.state === "waiting");
    if (finished) {
      this.closed = true;
      return this.drawEnd(finished.id);
    }
    const [here, there] = await Promise.all([this.store.draft(draftKey), this.unfinished?.ask()]);
    const which = newest(here, there);
    const draft = which === "there" ? await this.brought(there, here) : here;
    await this.read(draft);
    await this.goOnFrom(which, draft, there);
    if (which === "both") this.drawCopies(here, there);
    else if (draft) this.drawResume(draft, await this.store.draftAside(draftKey));
    else this.show(this.pages[0]?.key ?? REVIEW, { quiet: true });
  }

  async read(draft) {
    const { formUrl, manifestUrl } = this.dataset;
    const { xml, media } = draft ?? (await this.fetchForm(formUrl, manifestUrl));
    this.at = undefined;
    this.source = { xml, media };
    this.device = draft?.device ?? `web:${crypto.randomUUID()}`;
    this.form = await open({ xml, media: new Map(media), device: this.device, changed: () => this.changed() });
    if (draft) await this.form.resume(unpacked(draft.parts));
    else this.form.begin();
    this.began = draft?.began ?? Date.now();
    this.chooseLanguage(draft?.language);
    this.pace = [];
  }

  async fetchForm(formUrl, manifestUrl) {
    const read = async (url) => {
      const response = await fetch(url, { credentials: "omit" });
      if (!response.ok) throw new Error(`${url}: ${response.status}`);
      return response.text();
    };
    const [xml, manifest] = await Promise.all([read(formUrl), manifestUrl ? read(manifestUrl) : ""]);
    return { xml, media: filesIn(manifest) };
  }

  // ---- languages

  chooseLanguage(kept) {
    const { languages } = this.form;
    const first = (code) => code?.toLowerCase().split("-")[0];
    const found =
      languages.find((one) => one.name === kept) ??
      languages.find((one) => one.code?.toLowerCase() === this.pageLanguage.toLowerCase()) ??
      languages.find((one) => one.code && first(one.code) === first(this.pageLanguage));
    if (found) this.form.speak(found.name);
    this.spoken();
  }

  spoken() {
    const now = this.form.languages.find((one) => one.name === this.form.language);
    this.code = now?.code ?? this.pageLanguage;
    this.say = speaker(tableFor(this.tables, this.code, this.pageLanguage));
    set(document.documentElement, { lang: this.code, dir: now?.direction === "rtl" ? "rtl" : "ltr" });
    set(this.place, { dir: now?.direction ?? null });
  }

  // How dates are written: as on this phone, where it speaks the language of the form.
  get locale() {
    const code = this.code ?? this.pageLanguage; // the line speaks before the form is there
    const [first] = code.toLowerCase().split("-");
    return navigator.languages?.find((one) => one.toLowerCase().split("-")[0] === first) ?? code;
  }

  drawLanguages() {
    const { languages } = this.form;
    if (languages.length < 2) return null;
    const item = (one) => {
      const name = endonym(one);
      const inside =
        one.name === this.form.language
          ? el("span", { class: "govuk-language-navigation__text", "aria-current": "true", lang: one.code }, name)
          : el("button", { type: "button", class: "govuk-language-navigation__link li-link", lang: one.code, onclick: () => this.speak(one.name) }, name);
      return el("li", { class: "govuk-language-navigation__list-item" }, inside);
    };
    return el("nav", { class: "govuk-language-navigation", "aria-label": this.say("language") }, el("ul", { class: "govuk-language-navigation__list" }, languages.map(item)));
  }

  speak(name) {
    this.form.speak(name);
    this.spoken();
    this.save();
    this.drawLine();
    this.redraw();
    this.querySelector("[aria-current=true]")?.closest("nav")?.querySelector("button")?.focus();
  }

  // ---- pages

  get pages() {
    return pagesOf(this.form.top);
  }

  show(key, { quiet = false, isBack = false, focus = true } = {}) {
    const page = this.pages.find((one) => one.key === key);
    this.at = page ? key : key === REVIEW ? REVIEW : (this.pages[0]?.key ?? REVIEW);
    this.since = Date.now();
    if (!isBack) history[quiet ? "replaceState" : "pushState"]({ page: this.at }, "");
    this.redraw();
    if (!quiet) this.carry();
    if (quiet || !focus) return;
    scrollTo(0, 0);
    this.place.querySelector("h1")?.focus();
  }

  redraw() {
    this.failures = [];
    const page = this.pages.find((one) => one.key === this.at);
    if (this.asking) this.asking();
    else if (page) this.drawPage(page);
    else this.drawReview();
  }

  context(page) {
    return {
      say: (key, places) => this.say(key, places),
      language: () => this.locale,
      title: () => this.dataset.title || document.title,
      limit: Number(this.dataset.limit) || Infinity,
      heading: page.kind === "question",
      go: (item) => this.go(item),
    };
  }

  drawPage(page) {
    this.errors = el("div", {});
    this.progress = { words: el("span", {}), bar: el("progress", {}) };
    this.section = el("p", { class: "li-phone__part" });
    const context = this.context(page);
    this.body = page.kind === "turns" ? turns(page.item, context) : listing(() => page.items, context);
    this.top = page.kind === "list" ? el("h1", { class: "govuk-heading-m", tabindex: "-1" }) : null;
    const form = el(
      "form",
      { novalidate: true, onsubmit: (event) => (event.preventDefault(), this.next()) },
      this.top,
      this.body.element,
      el(
        "div",
        { class: "li-pair" },
        el("button", { type: "button", class: "govuk-button govuk-button--secondary", hidden: this.pages[0]?.key === page.key, onclick: () => this.back() }, this.say("back")),
        el("button", { type: "submit", class: "govuk-button" }, this.say("next")),
      ),
      !this.isTry && el("p", { class: "li-phone__later" }, el("button", { type: "button", class: "li-link", onclick: () => this.later() }, this.say("later"))),
    );
    this.place.replaceChildren(
      ...[this.drawLanguages(), this.errors, el("div", { class: "li-progress" }, this.progress.words, this.progress.bar), this.section, form].filter(Boolean),
    );
    this.drawn = page.key;
    this.update();
  }

  // What changes on a page while somebody answers it.
  update() {
    const { pages } = this;
    const number = pages.findIndex((one) => one.key === this.at);
    if (number < 0) {
      this.show(pages.at(-1)?.key ?? REVIEW, { quiet: true });
      return;
    }
    const page = pages[number];
    const { words, bar } = this.progress;
    const left = this.minutesLeft(pages.length - number);
    words.replaceChildren(el("strong", {}, this.say("question_of", { number: number + 1, count: pages.length })), left ? `, ${this.say("minutes_left", { minutes: left })}` : "");
    set(bar, { max: String(pages.length), value: number + 1, "aria-label": this.say("progress") });
    this.section.textContent = this.standsUnder(page);
    this.section.hidden = !this.section.textContent;
    this.top?.replaceChildren(...(page.item.label?.runs.length ? worded(page.item.label) : [this.section.textContent || this.dataset.title || ""]));
    this.body.update();
    document.title = `${this.failures.length ? this.say("error_before") + " " : ""}${this.say("question_of", { number: number + 1, count: pages.length })}: ${page.item.label?.text || this.dataset.title} - LearnIn`;
  }

  standsUnder(page) {
    return page.trail.map(({ item, place }) => (place == null ? item.label.text : turnName(item, place, this.say))).join(" › ");
  }

  // From how long this person took for the questions so far.
  minutesLeft(pages) {
    if (this.pace.length < PAGES_TO_KNOW_THE_PACE) return 0;
    const sorted = [...this.pace].sort((one, other) => one - other);
    return Math.max(1, Math.round((sorted[Math.floor(sorted.length / 2)] * pages) / 60_000));
  }

  changed() {
    if (!this.at || this.closed) return; // not open yet, or over
    clearTimeout(this.saving);
    this.saving = setTimeout(() => this.save(), MILLISECONDS_TO_SAVE);
    if (!this.asking && this.at !== REVIEW && this.at === this.drawn) this.update();
  }

  go(item) {
    this.asking = null;
    const page = this.pages.find((one) => standsOn(one, item) || one.trail.some((part) => part.place != null && part.item.children[part.place] === item));
    this.show(page?.key ?? this.at);
  }

  next() {
    if (!this.check()) return;
    this.pace.push(Date.now() - this.since);
    const { pages } = this;
    const number = pages.findIndex((one) => one.key === this.at);
    this.show(pages[number + 1]?.key ?? REVIEW);
  }

  back() {
    const { pages } = this;
    const number = this.at === REVIEW ? pages.length : pages.findIndex((one) => one.key === this.at);
    this.show(pages[Math.max(0, number - 1)]?.key ?? REVIEW);
  }

  // ---- what is wrong

  check() {
    this.failures = this.body.leaves
      .map((widget) => ({ widget, reason: widget.problem() || this.reason(widget.item) }))
      .filter(({ widget, reason }) => {
        widget.fail(reason);
        return reason;
      });
    this.errors.replaceChildren();
    if (this.failures.length) this.errors.append(this.summary(this.failures));
    this.update();
    this.errors.firstChild?.focus();
    return this.failures.length === 0;
  }

  reason(item) {
    const { problem } = item;
    if (!problem) return "";
    if (item.kind === "note") return item.label?.text || this.say("answer_refused");
    return problem.text || this.say(problem.condition === "required" ? "answer_needed" : "answer_refused");
  }

  summary(failures) {
    const link = ({ widget, reason }) =>
      el(
        "li",
        {},
        el("a", { href: `#${widget.item.id}`, onclick: (event) => (event.preventDefault(), focusIn(widget.element)) }, reason),
      );
    return el(
      "div",
      { class: "govuk-error-summary", tabindex: "-1" },
      el(
        "div",
        { role: "alert" },
        el("h2", { class: "govuk-error-summary__title" }, this.say("problem")),
        el("div", { class: "govuk-error-summary__body" }, el("ul", { class: "govuk-list govuk-error-summary__list" }, failures.map(link))),
      ),
    );
  }

  // ---- the end

  drawReview() {
    const open = new Set(this.form.refused);
    const said = (item, words) => (open.has(item) ? el("strong", { class: "govuk-error-message" }, this.reason(item)) : words);
    const change = (item) => el("button", { type: "button", class: "li-link", onclick: () => this.go(item) }, this.say("change"), el("span", { class: "govuk-visually-hidden" }, ` ${nameOf(item)}`));
    this.drawn = REVIEW;
    this.place.replaceChildren(
      ...[
        this.drawLanguages(),
        (this.errors = el("div", {})),
        el("h1", { class: "govuk-heading-m", tabindex: "-1" }, this.say("review")),
        el("p", { class: "govuk-body" }, this.say(this.isTry ? "try_how" : "review_how")),
        ...this.answers({ said, change }),
        el(
          "form",
          { onsubmit: (event) => (event.preventDefault(), this.send()) },
          el(
            "div",
            { class: "li-pair" },
            el("button", { type: "button", class: "govuk-button govuk-button--secondary", onclick: () => this.back() }, this.say("back")),
            el("button", { type: "submit", class: "govuk-button" }, this.say(this.isTry ? "try_finish" : "send")),
          ),
          !this.isTry && el("p", { class: "li-phone__later" }, el("button", { type: "button", class: "li-link", onclick: () => this.later() }, this.say("later"))),
        ),
      ].filter(Boolean),
    );
    document.title = `${this.say("review")} - LearnIn`;
  }

  // All questions that were asked, part by part, with what was answered.
  answers({ said = (_item, words) => words, change } = {}) {
    const context = this.context({ kind: "review" });
    const row = (item) =>
      el(
        "div",
        { class: "govuk-summary-list__row" },
        el("dt", { class: "govuk-summary-list__key" }, nameOf(item)),
        el("dd", { class: "govuk-summary-list__value" }, said(item, inWords(item, context) || this.say("no_answer"))),
        change && el("dd", { class: "govuk-summary-list__actions" }, change(item)),
      );
    const parts = [];
    for (const page of this.pages) {
      const name = this.standsUnder(page);
      if (!parts.length || parts.at(-1).name !== name) parts.push({ name, rows: [] });
      parts.at(-1).rows.push(...questionsOf(page.items).map(row));
    }
    return parts
      .filter(({ rows }) => rows.length)
      .flatMap(({ name, rows }) => [name && el("h2", { class: "govuk-heading-s" }, name), el("dl", { class: "govuk-summary-list li-review" }, rows)]);
  }

  async send() {
    if (this.sending) return;
    const open = this.form.refused;
    if (open.length) {
      this.go(open[0]);
      this.check();
      return;
    }
    if (this.isTry) return this.drawTried();
    this.sending = true;
    navigator.storage?.persist?.().catch(() => {}); // asks the browser not to clear what waits here when room gets short
    try {
      clearTimeout(this.saving);
      clearTimeout(this.carrying);
      await this.saved; // a draft on its way must not arrive after it was sent
      const { instanceID, xml, files, version } = await this.form.answer();
      const { draftKey, submitUrl, title, limit } = this.dataset;
      this.closed = true;
      await this.outbox.add(
        { id: instanceID, xml, files: await packed(files), version, url: submitUrl, link: draftKey, title, language: this.code, limit: Number(limit) || Infinity },
        draftKey,
      );
      this.drawEnd(instanceID);
      this.outbox.flush();
      this.askForSync();
    } catch {
      this.closed = false; // nothing was put away: the answers are still on the page
      await this.drawLine({ isFull: true });
    } finally {
      this.sending = false;
    }
  }

  drawEnd(id) {
    this.ended = id;
    this.asking = () => {
      const waits = this.waiting?.find((one) => one.id === id);
      const key = !waits ? "sent" : waits.state === "refused" ? "refused" : "kept";
      this.place.replaceChildren(
        ...[
          el("h1", { class: "govuk-heading-m", tabindex: "-1" }, this.say(key)),
          el("p", { class: "govuk-body", role: "status" }, waits?.said || this.say(`${key}_means`)),
          this.dataset.again !== undefined && el("button", { type: "button", class: "govuk-button", onclick: () => this.again() }, this.say("again")),
        ].filter(Boolean),
      );
      document.title = `${this.say(key)} - LearnIn`;
    };
    this.asking();
    history.replaceState({}, "");
    scrollTo(0, 0);
    this.place.querySelector("h1")?.focus();
  }

  // Nothing was kept: only shown what would have gone.
  async drawTried() {
    const seconds = Math.round((Date.now() - this.began) / 1000);
    const { xml } = await this.form.answer();
    this.interrupt(() => ({
      title: this.say("try_done"),
      says: [this.say("try_took", { minutes: Math.floor(seconds / 60), seconds: seconds % 60 })],
      more: [
        ...this.answers(),
        el("details", { class: "govuk-details" }, el("summary", { class: "govuk-details__summary" }, el("span", { class: "govuk-details__summary-text" }, this.say("try_xml"))), el("pre", { class: "govuk-details__text" }, xml)),
      ],
      acts: [{ words: this.say("try_again"), press: () => this.again() }],
    }));
  }

  async again() {
    this.asking = null;
    this.ended = null;
    this.closed = false;
    this.form.begin();
    this.spoken();
    this.pace = [];
    this.began = Date.now();
    this.show(this.pages[0]?.key ?? REVIEW);
  }

  // ---- keeping and coming back

  save() {
    if (this.closed || !this.form || !this.at) return this.saved; // not begun yet: there is nothing of ours to keep
    this.saved = (this.saved ?? Promise.resolve()).then(() => this.keep()).catch(() => this.drawLine({ isFull: true }));
    return this.saved;
  }

  async keep() {
    if (this.closed) return;
    const parts = await packed(await this.form.parts());
    const isCarried = !this.unfinished || this.unfinished.has(await this.copy());
    if (this.closed) return;
    await this.store.saveDraft({
      key: this.dataset.draftKey,
      ...this.source,
      parts,
      language: this.form.language,
      device: this.device,
      began: this.began,
      saved: Date.now(),
      where: this.where,
      onto: this.unfinished?.onto,
      isCarried,
    });
    this.isBehind = !isCarried;
    clearTimeout(this.carrying);
    if (this.isBehind) this.carrying = setTimeout(() => this.carry(), MILLISECONDS_TO_CARRY);
  }

  get where() {
    const page = this.pages.find((one) => one.key === this.at);
    return page?.items[0]?.where ?? page?.item.where ?? "";
  }

  async leave() {
    this.save();
    await this.carry({ isLeaving: true });
  }

  // ---- the copy on the server, for another device

  async copy() {
    return { ...(await this.form.withoutFiles()), language: this.form.language, where: this.at ? this.where : "" };
  }

  /** Send the copy, quietly: a while after an answer, and when a page is left. Without a connection later. */
  carry(options) {
    if (!this.unfinished) return this.carried;
    clearTimeout(this.carrying);
    this.carried = (this.carried ?? Promise.resolve()).then(() => this.carryNow(options)).catch(() => {});
    return this.carried;
  }

  async carryNow(options) {
    if (this.closed || !this.at || !this.unfinished.isDue) return;
    const copy = await this.copy();
    if (this.closed || this.unfinished.has(copy)) return;
    const isTold = await this.unfinished.keep(copy, options);
    await this.save();
    if (isTold) await this.drawLine();
  }

  // What the server has of what stands on the page now: nothing is sent for having looked.
  async goOnFrom(which, draft, there) {
    if (!this.unfinished) return;
    const copy = await this.copy();
    const isThere = which === "there" || !draft || (draft.isCarried && there?.at !== "");
    const onto = which === "there" ? there.at : (draft?.onto ?? (there ? "" : this.unfinished.onto));
    this.unfinished.goOnFrom(onto, isThere ? copy : null);
    this.isBehind = !isThere;
  }

  /** The copy of another device, as a draft of this one. What it replaces is put aside where it has something of its own. */
  async brought(there, here) {
    if (here && (!here.isCarried || here.parts.length > 1)) await this.store.setAside(here);
    const source = await this.fetchForm(there.form_url, there.manifest_url);
    const parts = await packed([["xml_submission_file", new File([there.xml], "xml_submission_file", { type: "text/xml" })]]);
    const { language, where, file_count } = there;
    return { key: this.dataset.draftKey, ...source, parts, language, where, file_count, saved: Date.parse(there.at), onto: there.at, isCarried: true };
  }

  async choose() {
    await this.save();
    const [here, there] = await Promise.all([this.store.draft(this.dataset.draftKey), this.unfinished.ask()]);
    if (!there) return;
    if (there.at) return this.drawCopies(here, there);
    this.unfinished.goOnFrom(""); // the other is gone: ours has the place
    await this.carry();
    await this.drawLine();
  }

  // Both have answers of their own. The newest stands first; nothing is lost but by a press of the person.
  drawCopies(here, there) {
    this.interrupt(() => {
      const copies = [
        { key: "copy_here", use: "copy_here_use", at: here.saved, press: () => this.takeHere(here, there) },
        { key: "copy_there", use: "copy_there_use", at: Date.parse(there.at), press: () => this.takeThere(here, there) },
      ].sort((one, other) => other.at - one.at);
      return {
        title: this.say("two_copies"),
        says: [this.say("two_copies_mean"), ...copies.map(({ key, at }) => this.say(key, { when: this.moment(at) })), there.file_count > 0 && this.say("files_stay")],
        acts: copies.map(({ use, press }, place) => ({ words: this.say(use), look: place ? "secondary" : "", press })),
      };
    });
    return this.drawLine();
  }

  async takeHere(here, there) {
    this.unfinished.goOnFrom(there.at);
    this.goOn(here);
    await this.drawLine();
  }

  async takeThere(here, there) {
    const draft = await this.brought(there, here);
    await this.read(draft);
    await this.goOnFrom("there", draft, there);
    this.goOn(draft);
    await this.drawLine();
  }

  async takeAside(aside, draft) {
    await this.store.setAside(draft);
    await this.read(aside);
    this.unfinished.goOnFrom(this.unfinished.onto);
    this.goOn(aside);
  }

  // ---- pages between the questions

  /** A page that is no question: what it says, and what can be pressed. Drawn again when the language changes. */
  interrupt(drawing) {
    this.asking = () => {
      const { title, says = [], acts, more = [] } = drawing();
      this.place.replaceChildren(
        ...[
          this.drawLanguages(),
          el("h1", { class: "govuk-heading-m", tabindex: "-1" }, title),
          ...says.filter(Boolean).map((words) => el("p", { class: "govuk-body" }, words)),
          ...more,
          el("div", { class: "li-pair" }, acts.map(({ words, look, press }) => el("button", { type: "button", class: `govuk-button${look ? ` govuk-button--${look}` : ""}`, onclick: press }, words))),
        ].filter(Boolean),
      );
      document.title = `${title} - LearnIn`;
    };
    this.asking();
    scrollTo(0, 0);
    this.place.querySelector("h1").focus();
  }

  drawResume(draft, aside) {
    this.interrupt(() => ({
      title: this.say("resume"),
      says: [this.say("resume_from", { when: this.moment(draft.saved) }), draft.file_count > 0 && this.say("files_stay")],
      more: aside
        ? [
            el("p", { class: "govuk-body" }, this.say("copy_aside", { when: this.moment(aside.saved) })),
            el("p", { class: "govuk-body" }, el("button", { type: "button", class: "li-link", onclick: () => this.takeAside(aside, draft) }, this.say("copy_aside_use"))),
          ]
        : [],
      acts: [
        { words: this.say("start_over"), look: "secondary", press: () => this.startOver() },
        { words: this.say("go_on"), press: () => this.goOn(draft) },
      ],
    }));
  }

  goOn(draft) {
    this.asking = null;
    const page = this.pages.find((one) => (one.items[0]?.where ?? one.item.where) === draft.where);
    this.show(page?.key ?? this.pages[0]?.key ?? REVIEW);
    return this.save();
  }

  // Only after a second question: what was answered cannot be had back.
  startOver() {
    this.interrupt(() => ({
      title: this.say("start_over_sure"),
      says: [this.say("start_over_means")],
      acts: [
        { words: this.say("back"), look: "secondary", press: () => this.load() },
        { words: this.say("start_over"), look: "warning", press: () => this.forget() },
      ],
    }));
  }

  async forget() {
    clearTimeout(this.saving);
    clearTimeout(this.carrying);
    await Promise.all([this.saved, this.carried]);
    await this.store.dropDraft(this.dataset.draftKey);
    await this.unfinished?.drop();
    this.asking = null;
    await this.load();
    this.place.querySelector("h1")?.focus();
  }

  async later() {
    await this.save();
    this.unfinished?.hurry();
    await this.carry();
    const { file_count } = await this.form.withoutFiles();
    const isKept = this.unfinished && !this.isBehind;
    this.interrupt(() => ({
      title: this.say(isKept ? "later_anywhere_done" : "later_done"),
      says: [this.say(isKept ? "later_anywhere" : "later_means"), ...this.laterToo(isKept, file_count)],
      acts: [{ words: this.say("go_on"), press: () => ((this.asking = null), this.show(this.at, { isBack: true })) }],
    }));
  }

  // What people with a link of their own must know besides.
  laterToo(isKept, fileCount) {
    if (this.dataset.again !== undefined) return [];
    if (!this.unfinished) return [this.say("later_here_only")];
    const { said, newerAt } = this.unfinished;
    return [!isKept && (said || this.say(newerAt ? "changed_elsewhere" : "later_not_yet")), fileCount > 0 && this.say("files_stay")];
  }

  moment(time) {
    return new Intl.DateTimeFormat(this.locale, { dateStyle: "long", timeStyle: "short" }).format(new Date(time));
  }

  // ---- the line under the bar: is there a connection, and what waits on this phone

  watchTheLine() {
    addEventListener("online", () => {
      this.drawLine();
      this.outbox.flush("waiting");
      this.unfinished?.hurry();
      this.carry();
    });
    addEventListener("offline", () => this.drawLine());
    setInterval(() => this.lookAgain(), MILLISECONDS_TO_LOOK);
    this.lookAgain();
  }

  // Also another window, or the worker in the background, may have sent something meanwhile.
  async lookAgain() {
    if (navigator.onLine) await this.outbox.flush();
    if (navigator.onLine && this.isBehind) this.carry();
    const known = this.waiting.map((one) => one.id + one.state).join();
    if ((await this.outbox.all()).map((one) => one.id + one.state).join() !== known) await this.drawLine();
  }

  async drawLine({ isFull = false } = {}) {
    this.waiting = await this.outbox.all();
    if (this.ended) this.asking?.();
    if (!this.line) return;
    const count = this.waiting.filter((one) => one.state === "waiting").length;
    const refused = this.waiting.filter((one) => one.state === "refused");
    const said = [
      isFull && this.say("phone_full"),
      !navigator.onLine && this.say("offline"),
      count > 0 && this.say("waiting", { count }),
      refused.length > 0 && this.say("refused_count", { count: refused.length }),
      this.unfinished?.said,
      this.unfinished?.newerAt && this.say("changed_elsewhere"),
    ].filter(Boolean);
    const words = said.join(" ");
    if (this.lineSays.textContent !== words) this.lineSays.textContent = words;
    this.line.hidden = said.length === 0;
    const choose = this.unfinished?.newerAt && !this.asking && el("button", { type: "button", class: "govuk-button govuk-button--secondary", onclick: () => this.choose() }, this.say("choose_copy"));
    arrange(this.lineMore, [choose, this.waiting.length && this.drawQueue()].filter(Boolean));
  }

  drawQueue() {
    const one = (answer) =>
      el(
        "li",
        {},
        `${answer.title || ""} · ${this.moment(answer.since)}`,
        answer.said && el("p", { class: "li-small" }, answer.said),
        answer.state === "refused" &&
          el("button", { type: "button", class: "li-link", onclick: () => saveAs(`${answer.id.replace(/\W+/g, "-")}.xml`, answer.xml) }, this.say("save_copy")),
      );
    const isOpen = this.lineMore.querySelector("details")?.open ?? false;
    return el(
      "details",
      { class: "govuk-details", open: isOpen },
      el("summary", { class: "govuk-details__summary" }, el("span", { class: "govuk-details__summary-text" }, this.say("queue"))),
      el(
        "div",
        { class: "govuk-details__text" },
        el("ul", { class: "govuk-list" }, this.waiting.map(one)),
        el("button", { type: "button", class: "govuk-button govuk-button--secondary", onclick: () => this.outbox.flush("all") }, this.say("send_now")),
      ),
    );
  }

  // Where the browser can, it sends in the background, even after the page was closed.
  async askForSync() {
    const worker = await navigator.serviceWorker?.getRegistration(this.dataset.scope);
    await worker?.sync?.register("learnin-outbox").catch(() => {});
  }
}

/** The files of an OpenRosa manifest: what the form calls them, and where they are. */
export function filesIn(manifest) {
  if (!manifest) return [];
  const document = new DOMParser().parseFromString(manifest, "text/xml");
  const all = (parent, name) => [...parent.getElementsByTagName("*")].filter((one) => one.localName === name);
  return all(document, "mediaFile").map((file) => [all(file, "filename")[0]?.textContent ?? "", all(file, "downloadUrl")[0]?.textContent ?? ""]);
}

function endonym({ name, code }) {
  const plain = name.replace(/\s*\([^)]*\)\s*$/, "") || name;
  if (!code || /[^\x20-\x7e]/.test(plain)) return plain; // the form has it in its own letters
  try {
    const own = new Intl.DisplayNames([code], { type: "language", fallback: "none" }).of(code);
    if (!own) return plain;
    return /^\p{Script=Georgian}/u.test(own) ? own : own[0].toLocaleUpperCase(code) + own.slice(1); // Georgian begins small
  } catch {
    return plain;
  }
}

const nameOf = (item) => item.label?.text || item.name;

function focusIn(element) {
  const field = [...element.querySelectorAll("input:not([disabled]), select:not([disabled]), textarea, button")].find((one) => !one.closest("[hidden]"));
  (field ?? element).focus();
  element.scrollIntoView({ block: "start" });
}

function saveAs(name, text) {
  const link = el("a", { href: URL.createObjectURL(new Blob([text], { type: "text/xml" })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
