// Walks every route of the application: none that is of an account answers before the person has proved who they are (O6).
import { afterAll, beforeAll, expect, test } from "vitest";
import { readPolicy } from "../../src/policy-file.ts";
import { statement } from "../../src/policy/core.ts";
import { createApp } from "../../src/web/app.tsx";
import { startForTest, type TestUpheld } from "../upheld.ts";
import { guest, lineInto, openRoom, password, technician, visitor, type Visitor } from "./visitor.ts";

/** What anybody may ask for. Whoever adds a route here says that it shows nothing of an account. */
const open = [
  "GET /style.css",
  "GET /icon.svg",
  "GET /assets/*",
  "GET /",
  "GET /privacy",
  "GET /cookies",
  "GET /privacy.json",
  "GET /privacy.jsonld",
  "GET /privacy/v/:version",
  "GET /privacy/see/:clause",
  "GET /terms",
  "GET /terms/v/:version",
  "GET /guidelines/:id",
  "GET /guidelines/:id/v/:version",
  "GET /register",
  "POST /register",
  "GET /register/age",
  "POST /register/age",
  "POST /register/passkey",
  "GET /first/:token",
  "POST /first/:token",
  "GET /first/:token/age",
  "POST /first/:token/age",
  "GET /sign-in",
  "POST /sign-in",
  "POST /sign-in/code",
  "POST /sign-in/passkey",
  "POST /sign-in/passkey/options",
  "POST /sign-out",
  "GET /new-password",
  "POST /new-password",
  "GET /new-password/:ticket",
  "POST /new-password/:ticket",
  "GET /prove",
  "POST /prove",
  "POST /prove/passkey",
  "GET /join",
  "GET /join/:token",
  "POST /join/:token",
  "GET /join/:token/age",
  "POST /join/:token/age",
  "POST /room/:id/leave",
  "POST /room/:id/end",
  "GET /erasure/:token",
  "GET /erasure/:token/receipt",
  "GET /preferences",
  "POST /preferences",
  "GET /child-report",
  "POST /child-report",
  "GET /schemas/:name",
  "GET /data-request",
  "POST /data-request",
  "GET /data-request/asked",
  "GET /data-request/:token",
  "POST /data-request/:token",
];

/** Opened by a link of one's own in place of an account. */
const byLink = (path: string): boolean => path.startsWith("/mine/:token");

/** Of a guest or of an account: tried by a test of its own. */
const seated = ["GET /room/:id"];

/** Only ever forward, so that what was done a moment ago is old now, whichever clock it was done by. */
let passed = 0;
const pass = async (minutes: number): Promise<void> => {
  passed += minutes;
  await upheld.moveClock(passed / 1440);
};

let upheld: TestUpheld;
let routes: { method: string; path: string }[];
let person: Visitor;

beforeAll(async () => {
  upheld = await startForTest();
  const { policy } = await readPolicy("policies/selmo.yaml");
  const needs = { policy, statement: statement(policy), documents: [] };
  routes = createApp(needs as never).routes.filter(({ method }) => method !== "ALL");
  person = await technician(upheld.url, "Still Stella");
});
afterAll(() => upheld.stop());

const asked = () =>
  routes.filter(({ method, path }) => !byLink(path) && ![...open, ...seated].includes(`${method} ${path}`));

const ask = (who: Visitor, { method, path }: { method: string; path: string }) => {
  const at = path.replace(/:\w+/g, "00000000-0000-4000-8000-000000000000");
  return method === "GET" ? who.get(at) : who.post(at, { note: "kept as typed" });
};

test("there are routes to walk, and each that is named open exists", () => {
  expect(asked().length).toBeGreaterThan(3);
  const known = routes.map(({ method, path }) => `${method} ${path}`);
  for (const route of [...open, ...seated]) expect(known).toContain(route);
});

test("no route of an account answers somebody who is not signed in", async () => {
  const stranger = visitor(upheld.url);
  for (const route of asked()) {
    const { status } = await ask(stranger, route);
    expect([route.method, route.path, status]).toEqual([route.method, route.path, 401]);
  }
});

test("no route that a link opens answers a link that nobody gave out, be it with an account", async () => {
  const linked = routes.filter(({ path }) => byLink(path));
  expect(linked.length).toBeGreaterThan(4);
  for (const who of [visitor(upheld.url), person])
    for (const route of linked) {
      const { status } = await ask(who, route);
      expect([route.method, route.path, status]).toEqual([route.method, route.path, 410]);
    }
});

