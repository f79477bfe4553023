// Attacks on sign-ins: guessing over a restart, keeping a person out, cookies that have ended or come from elsewhere (K3).
import { afterAll, beforeAll, expect, test } from "vitest";
import { startForTest, type TestUpheld } from "../upheld.ts";
import { password, technician, visitor, type Visitor } from "./visitor.ts";

let upheld: TestUpheld;

beforeAll(async () => {
  upheld = await startForTest();
});
afterAll(() => upheld.stop());

const signIn = (who: Visitor, userName: string, word = password) =>
  who.post("/sign-in", { "user-name": userName, password: word });

const cookiesOf = (who: Visitor): Record<string, string> =>
  Object.fromEntries(
    who
      .cookie()
      .split("; ")
      .map((pair) => pair.split("=") as [string, string]),
  );

test("a restart gives nobody new guesses", async () => {
  const target = await startForTest();
  await technician(target.url, "Lasting Lara");
  const guesser = visitor(target.url);
  for (let i = 0; i < 10; i += 1)
    expect((await signIn(guesser, "Lasting Lara", `guess ${i}`)).status).toBe(401);
  const restarted = await target.restart();
  expect((await signIn(visitor(restarted.url), "lasting lara")).status).toBe(429);
  await restarted.moveClock(11 / 1440);
  await expect.poll(async () => (await signIn(visitor(restarted.url), "lasting lara")).status).toBe(303);
  await restarted.stop();
});

test("whoever guesses at a name keeps its owner out of no browser that has signed in before, and other names' marks are none", async () => {
  const target = await startForTest();
  const owner = await technician(target.url, "Known Kim");
  const other = await technician(target.url, "Other Olli");
  await owner.post("/sign-out", {});
  const guesser = visitor(target.url);
  for (let i = 0; i < 10; i += 1) await signIn(guesser, "Known Kim", `guess ${i}`);
  expect((await signIn(guesser, "Known Kim")).status).toBe(429);
  expect((await signIn(visitor(target.url), "Known Kim")).status).toBe(429);
  expect((await signIn(other, "Known Kim")).status).toBe(429);
  expect((await signIn(owner, "Known Kim")).status).toBe(303);

  const device = cookiesOf(owner)["__Host-upheld-device"] ?? "";
  const forged = `${device.slice(0, -4)}AAAA`;
  const withMark = (mark: string) =>
    visitor(target.url).post(
      "/sign-in",
      { "user-name": "Known Kim", password },
      { cookie: `__Host-upheld-device=${mark}` },
    );
  for (const mark of [forged, "AAAA", "", device.slice(4)]) expect((await withMark(mark)).status).toBe(429);
  expect((await withMark(device)).status).toBe(303);
  // A stolen mark is good for as many guesses as anybody has, and for no more.
  for (let i = 0; i < 10; i += 1)
    await visitor(target.url).post(
      "/sign-in",
      { "user-name": "Known Kim", password: `guess ${i}` },
      { cookie: `__Host-upheld-device=${device}` },
    );
  expect((await withMark(device)).status).toBe(429);
  await target.stop();
});

test("what is counted can't be read from the database, and is forgotten when its time is over", async () => {
  const target = await startForTest();
  await signIn(visitor(target.url), "Counted Cora", "wrong wrong");
  const { rows } = await target.asOwner((client) =>
    client.query<{ key: Buffer; count: number }>("select key, count from tries"),
  );
  expect(rows.length).toBe(3);
  for (const { key } of rows) expect(key.length).toBe(32);
  await target.moveClock(1);
  const left = () =>
    target.asOwner(async (client) => (await client.query("select 1 from tries")).rows.length);
  await expect.poll(left, { timeout: 15_000 }).toBe(0);
  await target.stop();
});

test("two who guess at once are counted both", async () => {
  const target = await startForTest();
  await technician(target.url, "Twice Tina");
  const all = await Promise.all(
    Array.from({ length: 14 }, (_, i) => signIn(visitor(target.url), "Twice Tina", `guess ${i}`)),
  );
  expect(all.filter(({ status }) => status === 429).length).toBe(4);
  await target.stop();
});

test("signing out ends the sign-in for whoever copied its cookie, and has the browser clear what it kept", async () => {
  const person = await technician(upheld.url, "Leaving Leo");
  const copied = person.cookie();
  const answer = await fetch(`${upheld.url}/sign-out`, {
    method: "POST",
    headers: { cookie: copied, origin: upheld.url },
    redirect: "manual",
  });
  expect(answer.headers.get("clear-site-data")).toBe('"cache", "storage"');
  expect(answer.headers.getSetCookie().join()).toMatch(/__Host-upheld-sign-in=;.*Max-Age=0.*Secure/i);
  expect((await visitor(upheld.url).post("/sessions", {}, { cookie: copied })).status).toBe(401);
});

test("a sign-in planted in the database by its plain hash opens nothing", async () => {
  const person = await technician(upheld.url, "Planting Pia");
  await upheld.asOwner((client) =>
    client.query("update sign_in set token_hash = sha256('planted'::bytea) where ended_at is null"),
  );
  const planted = { cookie: "__Host-upheld-sign-in=planted" };
  expect((await visitor(upheld.url).post("/sessions", {}, planted)).status).toBe(401);
  expect((await person.get("/account")).status).toBe(401);
});

test("a cookie of the right value under a name that other hosts can set is not taken", async () => {
  const person = await technician(upheld.url, "Hosted Hugo");
  const token = cookiesOf(person)["__Host-upheld-sign-in"] ?? "";
  expect(token.length).toBeGreaterThan(32);
  for (const name of ["upheld-sign-in", "__Secure-upheld-sign-in", "__host-upheld-sign-in"])
    expect((await visitor(upheld.url).post("/sessions", {}, { cookie: `${name}=${token}` })).status).toBe(
      401,
    );
});
