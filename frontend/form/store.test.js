import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { messageIn, Outbox, posts } from "./outbox.js";
import { openStore, packed, unpacked } from "./store.js";

const answer = (id, more = {}) => ({ id, xml: `<a id="f"><meta><instanceID>${id}</instanceID></meta></a>`, files: [], url: "/answer/k/submission", ...more });
const server = (status, said = "") => vi.fn(async () => new Response(`<OpenRosaResponse><message nature="">${said}</message></OpenRosaResponse>`, { status }));

let factory;
let time;

beforeEach(() => {
  factory = new IDBFactory();
  time = 1_000;
});

async function outboxWith(fetch) {
  const store = await openStore(factory);
  return { store, outbox: new Outbox({ store, fetch, now: () => time, locks: undefined }) };
}

describe("what the phone keeps", () => {
  it("gives a draft back after the browser was closed", async () => {
    const first = await openStore(factory);
    const parts = await packed([["xml_submission_file", new File(["<a/>"], "xml_submission_file", { type: "text/xml" })], ["p.png", new File([new Uint8Array([1, 2])], "p.png", { type: "image/png" })]]);
    await first.saveDraft({ key: "k", parts });
    first.close();
    const draft = await (await openStore(factory)).draft("k");
    const [[, xml], [name, picture]] = unpacked(draft.parts);
    expect(await xml.text()).toBe("<a/>");
    expect([name, picture.name, picture.type, picture.size]).toEqual(["p.png", "p.png", "image/png", 2]);
  });

  it("keeps a copy aside until the answer is finished or begun again", async () => {
    const { store, outbox } = await outboxWith(server(201));
    for (const end of [() => store.dropDraft("k"), () => outbox.add(answer("uuid:1"), "k")]) {
      await store.setAside({ key: "k", parts: [1] });
      await store.saveDraft({ key: "k", parts: [2] });
      expect([(await store.draft("k")).parts, (await store.draftAside("k")).parts]).toEqual([[2], [1]]);
      await end();
      expect([await store.draft("k"), await store.draftAside("k")]).toEqual([undefined, undefined]);
    }
  });

  it("takes the draft away only together with putting the answer in the queue", async () => {
    const { store, outbox } = await outboxWith(server(201));
    await store.saveDraft({ key: "k", parts: [] });
    await expect(store.enqueue({ noId: true }, "k")).rejects.toThrow();
    expect(await store.draft("k")).toBeDefined();
    await outbox.add(answer("uuid:1"), "k");
    expect(await store.draft("k")).toBeUndefined();
    expect((await outbox.all()).map((one) => one.id)).toEqual(["uuid:1"]);
  });
});

describe("what is sent", () => {
  it.each([201, 202])("goes once the server says %i", async (status) => {
    const fetch = server(status);
    const { outbox } = await outboxWith(fetch);
    await outbox.add(answer("uuid:1"), "k");
    expect(await outbox.flush()).toEqual(["uuid:1"]);
    expect(await outbox.all()).toEqual([]);
    const [url, { method, body, credentials }] = fetch.mock.calls[0];
    expect([url, method, credentials]).toEqual(["/answer/k/submission", "POST", "omit"]);
    expect(await body.get("xml_submission_file").text()).toContain("uuid:1");
  });

  it.each([200, 302, 401, 429, 500, 503])("stays and is tried again after %i", async (status) => {
    const { outbox } = await outboxWith(server(status, "busy"));
    await outbox.add(answer("uuid:1"), "k");
    await outbox.flush();
    const [kept] = await outbox.all();
    expect([kept.state, kept.tries, kept.next]).toEqual(["waiting", 1, 6_000]);
  });

  it.each([400, 403, 404, 409, 410, 413])("stays with the server's words after %i, and is not tried by itself", async (status) => {
    const fetch = server(status, "This round is closed.");
    const { outbox } = await outboxWith(fetch);
    await outbox.add(answer("uuid:1"), "k");
    await outbox.flush();
    const [kept] = await outbox.all();
    expect([kept.state, kept.said]).toEqual(["refused", "This round is closed."]);
    time += 1e9;
    await outbox.flush("waiting");
    expect(fetch).toHaveBeenCalledTimes(1);
    await outbox.flush("all");
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it("waits longer after each try without a connection, and goes at once when there is one", async () => {
    const fetch = vi.fn(async () => Promise.reject(new TypeError("no connection")));
    const { outbox } = await outboxWith(fetch);
    await outbox.add(answer("uuid:1"), "k");
    const waits = [];
    for (let time_ = 0; time_ < 9; time_++) {
      await outbox.flush();
      const [kept] = await outbox.all();
      waits.push(kept.next - time);
      await outbox.flush(); // too early: nothing happens
      time = kept.next;
    }
    expect(waits).toEqual([5e3, 1e4, 2e4, 4e4, 8e4, 16e4, 32e4, 6e5, 6e5]);
    expect(fetch).toHaveBeenCalledTimes(9);
    time = 0;
    await outbox.flush("waiting"); // a connection, but not a good one: soon again
    expect((await outbox.all())[0].next).toBe(5e3);
    outbox.fetch = server(201);
    await outbox.flush("waiting");
    expect(await outbox.all()).toEqual([]);
  });

  it("goes on after something went wrong around it", async () => {
    const { outbox } = await outboxWith(server(503));
    outbox.changed = vi.fn().mockRejectedValueOnce(new Error("the page could not be drawn")).mockResolvedValue();
    await expect(outbox.add(answer("uuid:1"), "k")).rejects.toThrow();
    outbox.changed.mockRejectedValueOnce(new Error("again"));
    await expect(outbox.flush()).rejects.toThrow();
    outbox.fetch = server(201);
    expect(await outbox.flush("waiting")).toEqual(["uuid:1"]);
  });

  it("keeps the others when one is refused", async () => {
    const fetch = vi.fn(async (url) => new Response("", { status: url === "/bad" ? 409 : 201 }));
    const { outbox } = await outboxWith(fetch);
    await outbox.add(answer("uuid:1", { url: "/bad" }), "k");
    time += 1;
    await outbox.add(answer("uuid:2"), "k");
    expect(await outbox.flush()).toEqual(["uuid:2"]);
    expect((await outbox.all()).map((one) => one.id)).toEqual(["uuid:1"]);
  });
});

describe("large answers", () => {
  const file = (name, size) => ({ part: name, name, type: "image/png", bytes: new ArrayBuffer(size) });

  it("go in several posts with the same XML; all but the last say that more will come", async () => {
    const sent = posts({ xml: "<a/>", files: [file("1", 60), file("2", 50), file("3", 40)], limit: 100 });
    expect(sent.map((body) => [...body.keys()])).toEqual([
      ["xml_submission_file", "1", "*isIncomplete*"],
      ["xml_submission_file", "2", "3"],
    ]);
    for (const body of sent) expect(await body.get("xml_submission_file").text()).toBe("<a/>");
  });

  it("go in one post where nothing says how much fits", () => {
    expect(posts({ xml: "<a/>", files: [file("1", 60), file("2", 50)] })).toHaveLength(1);
  });
});

it("reads what a server says, whatever it calls its names", () => {
  expect(messageIn('<or:OpenRosaResponse xmlns:or="x"><or:message nature="e"> 3 &lt; 4 &amp;c </or:message></or:OpenRosaResponse>')).toBe("3 < 4 &c");
  expect(messageIn("<html>Bad gateway</html>")).toBe("");
});
