// Sends what waits, each answer under the one instanceID it got, until a server says that it has it.
import { unpacked } from "./store.js";

const FIRST_WAIT = 5_000;
const LONGEST_WAIT = 600_000;
const KEPT = new Set([201, 202]); // OpenRosa: anything else, a 200 too, may come from a café's sign-in page
const REFUSED = new Set([400, 403, 404, 409, 410, 413, 422]); // asking again would not help: show what the server says

export class Outbox {
  #running = null;

  constructor({ store, changed = () => {}, fetch = globalThis.fetch.bind(globalThis), now = Date.now, locks = globalThis.navigator?.locks }) {
    Object.assign(this, { store, changed, fetch, now, locks });
  }

  /** What waits and what was refused, oldest first. */
  all() {
    return this.store.queue();
  }

  async add(answer, draftKey) {
    await this.store.enqueue({ ...answer, state: "waiting", said: "", tries: 0, next: 0, since: this.now() }, draftKey);
    await this.changed();
  }

  /** Try to send: what is "due", all that is "waiting" (there is a connection again), or "all", refused answers too. */
  flush(which = "due") {
    const before = (this.#running ?? Promise.resolve()).catch(() => {}); // what went wrong once does not stop the next time
    this.#running = before.then(() => this.#alone(() => this.#flush(which)));
    return this.#running;
  }

  // Two windows never send the same answer at the same time, where the browser can see to it; the server takes it once in any case.
  #alone(work) {
    return this.locks ? this.locks.request("learnin-outbox", work) : work();
  }

  async #flush(which) {
    const sent = [];
    for (const answer of await this.all()) {
      if (which !== "all" && answer.state !== "waiting") continue;
      if (which === "due" && answer.next > this.now()) continue;
      const counted = which === "due" ? answer : { ...answer, tries: 0 }; // a connection is back: the waiting begins anew
      if (await this.#send(counted)) sent.push(answer.id);
      await this.changed();
    }
    return sent;
  }

  async #send(answer) {
    try {
      for (const body of posts(answer)) {
        const response = await this.fetch(answer.url, {
          method: "POST",
          body,
          headers: { "X-OpenRosa-Version": "1.0", "Accept-Language": answer.language || "*" },
          signal: AbortSignal.timeout?.(patience(answer)),
          credentials: "omit", // who answers is not who is signed in on this device
        });
        if (!KEPT.has(response.status)) return await this.#keep(answer, response);
      }
    } catch {
      return await this.#later(answer, "");
    }
    await this.store.remove(answer.id);
    return true;
  }

  async #keep(answer, response) {
    const said = messageIn(await response.text());
    if (!REFUSED.has(response.status)) return this.#later(answer, said);
    await this.store.update({ ...answer, state: "refused", said, status: response.status, tries: answer.tries + 1 });
    return false;
  }

  async #later(answer, said) {
    const wait = Math.min(FIRST_WAIT * 2 ** answer.tries, LONGEST_WAIT);
    await this.store.update({ ...answer, state: "waiting", said, tries: answer.tries + 1, next: this.now() + wait });
    return false;
  }
}

// A line that went dead must not keep the others waiting; a slow one, 2 kB a second, may finish.
const patience = ({ xml, files }) => 60_000 + (xml.length + files.reduce((sum, file) => sum + file.bytes.byteLength, 0)) / 2;

/** The posts of one answer: the same XML in each, as many files as fit, and a word that more will come in all but the last. */
export function posts({ xml, files, limit = Infinity }) {
  const bins = [[]];
  let room = limit - xml.length;
  for (const [part, file] of unpacked(files)) {
    if (file.size > room && bins.at(-1).length) {
      bins.push([]);
      room = limit - xml.length;
    }
    bins.at(-1).push([part, file]);
    room -= file.size;
  }
  return bins.map((bin, number) => {
    const body = new FormData();
    body.append("xml_submission_file", new File([xml], "xml_submission_file", { type: "text/xml" }));
    for (const [part, file] of bin) body.append(part, file, file.name);
    if (number < bins.length - 1) body.append("*isIncomplete*", "yes");
    return body;
  });
}

/** What an OpenRosa server said to people. */
export function messageIn(text) {
  const found = /<(?:\w+:)?message[^>]*>([^<]*)</.exec(text)?.[1] ?? "";
  return found.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&").trim();
}