test("no route of an account answers a sign-in whose proof is too old, whatever the method; forms are kept", async () => {
  await pass(31);
  await expect.poll(async () => (await person.get("/account")).status).toBe(303);
  for (const route of asked()) {
    const { status, location, text } = await ask(person, route);
    const answer = [route.method, route.path, status, location?.split("?")[0] ?? null];
    if (route.method === "GET") expect(answer).toEqual([route.method, route.path, 303, "/prove"]);
    else {
      expect(answer).toEqual([route.method, route.path, 401, null]);
      expect(text).toContain('name="note" value="kept as typed"');
    }
  }
});

test("a room asks whoever sits there by account, page and line, and never a guest", async () => {
  const host = await technician(upheld.url, "Hosting Hanna");
  const room = await openRoom(host);
  const joined = await guest(upheld.url, room, "Gus");
  // As long as somebody is there the session goes on, however late it is.
  const present = await lineInto(upheld.url, room.id, joined.cookie());
  await present.until(({ t }) => t === "welcome");
  await pass(31);
  await expect.poll(async () => (await host.get(`/room/${room.id}`)).location).toMatch(/^\/prove\?next=/);
  const refused = await lineInto(upheld.url, room.id, host.cookie());
  expect(await refused.closed).toBe(4401);
  expect(refused.frames).toEqual([]);

  expect((await joined.get(`/room/${room.id}`)).status).toBe(200);
  const heard = await lineInto(upheld.url, room.id, joined.cookie());
  await heard.until(({ t }) => t === "welcome");

  expect((await host.post("/prove", { next: "/console", "prove-password": password })).status).toBe(303);
  const again = await lineInto(upheld.url, room.id, host.cookie());
  await again.until(({ t }) => t === "welcome");
  present.close();
});

test("a form that came too late is carried out with the proof, once, and not without it", async () => {
  const late = await technician(upheld.url, "Late Lotte");
  const sessions = () =>
    upheld.asOwner(async (client) => (await client.query("select 1 from session")).rows.length);
  const before = await sessions();
  await pass(31);
  await expect.poll(async () => (await late.get("/console")).status).toBe(303);
  expect((await late.post("/sessions", {})).status).toBe(401);
  const wrong = await late.post("/sessions", { "prove-password": "wrong wrong wrong" });
  expect([wrong.status, await sessions()]).toEqual([401, before]);
  expect(wrong.text).toContain("The password is not right");
  expect(wrong.text).not.toContain("wrong wrong wrong");
  const right = await late.post("/sessions", { "prove-password": password });
  expect([right.status, right.location]).toEqual([303, expect.stringMatching(/^\/room\//)]);
  expect(await sessions()).toBe(before + 1);
});

test("guessing the proof is throttled for that sign-in alone", async () => {
  const stolen = await technician(upheld.url, "Robbed Rosa");
  const owner = visitor(upheld.url);
  await owner.post("/sign-in", { "user-name": "robbed rosa", password });
  const guess = () => stolen.post("/prove", { next: "/account", "prove-password": "guess guess" });
  for (let i = 0; i < 10; i += 1) expect((await guess()).status).toBe(401);
  expect((await guess()).status).toBe(429);
  expect((await owner.post("/prove", { next: "/account", "prove-password": password })).status).toBe(303);
});

test("the proof leads to pages of ours only", async () => {
  const one = await technician(upheld.url, "Leading Lea");
  for (const next of ["https://evil.example", "//evil.example", "/\\evil.example", ""])
    expect((await one.post("/prove", { next, "prove-password": password })).location).toBe("/account");
});

test("a clock that was set back makes no proof good for longer", async () => {
  // Whoever has just proved it is asked again once the clock has moved.
  await person.post("/prove", { "prove-password": password });
  expect((await person.get("/account")).status).toBe(200);
  await upheld.moveClock(passed / 1440 + 1);
  const ahead = visitor(upheld.url);
  await expect.poll(async () => (await person.get("/account")).status).toBe(303);
  await ahead.post("/sign-in", { "user-name": "still stella", password });
  expect((await ahead.get("/account")).status).toBe(200);
  await upheld.moveClock(passed / 1440);
  // It was made at a time that has not come yet, and so is none.
  await expect.poll(async () => (await ahead.get("/account")).status).toBe(401);
});
