// The unfinished answer under an invitation: the server keeps a copy, so that the same link goes on with another device.
const FIRST_WAIT = 5_000;
const LONGEST_WAIT = 600_000;
const MILLISECONDS_TO_ASK = 5_000; // then what is on this device opens
const MOST_ON_LEAVING = 60_000; // browsers carry 64 KiB for a page that is gone

/** Which copy to go on with: "here", "there", "both" where each has something the other lacks, or none. */
export function newest(here, there) {
  if (!there?.at) return here ? "here" : "";
  if (!here) return "there";
  if (here.onto === there.at) return "here"; // it goes on from what the server has
  return here.isCarried ? "there" : "both";
}

export class Unfinished {
  onto = ""; // the moment of the copy on the server that ours goes on from
  newerAt = ""; // another device kept a copy meanwhile: nothing is sent until somebody chooses
  said = ""; // why the server keeps none, in its words
  #there = ""; // what the server has of ours
  #tries = 0;
  #next = 0;

  constructor({ url, fetch = globalThis.fetch.bind(globalThis), now = Date.now }) {
    Object.assign(this, { url, fetch, now });
  }

  /** The copy on the server, { at: "" } where there is none; nothing without a connection. */
  async ask() {
    try {
      const response = await this.fetch(this.url, { ...PLAINLY, signal: AbortSignal.timeout?.(MILLISECONDS_TO_ASK) });
      return response.ok ? await response.json() : null;
    } catch {
      return null;
    }
  }

  /** Go on from a copy that the server has. */
  goOnFrom(at, copy) {
    this.onto = at;
    this.newerAt = "";
    this.#there = copy ? inOne(copy) : "";
  }

  /** Has the server all of this copy? */
  has(copy) {
    return this.#there === inOne(copy);
  }

  /** Is it time to send, after tries that failed? */
  get isDue() {
    return !this.newerAt && !this.said && this.now() >= this.#next;
  }

  /** A connection is back: the waiting begins anew. */
  hurry() {
    this.#tries = this.#next = 0;
  }

  /** Send a copy. Says whether something is to be told: another device was faster, or the server keeps none. */
  async keep(copy, { isLeaving = false } = {}) {
    const sent = inOne(copy);
    try {
      const body = posted({ ...copy, onto: this.onto });
      const response = await this.fetch(this.url, { ...PLAINLY, method: "POST", body, keepalive: isLeaving && new Blob([sent]).size < MOST_ON_LEAVING });
      if (response.status >= 500) throw new Error(String(response.status));
      const answer = await response.json();
      if (response.ok) this.goOnFrom(answer.at, copy);
      else if (answer.at) this.newerAt = answer.at;
      else this.said = answer.said;
      this.hurry();
      return !response.ok;
    } catch {
      this.#next = this.now() + Math.min(FIRST_WAIT * 2 ** this.#tries, LONGEST_WAIT);
      this.#tries += 1;
      return false;
    }
  }

  /** Forget the copy on the server. Without a connection it stays, and the next one takes its place. */
  async drop() {
    try {
      const response = await this.fetch(this.url, { ...PLAINLY, method: "POST", body: posted({ forget: "yes" }) });
      if (response.ok) this.goOnFrom("");
    } catch {
      this.#there = "";
    }
  }
}

// As nobody in particular, and never out of a cache.
const PLAINLY = { credentials: "omit", cache: "no-store" };

const inOne = ({ xml, language, file_count }) => JSON.stringify([xml, language, file_count]);

function posted(fields) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  return body;
}
