// Asks the worker to keep what this page is made of, so that it opens without a connection.

export async function keepOffline(element, { container = navigator.serviceWorker } = {}) {
  const { worker, scope } = element.dataset;
  if (!container || !worker) return;
  const registration = await container.register(worker, { scope });
  await container.ready;
  await ready(element);
  (registration.active ?? container.controller)?.postMessage({ keep: location.pathname + location.search, addresses: addresses(element) });
}

// Only once the form is there do we know all that it fetched.
function ready(element) {
  if ("ready" in element.dataset) return Promise.resolve();
  return new Promise((resolve) => {
    const watch = new MutationObserver(() => {
      if (!("ready" in element.dataset)) return;
      watch.disconnect();
      resolve();
    });
    watch.observe(element, { attributes: true, attributeFilter: ["data-ready"] });
  });
}

/** Scripts, styles, the form, and every file it uses: from our own place only, without what was sent. */
export function addresses(element) {
  const loaded = performance.getEntriesByType("resource").map((one) => one.name);
  const declared = [...document.querySelectorAll("script[src], link[href]")].map((one) => one.src || one.href);
  const media = (element.source?.media ?? []).map(([, url]) => url);
  const { formUrl, manifestUrl, submitUrl, unfinishedUrl, worker } = element.dataset;
  const all = [...declared, ...loaded, formUrl, manifestUrl, ...media].filter(Boolean).map((one) => new URL(one, location.href));
  const never = [submitUrl, unfinishedUrl, worker].filter(Boolean).map((one) => new URL(one, location.href).href);
  return [...new Set(all.filter((one) => one.origin === location.origin && !never.includes(one.href)).map((one) => one.href))];
}
