// What the phone keeps: answers that were begun, and answers that wait to be sent. Nothing is thrown away but by its owner or once a server has it.
const NAME = "learnin-answers";
const VERSION = 1; // a later version adds to these stores and never drops one: somebody's answers may be in it

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const finished = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });

export async function openStore(factory = globalThis.indexedDB) {
  const request = factory.open(NAME, VERSION);
  request.onupgradeneeded = () => {
    const database = request.result;
    if (!database.objectStoreNames.contains("drafts")) database.createObjectStore("drafts", { keyPath: "key" });
    if (!database.objectStoreNames.contains("queue")) database.createObjectStore("queue", { keyPath: "id" });
  };
  const database = await done(request);
  database.onversionchange = () => database.close(); // a newer page wants to add a store: let it
  return new Store(database);
}

class Store {
  constructor(database) {
    this.database = database;
  }

  async #read(name, ask) {
    return done(ask(this.database.transaction(name).objectStore(name)));
  }

  async #write(names, change) {
    const transaction = this.database.transaction(names, "readwrite", { durability: "strict" });
    change((name) => transaction.objectStore(name));
    await finished(transaction);
  }

  draft(key) {
    return this.#read("drafts", (drafts) => drafts.get(key));
  }

  saveDraft(draft) {
    return this.#write(["drafts"], (store) => store("drafts").put(draft));
  }

  dropDraft(key) {
    return this.#write(["drafts"], (store) => [key, aside(key)].forEach((one) => store("drafts").delete(one)));
  }

  /** A copy that made room for another: it can be had back until the answer is finished. */
  draftAside(key) {
    return this.draft(aside(key));
  }

  setAside(draft) {
    return this.saveDraft({ ...draft, key: aside(draft.key) });
  }

  /** A finished answer goes to the queue and its draft goes away, both or neither. */
  enqueue(answer, draftKey) {
    return this.#write(["queue", "drafts"], (store) => {
      store("queue").put(answer);
      for (const one of [draftKey, aside(draftKey)]) store("drafts").delete(one);
    });
  }

  async queue() {
    const all = await this.#read("queue", (queue) => queue.getAll());
    return all.sort((one, other) => one.since - other.since);
  }

  update(answer) {
    return this.#write(["queue"], (store) => store("queue").put(answer));
  }

  remove(id) {
    return this.#write(["queue"], (store) => store("queue").delete(id));
  }

  close() {
    this.database.close();
  }
}

const aside = (key) => `${key} aside`; // no key of ours has a space

/** For a try: nothing is kept, nothing waits. */
export const nowhere = {
  draft: async () => undefined,
  draftAside: async () => undefined,
  saveDraft: async () => {},
  queue: async () => [],
};

/** Files as plain bytes: every browser keeps those, private windows too. */
export const packed = (parts) =>
  Promise.all(parts.map(async ([part, file]) => ({ part, name: file.name ?? part, type: file.type, bytes: await file.arrayBuffer() })));

export const unpacked = (kept) => kept.map(({ part, name, type, bytes }) => [part, new File([bytes], name, { type })]);
