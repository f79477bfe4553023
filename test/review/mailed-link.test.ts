// A mailed link under a clock that is handed in: late, before its time, twice at once, and after an erasure (R7).
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Letter } from "../../src/keep/letter.ts";
import type { Keep } from "../../src/keep/keep.ts";
import { lasts, mailLinks, openLink, visitOf } from "../../src/review/mailed-link.ts";
import type { ReviewNeeds } from "../../src/review/needs.ts";
import { guestOf, personalToken } from "../../src/review/personal-link.ts";
import { cloneData, type TestData } from "../keep.ts";
import { addPeople, addTechnician, openTestKeep, secrets } from "../walls/people.ts";

let data: TestData;
let keep: Keep;
let now: Date;
let letters: Letter[];
let names = 0;

const needs = (): ReviewNeeds => ({
  ...keep,
  within: keep.databases.desk,
  clock: () => now,
  newId: randomUUID,
  findAll: (kind, address) => keep.vault.findAll(kind, address),
  linkKey: Buffer.alloc(32, 7),
  queueMail: async (_, letter) => {
    letters.push(letter);
    return { queued: true };
  },
});

beforeAll(async () => {
  data = await cloneData();
  keep = await openTestKeep(data);
});
afterAll(() => keep.close());
beforeEach(() => {
  now = new Date("2026-12-01T12:00:00Z");
  letters = [];
});

const later = (ms: number): void => void (now = new Date(now.getTime() + ms));

/** A link to somebody new, as it would be mailed. */
const link = async (): Promise<{ subject: string; token: string }> => {
  const subject = await addTechnician(keep, `Somebody ${(names += 1)}`);
  await mailLinks(needs(), secrets.email, (token) => ({ title: token, text: "" }));
  const token = letters.find((letter) => letter.subject === subject)?.title ?? "";
  return { subject, token };
};

test("a link opens the one it was mailed to until its time is over, and not a moment later", async () => {
  const { subject, token } = await link();
  later(lasts.link - 1);
  const visit = await openLink(needs(), token);
  expect(await visitOf(needs(), visit ?? "")).toMatchObject({ subject });
  later(lasts.visit - 1);
  expect(await visitOf(needs(), visit ?? "")).toMatchObject({ subject });
  later(1);
  expect(await visitOf(needs(), visit ?? "")).toBeNull();
  const { token: other } = await link();
  later(lasts.link);
  expect(await openLink(needs(), other)).toBeNull();
});

test("a clock that was set back opens nothing that is still to come", async () => {
  const { token } = await link();
  later(-1);
  expect(await openLink(needs(), token)).toBeNull();
  later(1);
  const visit = (await openLink(needs(), token)) ?? "";
  later(-60_000);
  expect(await visitOf(needs(), visit)).toBeNull();
});

test("used twice at once, it opens once", async () => {
  const { token } = await link();
  const opened = await Promise.all(Array.from({ length: 6 }, () => openLink(needs(), token)));
  expect(opened.filter((visit) => visit !== null)).toHaveLength(1);
});

test("asked for many times at once, so many are sent and no more", async () => {
  const { subject } = await link();
  await Promise.all(
    Array.from({ length: 8 }, () => mailLinks(needs(), secrets.email, (title) => ({ title, text: "" }))),
  );
  expect(letters.filter((letter) => letter.subject === subject)).toHaveLength(3);
});

test("neither link nor token is in the data", async () => {
  const { token } = await link();
  const visit = await openLink(needs(), token);
  const { rows } = await data.asOwner((client) => client.query("select l::text as text from review_link l"));
  for (const secret of [token, visit ?? ""])
    for (const form of [secret, Buffer.from(secret).toString("hex")])
      expect(JSON.stringify(rows)).not.toContain(form);
});

test("an address that was let go of leads to nobody", async () => {
  const { subject } = await link();
  await keep.vault.drop("email", secrets.email, subject);
  letters = [];
  await mailLinks(needs(), secrets.email, (title) => ({ title, text: "" }));
  expect(letters.some((letter) => letter.subject === subject)).toBe(false);
});

test("a guest's own link is good as long as the seat is there, and is nobody else's", async () => {
  const { guest, technician, session } = await addPeople(keep, "Host of Links");
  const seats = await data.asOwner((client) =>
    client.query<{ id: string; subject: string }>("select id, subject from participant where session = $1", [
      session,
    ]),
  );
  const seatOf = (subject: string) => seats.rows.find((row) => row.subject === subject)?.id ?? "";
  const { linkKey } = needs();
  const token = personalToken(linkKey, seatOf(guest));
  expect(await guestOf(needs(), token)).toBe(guest);
  expect(await guestOf(needs(), personalToken(linkKey, seatOf(technician)))).toBeNull();
  expect(await guestOf(needs(), personalToken(Buffer.alloc(32, 8), seatOf(guest)))).toBeNull();
  expect(await guestOf(needs(), personalToken(linkKey, randomUUID()))).toBeNull();
  expect(await guestOf(needs(), `v${token.slice(1)}`)).toBeNull();
  await data.asOwner((client) => client.query("delete from participant where subject = $1", [guest]));
  expect(await guestOf(needs(), token)).toBeNull();
});
