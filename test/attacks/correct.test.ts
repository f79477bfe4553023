// Corrections that no page would send: somebody else's data, stale and forged links, far too much, control characters, two at once (R2).
import { afterAll, beforeAll, expect, test } from "vitest";
import { startForTest, type TestUpheld } from "../upheld.ts";
import { guest, openRoom, technician, type Visitor } from "./visitor.ts";

let upheld: TestUpheld;
let host: Visitor;
let annas: string;
let berts: string;
let bertsSeat: string;

const here = "/account/data/correct/profile/details";

const linkOf = async (person: Visitor, room: string): Promise<string> =>
  /value="[^"]*(\/mine\/g[\w-]{43})"/.exec((await person.get(`/room/${room}`)).text)?.[1] ?? "";

const seatOn = async (person: Visitor, link: string): Promise<string> =>
  /correct\/participant\/shown_as\/([\w-]{36})/.exec((await person.get(link)).text)?.[1] ?? "";

const seenOn = async (person: Visitor, path: string): Promise<string> =>
  /name="seen" value="([^"]*)"/.exec((await person.get(path)).text)?.[1] ?? "";

beforeAll(async () => {
  upheld = await startForTest();
  host = await technician(upheld.url, "Host Hugo");
  const room = await openRoom(host);
  const [anna, bert] = [await guest(upheld.url, room, "Anna"), await guest(upheld.url, room, "Bert")];
  [annas, berts] = [await linkOf(anna, room.id), await linkOf(bert, room.id)];
  bertsSeat = await seatOn(bert, berts);
});
afterAll(() => upheld.stop());

test("nobody corrects another's seat, be it by link or by account", async () => {
  expect(bertsSeat).toMatch(/^[\w-]{36}$/);
  const path = `/correct/participant/shown_as/${bertsSeat}`;
  const seen = await seenOn(host, `${berts}${path}`);
  for (const base of [annas, "/account/data"]) {
    expect((await host.get(`${base}${path}`)).status).toBe(404);
    const { status } = await host.post(`${base}${path}`, { "display-name": "Mallory", seen });
    expect([base, status]).toEqual([base, 404]);
  }
  expect((await host.get(berts)).text).not.toContain("Mallory");
});

test("a forged link, and one whose person has been erased, correct nothing", async () => {
  const forged = `${berts.slice(0, -1)}${berts.endsWith("A") ? "B" : "A"}`;
  const path = `/correct/participant/shown_as/${bertsSeat}`;
  expect((await host.post(`${forged}${path}`, { "display-name": "Mallory" })).status).toBe(410);
  const room = await openRoom(host);
  const clara = await guest(upheld.url, room, "Clara");
  const link = await linkOf(clara, room.id);
  const at = `${link}/correct/participant/shown_as/${await seatOn(clara, link)}`;
  const seen = await seenOn(clara, at);
  await clara.post(`${link}/erasure`, { act: "ask" });
  const late = await clara.post(at, { "display-name": "Mallory", seen });
  expect([late.status, late.text.includes("Mallory")]).toEqual([403, false]);
  await upheld.moveClock(30);
  await expect.poll(async () => (await clara.get(link)).status, { timeout: 20_000 }).toBe(410);
  expect((await clara.post(at, { "display-name": "Mallory", seen })).status).toBe(410);
  await upheld.moveClock(0);
});

test("from another site nothing is corrected", async () => {
  const { status } = await host.post(here, { name: "Mallory" }, { origin: "https://evil.example" });
  expect(status).toBe(403);
});

test.each([
  ["ten thousand characters", "x".repeat(10_000), "use at most 200 characters"],
  ["a line break", "two\nlines", "invisible control characters"],
  ["a turned direction", "gpj.\u202eexe", "invisible control characters"],
])("%s in a name is refused, the field is named, and what was typed is kept", async (_, name, words) => {
  const seen = await seenOn(host, here);
  const { status, text } = await host.post(here, { name, company: "kept as typed", seen });
  expect(status).toBe(422);
  expect(text).toMatch(new RegExp(`Name: [^<]*${words}`));
  expect(text).toContain('value="kept as typed"');
  expect((await host.get("/account/data")).text).not.toContain("kept as typed");
});

test("more than a page takes is refused as a whole", async () => {
  expect((await host.post(here, { name: "x".repeat(70_000) })).status).toBe(413);
});

test("a field that the policy does not offer is not taken in, nor one that has a page of its own", async () => {
  const seen = await seenOn(host, here);
  const form = {
    name: "Hugo",
    email: "mallory@evil.example",
    "user-name": "Mallory",
    password: "x",
    "ip-address": "6.6.6.6",
  };
  expect((await host.post(here, { ...form, seen })).location).toBe("/account/data?corrected=0");
  const { text } = await host.get("/account/data");
  expect(text).toContain("Hugo");
  for (const part of ["mallory@evil.example", "Mallory", "6.6.6.6"]) expect(text).not.toContain(part);
});

test("of two corrections that were begun together the later is shown what stands, and may be sent again", async () => {
  const seen = await seenOn(host, here);
  expect((await host.post(here, { name: "First Hugo", seen })).status).toBe(303);
  const late = await host.post(here, { name: "Second Hugo", seen });
  expect(late.status).toBe(422);
  expect(late.text).toContain("It now says “First Hugo”");
  expect(late.text).toContain('value="Second Hugo"');
  const fresh = /name="seen" value="([^"]*)"/.exec(late.text)?.[1] ?? "";
  expect((await host.post(here, { name: "Second Hugo", seen: fresh })).status).toBe(303);
  expect((await host.get("/account/data")).text).toContain("Second Hugo");
});

test("logs, chat and secrets have no page on which they could be corrected", async () => {
  for (const place of [
    "request/network",
    "credential/secret",
    "message/body",
    "sign_in/device",
    "ledger/entry",
    "no%20such/x",
  ])
    expect([place, (await host.post(`/account/data/correct/${place}`, { x: "y" })).status]).toEqual([
      place,
      404,
    ]);
});

test("corrections without end are slowed down", async () => {
  const busy = await technician(upheld.url, "Busy Bruno");
  const statuses = [];
  for (let round = 0; round < 61; round++) statuses.push((await busy.post(here, { seen: "" })).status);
  expect(statuses.slice(0, 60)).toEqual(Array.from({ length: 60 }, () => 303));
  expect(statuses.at(-1)).toBe(429);
});
