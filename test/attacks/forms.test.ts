// Hostile input to pages: a clear refusal, nothing lost, nothing told that should not be.
import { afterAll, beforeAll, expect, test } from "vitest";
import { startForTest, type TestUpheld } from "../upheld.ts";
import { guest, openRoom, password, technician, visitor } from "./visitor.ts";

let upheld: TestUpheld;

beforeAll(async () => {
  upheld = await startForTest();
});
afterAll(() => upheld.stop());

const errorsIn = (text: string): string[] =>
  [...text.matchAll(/<p class="error"[^>]*>(.*?)<\/p>/gs)].map(
    ([, words]) => words?.replace(/<[^>]+>/g, "") ?? "",
  );

test.each([
  ["control characters", "Eve\u0000\u0007", /letters, digits|control/],
  ["a name that turns the direction", "Eve\u202egnp.exe", /letters, digits|control/],
  ["10,000 letters", "x".repeat(10_000), /at most/],
  ["SQL", "'; drop table subject; --", /letters, digits/],
  ["HTML", "<script>alert(1)</script>", /letters, digits/],
  ["nothing", "   ", /fill this in/],
])("a user name of %s is refused with the field and the remedy", async (_, userName, remedy) => {
  const { status, text } = await visitor(upheld.url).post("/register", {
    "user-name": userName,
    password,
    company: "Kept & Co",
    agree: "yes",
  });
  expect(status).toBe(422);
  expect(errorsIn(text).join(" ")).toMatch(remedy);
  expect(text).toContain("Kept &amp; Co");
  expect(text).not.toContain("<script>alert");
});

test.each([
  ["SQL", "Robert'); drop table message;--"],
  ["HTML", "<img src=x onerror=alert(1)>"],
  ["right-to-left", "דוד בן גוריון"],
])("a guest's name of %s is shown as it was written, as text", async (_, name) => {
  const person = await technician(upheld.url, `Host ${_}`);
  const room = await openRoom(person);
  const joined = await guest(upheld.url, room, name);
  const { text } = await joined.get(`/room/${room.id}`);
  expect(text).not.toContain("<img src=x");
  expect(text).toContain(name.replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("'", "&#39;"));
});

test("a guest's name with control characters or of 10,000 letters is refused, and nobody has joined", async () => {
  const room = await openRoom(await technician(upheld.url, "Host Strict"));
  for (const name of ["Eve\u202e", "x".repeat(10_000)]) {
    const { status } = await visitor(upheld.url).post(room.link, { "display-name": name });
    expect(status).toBe(422);
  }
  const { rows } = await upheld.asOwner((client) =>
    client.query("select 1 from participant where session = $1", [room.id]),
  );
  expect(rows.length).toBe(1);
});

test("a user name is taken in whatever case it is written", async () => {
  await technician(upheld.url, "Unique Una");
  const { status, text } = await visitor(upheld.url).post("/register", {
    "user-name": "unique  UNA",
    password,
    agree: "yes",
  });
  expect(status).toBe(422);
  expect(text).toContain("taken");
});

test("two who take the same name at once: one has it, the other is told", async () => {
  const form = { "user-name": "Racing Rob", password, agree: "yes" };
  const both = await Promise.all([1, 2].map(() => visitor(upheld.url).post("/register", form)));
  expect(both.map(({ status }) => status).sort()).toEqual([303, 422]);
});

test("a known bad password is refused", async () => {
  for (const bad of ["password123", "1234567890", "aaaaaaaaaaaa", "Bad Barbara1"]) {
    const { status, text } = await visitor(upheld.url).post("/register", {
      "user-name": "Bad Barbara",
      password: bad,
      agree: "yes",
    });
    expect([bad, status]).toEqual([bad, 422]);
    expect(errorsIn(text).join(" ")).toMatch(/first that anybody would try/);
  }
});

test("a wrong password and an unknown name get the same answer, but for the name that was typed", async () => {
  await technician(upheld.url, "Known Karl");
  const answer = async (userName: string) => {
    const { status, text } = await visitor(upheld.url).post("/sign-in", {
      "user-name": userName,
      password: "wrong wrong",
    });
    return { status, text: text.replaceAll(userName, "NAME") };
  };
  expect(await answer("Known Karl")).toEqual(await answer("Nobody Ever"));
});

