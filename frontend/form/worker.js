// Stands between the questionnaire page and the net. It keeps what that page is made of, and nothing of the rest of the site.
import { Outbox } from "./outbox.js";
import { openStore } from "./store.js";

const PREFIX = "learnin-form:";
const MILLISECONDS_TO_ANSWER = 4_000; // then the kept page opens; the new one is there the next time

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  if (event.data?.keep) event.waitUntil(keep(event.data.keep, event.data.addresses));
});

self.addEventListener("sync", (event) => {
  if (event.tag === "learnin-outbox") event.waitUntil(sendAll());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else event.respondWith(part(request));
});

// The page is fetched as nobody in particular: no name of whoever is signed in here is kept. Everything new first, then what is no longer used goes: at no moment is there half a form.
async function keep(path, addresses) {
  const cache = await caches.open(PREFIX + path);
  const wanted = new Set([new URL(path, self.location.href).href, ...addresses]);
  await Promise.all([...wanted].map(async (url) => {
    if (isLasting(url) && (await cache.match(url))) return;
    const response = await fetch(url, { credentials: "omit" }).catch(() => null);
    if (response?.ok) await cache.put(url, response);
  }));
  for (const request of await cache.keys()) if (!wanted.has(request.url)) await cache.delete(request);
}

// Names with a fingerprint never change what they stand for.
const isLasting = (url) => /-[\w-]{8}(\.[0-9a-f]{12})?\.(js|css)$/.test(new URL(url).pathname);

async function page(request) {
  const kept = await caches.match(request.url, { ignoreVary: true });
  const fresh = fetch(request); // kept only together with its scripts, when the new page asks for it
  if (!kept) return fresh;
  return Promise.race([fresh.catch(() => kept), new Promise((resolve) => setTimeout(() => resolve(kept), MILLISECONDS_TO_ANSWER))]);
}

// What the page is made of comes from here at once; the form itself is looked up again behind its back.
async function part(request) {
  const kept = await caches.match(request.url, { ignoreVary: true });
  if (!kept) return fetch(request);
  if (!isLasting(request.url)) refresh(request.url);
  return kept;
}

async function refresh(url) {
  const response = await fetch(url, { credentials: "omit" }).catch(() => null);
  if (!response?.ok) return;
  for (const name of await caches.keys()) {
    const cache = name.startsWith(PREFIX) && (await caches.open(name));
    if (cache && (await cache.match(url))) await cache.put(url, response.clone());
  }
}

async function sendAll() {
  const store = await openStore();
  const outbox = new Outbox({ store });
  await outbox.flush("waiting");
  const left = (await outbox.all()).filter((one) => one.state === "waiting");
  store.close();
  if (left.length) throw new Error(`${left.length} wait`); // the browser asks again
}
