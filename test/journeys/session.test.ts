// The product, end to end: a technician and a customer in two browsers (T1, T2, C10).
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, openPerson } from "../browser.ts";
import { startForTest, type TestUpheld } from "../upheld.ts";
import { heard, joinRoom, openRoom, register, say } from "./steps.ts";

let upheld: TestUpheld;
let browser: Browser;

beforeAll(async () => {
  [upheld, browser] = await Promise.all([startForTest(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await upheld.stop();
});

const technician = async (name: string) => {
  const person = await openPerson(browser, upheld.url);
  await register(person.page, name);
  return person;
};

/** Rows of everything personal that a session could leave. */
const rowsOf = (session: string) =>
  upheld.asOwner(async (client) => {
    const { rows } = await client.query<{ participants: number; messages: number; subjects: number }>(
      `select (select count(*) from participant where session = $1) as participants,
              (select count(*) from message where session = $1) as messages,
              (select count(*) from subject where kind = 'guest') as subjects`,
      [session],
    );
    return rows[0];
  });

test("T1: a customer joins by link with no account, after the notice and before anything is recorded", async () => {
  const { page } = await technician("Tess");
  const room = await openRoom(page);
  const before = await rowsOf(room.id);

  const guest = await openPerson(browser, upheld.url);
  await guest.page.goto(room.link);
  const notice = (await guest.page.locator("main").textContent()) ?? "";
  expect(notice).toContain("A session with Tess");
  expect(notice).toMatch(/what is written in a session/i);
  expect(notice).toMatch(/internet address/i);
  expect(notice).toMatch(/180 days after the session ends/i);
  expect(await guest.context.cookies()).toEqual([]);
  expect(await rowsOf(room.id)).toEqual(before);

  await guest.page.fill("#display-name", "Ana");
  await guest.page.click("button:has-text('Join')");
  await guest.page.waitForURL("**/room/*");
  await page.getByText("Ana").first().waitFor();
  expect(await rowsOf(room.id)).toEqual({ participants: 2, messages: 0, subjects: 1 });
});

test("T1: a customer joins by the spoken code, however it is typed", async () => {
  const { page } = await technician("Cody");
  const { code } = await openRoom(page);
  const guest = await openPerson(browser, upheld.url);
  await guest.page.goto("/");
  await guest.page.fill("#code", code.toLowerCase().replaceAll("-", " "));
  await guest.page.click("button:has-text('Join with this code')");
  await guest.page.getByText("A session with Cody").waitFor();
});

test("T2: what both write arrives once and in order, through reload, a lost line and a restarted server", async () => {
  const { page } = await technician("Rita");
  const room = await openRoom(page);
  const guest = await openPerson(browser, upheld.url);
  await joinRoom(guest.page, room.link, "Ben");
  const wait = async (texts: readonly string[]) => {
    for (const side of [page, guest.page])
      await expect.poll(() => heard(side), { timeout: 20_000 }).toEqual(texts);
  };

  await say(page, "Good morning");
  await wait(["Good morning"]);
  await say(guest.page, "My printer is on fire");
  await wait(["Good morning", "My printer is on fire"]);

  await guest.page.reload();
  await wait(["Good morning", "My printer is on fire"]);

  await guest.context.setOffline(true);
  await say(guest.page, "written while offline");
  await say(page, "still there?");
  await expect.poll(() => heard(page)).toContain("still there?");
  await guest.context.setOffline(false);
  await wait(["Good morning", "My printer is on fire", "still there?", "written while offline"]);

  upheld = await upheld.restart();
  await say(page, "after the restart");
  await wait([
    "Good morning",
    "My printer is on fire",
    "still there?",
    "written while offline",
    "after the restart",
  ]);
});

test("T2: long texts, any script and links arrive as written, and links are marked as leading out", async () => {
  const { page } = await technician("Lin");
  const room = await openRoom(page);
  const guest = await openPerson(browser, upheld.url);
  await joinRoom(guest.page, room.link);
  const texts = ["שלום עולם", "日本語のメッセージ 🎉", "<script>alert(1)</script>", "x".repeat(7900)];
  for (const text of texts) {
    await say(guest.page, text);
    await expect.poll(async () => (await heard(page)).at(-1)).toBe(text);
  }
  await say(guest.page, "see https://example.org/help today");
  const link = page.locator("#messages a.out");
  await link.waitFor();
  expect(await link.getAttribute("href")).toBe("https://example.org/help");
  expect(await link.getAttribute("rel")).toContain("noreferrer");
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
});

test("C10: an ended session leaves its record, and nothing beyond it", async () => {
  const { page } = await technician("Otto");
  const room = await openRoom(page);
  const guest = await openPerson(browser, upheld.url);
  await joinRoom(guest.page, room.link, "Zoe");
  await say(guest.page, "hello there");
  await expect.poll(() => heard(page)).toEqual(["hello there"]);
  await page.evaluate(() => document.querySelector<HTMLFormElement>("form[action$='/end']")?.submit());
  await page.waitForURL(`**/sessions/${room.id}`);

  const record = (await page.locator("main").textContent()) ?? "";
  for (const part of ["Otto", "Zoe", "hello there", "127.0.0.1", "chat"]) expect(record).toContain(part);
  expect(record).toMatch(/180 days after the session ends/);
  await guest.page.getByText("ended").first().waitFor();

  const { rows } = await upheld.asOwner((client) =>
    client.query<{ kind: string }>("select kind from event where session = $1 order by at, kind", [room.id]),
  );
  expect(rows.map(({ kind }) => kind).sort()).toEqual(["chat", "ended", "joined", "opened"]);
  const { rows: looks } = await upheld.asOwner((client) =>
    client.query<{ entry: string }>('select entry from ledger where entry like \'%"kind":"looked"%\''),
  );
  expect(looks.length).toBeGreaterThan(0);

  const again = await openPerson(browser, upheld.url);
  const late = await again.page.goto(room.link);
  expect(late?.status()).toBe(410);
});

test("C10: a session that everybody left ends by itself", async () => {
  const { page } = await technician("Ines");
  const room = await openRoom(page);
  const guest = await openPerson(browser, upheld.url);
  await joinRoom(guest.page, room.link);
  await guest.page.evaluate(() =>
    document.querySelector<HTMLFormElement>("form[action$='/leave']")?.submit(),
  );
  await guest.page.getByText("You have left the session").waitFor();
  await page.evaluate(() => document.querySelector<HTMLFormElement>("form[action$='/leave']")?.submit());
  await page.waitForURL("**/console");
  const { rows } = await upheld.asOwner((client) =>
    client.query<{ ended_why: string }>("select ended_why from session where id = $1", [room.id]),
  );
  expect(rows).toEqual([{ ended_why: "empty" }]);
});