test("guessing a password is throttled, for the right one too", async () => {
  const target = await startForTest();
  await technician(target.url, "Target Tom");
  const guess = (word: string) =>
    visitor(target.url).post("/sign-in", { "user-name": "target tom", password: word });
  for (let i = 0; i < 10; i += 1) expect((await guess(`wrong guess ${i}`)).status).toBe(401);
  expect((await guess("wrong again")).status).toBe(429);
  expect((await guess(password)).status).toBe(429);
  await target.stop();
});

test("guessing a code is throttled, and says nothing of which codes exist", async () => {
  const target = await startForTest();
  const room = await openRoom(await technician(target.url, "Coded Cora"));
  const guess = (code: string) => visitor(target.url).get(`/join?code=${code}`);
  for (let i = 0; i < 10; i += 1) expect((await guess(`RIVER-000-00${i}`)).status).toBe(404);
  expect((await guess("RIVER-000-100")).status).toBe(429);
  expect((await guess(room.code)).status).toBe(429);
  await target.stop();
});

test("a forged or foreign invitation leads nowhere, an expired one says that it has expired", async () => {
  const room = await openRoom(await technician(upheld.url, "Inviting Ina"));
  const forged = `${room.link.slice(0, -4)}AAAA`;
  for (const link of [forged, "/join/x", `/join/${"A".repeat(43)}`])
    expect((await visitor(upheld.url).get(link)).status).toBe(404);
  await upheld.moveClock(2);
  await expect.poll(async () => (await visitor(upheld.url).get(room.link)).status).toBe(410);
  expect((await visitor(upheld.url).post(room.link, {})).status).toBe(410);
  await upheld.moveClock(0);
  await expect.poll(async () => (await visitor(upheld.url).get(room.link)).status).not.toBe(500);
});

test("a form sent from another site, or from a page without origin, is refused, and logged like any request", async () => {
  const person = await technician(upheld.url, "Crossed Chris");
  for (const origin of ["https://evil.example", "null", "http://localhost.evil.example"])
    expect((await person.post("/sessions", {}, { origin })).status).toBe(403);
  const logged = () =>
    upheld.asOwner(async (client) => {
      const { rows } = await client.query("select 1 from request where method = 'POST' and status = 403");
      return rows.length;
    });
  await expect.poll(logged).toBe(3);
});

test("a form larger than any page sends is refused", async () => {
  const { status, text } = await visitor(upheld.url).post("/register", { "user-name": "x".repeat(200_000) });
  expect(status).toBe(413);
  expect(text).toContain("Shorten it");
});

test("the first administrator's link works once, and for one", async () => {
  const first = await startForTest();
  const path = new URL(first.firstLink ?? "").pathname;
  expect((await visitor(first.url).get("/first/guessed")).status).toBe(410);
  const form = { "user-name": "Root Rita", password, agree: "yes" };
  const silent = await visitor(first.url).post(path, { "user-name": "Root Rita", password });
  expect([silent.status, errorsIn(silent.text).join()]).toEqual([
    422,
    expect.stringContaining("Tick the box"),
  ]);
  const both = await Promise.all([1, 2].map(() => visitor(first.url).post(path, form)));
  expect(both.map(({ status }) => status).sort()).toEqual([303, 410]);
  const restarted = await first.restart();
  expect(restarted.firstLink).toBeNull();
  await restarted.stop();
});

test("the desk is the administrator's alone", async () => {
  const person = await technician(upheld.url, "Curious Cleo");
  expect((await person.get("/desk")).status).toBe(403);
  expect((await visitor(upheld.url).get("/desk")).status).toBe(401);
});

test("next leads back to pages of ours only", async () => {
  await technician(upheld.url, "Next Ned");
  for (const [next, location] of [
    ["/account", "/account"],
    ["https://evil.example", "/console"],
    ["//evil.example", "/console"],
    ["/\\evil.example", "/console"],
  ] as const) {
    const answer = await visitor(upheld.url).post("/sign-in", { "user-name": "next ned", password, next });
    expect(answer.location).toBe(location);
  }
});
