import { describe, expect, it, vi } from "vitest";
import { newest, Unfinished } from "./unfinished.js";

const copy = (xml, more = {}) => ({ xml, language: "English (en)", where: "/data/a", file_count: 0, ...more });
const says = (status, answer) => vi.fn(async () => new Response(JSON.stringify(answer), { status }));
const cut = () => vi.fn(async () => Promise.reject(new TypeError("no connection")));

describe("which copy to go on with", () => {
  it.each([
    ["nothing anywhere", undefined, { at: "" }, ""],
    ["only here", { onto: "" }, { at: "" }, "here"],
    ["only here, without a connection", { onto: "1" }, null, "here"],
    ["only there", undefined, { at: "1" }, "there"],
    ["here, going on from what is there", { onto: "1", isCarried: false }, { at: "1" }, "here"],
    ["there, newer than what was carried from here", { onto: "1", isCarried: true }, { at: "2" }, "there"],
    ["both, each with something of its own", { onto: "1", isCarried: false }, { at: "2" }, "both"],
    ["both, begun here without a connection", { onto: "", isCarried: false }, { at: "2" }, "both"],
  ])("%s", (_name, here, there, expected) => {
    expect(newest(here, there)).toBe(expected);
  });
});

describe("the copy on the server", () => {
  it("says from which copy it goes on, and knows afterwards what is there", async () => {
    const fetch = says(200, { at: "2" });
    const unfinished = new Unfinished({ url: "/a/k/draft", fetch });
    unfinished.goOnFrom("1", copy("<a/>"));
    expect(unfinished.has(copy("<a/>", { where: "/data/b" }))).toBe(true); // where somebody stopped is no answer
    expect(unfinished.has(copy("<a/>", { file_count: 1 }))).toBe(false);
    expect(await unfinished.keep(copy("<b/>"))).toBe(false);
    const [, { body, credentials, method }] = fetch.mock.calls[0];
    expect([method, credentials, body.get("xml"), body.get("onto")]).toEqual(["POST", "omit", "<b/>", "1"]);
    expect([unfinished.onto, unfinished.has(copy("<b/>"))]).toEqual(["2", true]);
  });

  it("sends nothing more once another device was faster, until somebody chooses", async () => {
    const unfinished = new Unfinished({ url: "/a/k/draft", fetch: says(409, { said: "meanwhile", at: "3" }) });
    expect(await unfinished.keep(copy("<b/>"))).toBe(true);
    expect([unfinished.newerAt, unfinished.said, unfinished.isDue]).toEqual(["3", "", false]);
    unfinished.goOnFrom("3");
    expect([unfinished.onto, unfinished.isDue, unfinished.has(copy("<b/>"))]).toEqual(["3", true, false]);
  });

  it("keeps the words of a server that keeps none", async () => {
    const unfinished = new Unfinished({ url: "/a/k/draft", fetch: says(409, { said: "It counts once." }) });
    expect(await unfinished.keep(copy("<b/>"))).toBe(true);
    expect([unfinished.said, unfinished.isDue]).toEqual(["It counts once.", false]);
  });

  it.each([["no connection", cut()], ["a server in trouble", says(503, {})], ["a sign-in page of a café", vi.fn(async () => new Response("<html>"))]])(
    "waits longer each time with %s, and anew when the connection is back",
    async (_name, fetch) => {
      let time = 0;
      const unfinished = new Unfinished({ url: "/a/k/draft", fetch, now: () => time });
      expect(await unfinished.keep(copy("<b/>"))).toBe(false);
      expect(unfinished.isDue).toBe(false);
      time = 5_000;
      expect(unfinished.isDue).toBe(true);
      await unfinished.keep(copy("<b/>"));
      time = 14_999;
      expect(unfinished.isDue).toBe(false);
      unfinished.hurry();
      expect(unfinished.isDue).toBe(true);
    },
  );

  it("goes along with a page that is left, where browsers carry it", async () => {
    const fetch = says(200, { at: "2" });
    const unfinished = new Unfinished({ url: "/a/k/draft", fetch });
    await unfinished.keep(copy("<b/>"), { isLeaving: true });
    await unfinished.keep(copy("é".repeat(40_000)), { isLeaving: true });
    expect(fetch.mock.calls.map(([, { keepalive }]) => keepalive)).toEqual([true, false]);
  });

  it("is asked for, and is nothing where nobody answers", async () => {
    expect(await new Unfinished({ url: "/a/k/draft", fetch: says(200, { at: "1", xml: "<a/>" }) }).ask()).toEqual({ at: "1", xml: "<a/>" });
    expect(await new Unfinished({ url: "/a/k/draft", fetch: cut() }).ask()).toBeNull();
    expect(await new Unfinished({ url: "/a/k/draft", fetch: says(404, {}) }).ask()).toBeNull();
  });

  it("is forgotten; without a connection the next one takes its place", async () => {
    const unfinished = new Unfinished({ url: "/a/k/draft", fetch: says(200, { at: "" }) });
    unfinished.goOnFrom("1", copy("<a/>"));
    await unfinished.drop();
    expect([unfinished.onto, unfinished.has(copy("<a/>"))]).toEqual(["", false]);
    const offline = new Unfinished({ url: "/a/k/draft", fetch: cut() });
    offline.goOnFrom("1", copy("<a/>"));
    await offline.drop();
    expect([offline.onto, offline.has(copy("<a/>"))]).toEqual(["1", false]);
  });
});
