// Children are kept out by a question that gives nothing away, and of whoever is too young nothing is stored (C11).
import { cp, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { visitor } from "../attacks/visitor.ts";
import { openBrowser, openPerson } from "../browser.ts";
import { startForTest, type TestUpheld } from "../upheld.ts";
import { openRoom, password, press } from "./steps.ts";

let upheld: TestUpheld;
let browser: Browser;

/** SmartErgo's policy, with the question before joining a session too. */
const askingToJoin = async (): Promise<string> => {
  const folder = await mkdtemp(path.join(tmpdir(), "upheld-ages-"));
  const file = path.join(folder, "smartergo.yaml");
  await cp("policies/words/smartergo.de.yaml", path.join(folder, "words/smartergo.de.yaml"));
  const text = (await readFile("policies/smartergo.yaml", "utf8"))
    .replace("ask: [technician-registration, contact-page]", "ask: [technician-registration, session-join]")
    .replace(/(- at: session-join[\s\S]*?for: \[)/, "$1check-age, ")
    .replace(/(- at: session-join[\s\S]*?passive: \[)/, "$1age-answer, ");
  await writeFile(file, text);
  return file;
};

beforeAll(async () => {
  const UPHELD_POLICY = await askingToJoin();
  [upheld, browser] = await Promise.all([startForTest({ UPHELD_POLICY }), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await upheld.stop();
});

const textOf = (page: Page): Promise<string> => page.locator("main").innerText();

const answer = async (page: Page, years: number): Promise<void> => {
  await page.fill("#day", "15");
  await page.fill("#month", "6");
  await page.fill("#year", String(upheld.clock().getUTCFullYear() - years));
  await press(page, "main button.primary");
};

const fillIn = async (page: Page, userName: string): Promise<void> => {
  await page.fill("#user-name", userName);
  await page.fill("#password", password);
  await page.check("#agree");
  await press(page, "main button.primary");
  await page.waitForURL("**/console");
};

const ages = () =>
  upheld.asOwner(
    async (client) =>
      (
        await client.query<{ age: string; count: number }>(
          "select kind, age, count(*)::int from subject where kind in ('technician', 'guest') group by 1, 2 order by 1, 2",
        )
      ).rows,
  );

/** Rows of every table in data and vault, but for the lines of the log up to a page that is asked for last. */
const everything = async (): Promise<Record<string, number>> => {
  const count = async (of: TestUpheld["asOwner"]): Promise<[string, number][]> =>
    of(async (client) => {
      const { rows } = await client.query<{ name: string }>(
        "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')",
      );
      const counts: [string, number][] = [];
      for (const { name } of rows) {
        const { rows: found } = await client.query<{ n: number }>(`select count(*)::int as n from ${name}`);
        counts.push([name, found[0]?.n ?? 0]);
      }
      return counts;
    });
  return Object.fromEntries([...(await count(upheld.asOwner)), ...(await count(upheld.asVault))]);
};

const logged = () =>
  upheld.asOwner(async (client) =>
    (await client.query<{ route: string }>("select route from request order by at")).rows.map(
      ({ route }) => route,
    ),
  );

test("C11: without script, whoever is old enough answers a neutral question, and no date is kept", async () => {
  const { page } = await openPerson(browser, upheld.url, { javaScriptEnabled: false, width: 390 });
  await page.goto("/register");
  const asked = await textOf(page);
  expect(asked).toContain("When were you born?");
  expect(asked).not.toMatch(/\b13\b|child|old enough|young/i);
  expect(await page.locator("#user-name").count()).toBe(0);
  await page.fill("#day", "31");
  await page.fill("#month", "2");
  await page.fill("#year", "1985");
  await press(page, "main button.primary");
  expect(await textOf(page)).toContain("write day, month and year in numbers");
  expect(await page.inputValue("#year")).toBe("1985");
  await answer(page, 40);
  await fillIn(page, "Grown Greta");
  expect(await ages()).toEqual([{ kind: "technician", age: "over", count: 1 }]);
  await page.goto("/account/data");
  expect(await textOf(page)).not.toContain(String(upheld.clock().getUTCFullYear() - 40));
});

test("C11: of whoever is too young nothing is stored, and going back to answer otherwise is not accepted", async () => {
  const { page, context } = await openPerson(browser, upheld.url);
  await page.goto("/register");
  const child = visitor(upheld.url);
  const year = String(upheld.clock().getUTCFullYear() - 12);
  await page.goto("/terms");
  await expect.poll(async () => (await logged()).at(-1)).toBe("/terms");
  const before = await everything();
  const refused = await child.post("/register/age", { day: "1", month: "12", year });
  expect(refused.status).toBe(403);
  expect(refused.text).not.toContain(year);
  expect((await child.post("/register/age", { day: "1", month: "1", year: "1980" })).status).toBe(403);
  expect((await child.post("/register", { "user-name": "Sneaky", password, agree: "yes" })).status).toBe(403);
  await child.get("/cookies");
  await expect.poll(async () => (await logged()).at(-1)).toBe("/cookies");
  const after = await everything();
  const lines = Object.keys(before).find((name) => name.endsWith(".request")) ?? "";
  // The page of cookies alone.
  expect(after).toEqual({ ...before, [lines]: (before[lines] ?? 0) + 1 });
  expect((await logged()).join(" ")).not.toContain("age");

  await page.goto("/register");
  await answer(page, 12);
  expect(await textOf(page)).toContain("We can't take your details");
  await page.goBack();
  expect(await textOf(page)).toContain("We can't take your details");
  await page.goto("/register");
  expect(await textOf(page)).toContain("We can't take your details");
  const cookies = await context.cookies();
  expect(cookies.map(({ name, value, expires }) => [name, value, expires])).toEqual([
    ["__Host-upheld-age", "answered", -1],
  ]);
  await page.goto("/cookies");
  expect(await textOf(page)).toContain("__Host-upheld-age");
  await page.goto("/");
  expect(await textOf(page)).toContain("Someone is helping you");
});

test("C11: a form that is sent with no answer, an old one or a forged one is asked first, and keeps what was typed but for the password", async () => {
  const form = { "user-name": "Hasty Hans", company: "Haste & Sons", password, agree: "yes" };
  for (const ticket of [undefined, "", "forged", "A".repeat(80)]) {
    const { status, text } = await visitor(upheld.url).post(
      "/register",
      ticket === undefined ? form : { ...form, "age-answered": ticket },
    );
    expect([ticket, status]).toEqual([ticket, 200]);
    expect(text).toContain("we ask once more when you were born");
    expect(text).toContain('name="company" value="Haste &amp; Sons"');
    expect(text).not.toContain(password);
  }
  const { page } = await openPerson(browser, upheld.url, { javaScriptEnabled: false });
  await page.goto("/register?language=de");
  expect(await textOf(page)).toContain("Wann sind Sie geboren?");
  await page.fill("#day", "1");
  await page.fill("#month", "2");
  await page.fill("#year", "1999");
  await press(page, "main button.primary");
  expect(await page.locator("#user-name").count()).toBe(1);
  expect(await page.locator("h1").innerText()).toMatch(/Konto/);
});

test("C11: where the policy asks guests too, a child does not get into a session, and whoever is old enough does", async () => {
  const technician = await openPerson(browser, upheld.url);
  await technician.page.goto("/register");
  await answer(technician.page, 30);
  await fillIn(technician.page, "Host Hilda");
  const room = await openRoom(technician.page);
  const child = await openPerson(browser, upheld.url, { javaScriptEnabled: false });
  await child.page.goto(room.link);
  const before = await ages();
  await answer(child.page, 11);
  expect(await textOf(child.page)).toContain("We can't take your details");
  await child.page.goto(room.link);
  expect(await child.page.locator("#display-name").count()).toBe(0);
  expect(await ages()).toEqual(before);

  const guest = await openPerson(browser, upheld.url);
  await guest.page.goto(room.link);
  await answer(guest.page, 50);
  await guest.page.fill("#display-name", "Grown Gustav");
  await guest.page.click("button:has-text('Join')");
  await guest.page.waitForURL("**/room/*");
  expect(await ages()).toContainEqual({ kind: "guest", age: "over", count: 1 });
});

const grown = async (name: string): Promise<Page> => {
  const { page } = await openPerson(browser, upheld.url);
  await page.goto("/register");
  await answer(page, 20);
  await fillIn(page, name);
  return page;
};

/** The first administrator, asked for the age like everybody. */
const administrator = async (): Promise<Page> => {
  const { page } = await openPerson(browser, upheld.url);
  await page.goto(new URL(upheld.firstLink ?? "").pathname);
  await answer(page, 45);
  await page.fill("#user-name", "Officer Olga");
  await page.fill("#password", password);
  await page.check("#agree");
  await press(page, "main button.primary");
  await page.waitForURL("**/desk");
  return page;
};

const isThere = (kind: string, age = "over") =>
  upheld.asOwner(
    async (client) =>
      (
        await client.query("select 1 from subject where kind = $1 and age = $2 and status = 'active'", [
          kind,
          age,
        ])
      ).rowCount,
  );

const list = async (desk: Page): Promise<string> => {
  await desk.goto("/desk/children");
  return desk.locator("section[aria-labelledby=reports]").innerText();
};

let desk: Page | null = null;
const officer = async (): Promise<Page> => (desk ??= await administrator());

test("C11: anybody tells of a child's data without an account or script, and what is found to be a child's is erased at once", async () => {
  const lena = await grown("Little Lena");
  const { page } = await openPerson(browser, upheld.url, { javaScriptEnabled: false, width: 390 });
  await page.goto("/data-request");
  await page.click('a:has-text("A child\'s data?")');
  await page.waitForURL("**/child-report");
  await page.fill("#user-name", " ");
  await page.fill("#words", "kept as typed");
  await press(page, "main button.primary");
  expect(await textOf(page)).toContain("please fill this in");
  expect(await page.inputValue("#words")).toBe("kept as typed");
  await page.fill("#user-name", "little LENA");
  await page.fill("#words", "She is in my class, year five.");
  await press(page, "main button.primary");
  const thanks = await textOf(page);
  await page.goto("/child-report");
  await page.fill("#user-name", "Nobody At All");
  await press(page, "main button.primary");
  expect(await textOf(page)).toBe(thanks);

  const at = await officer();
  await expect.poll(() => list(at)).toMatch(/Little Lena[\s\S]*year five/);
  const technicians = (await isThere("technician")) ?? 0;
  await press(at, "li:has-text('Little Lena') button:has-text('It is a child')");
  expect(await isThere("technician")).toBe(technicians - 1);
  expect((await lena.goto("/console"))?.status()).toBe(401);
  const states = () =>
    upheld.asOwner(
      async (client) => (await client.query("select state from rights_request where kind = 'child'")).rows,
    );
  await expect.poll(states, { timeout: 30_000 }).toEqual([{ state: "done" }]);
  const { rowCount } = await upheld.asOwner((client) => client.query("select 1 from child_report"));
  expect(rowCount).toBe(0);
});

test("C11: a report by a guest's own link waits at the desk, and where there is no child nothing is erased", async () => {
  const host = await grown("Host Hedda");
  const room = await openRoom(host);
  const guest = await openPerson(browser, upheld.url);
  await guest.page.goto(room.link);
  await answer(guest.page, 25);
  await guest.page.fill("#display-name", "Young Yuri");
  await guest.page.click("button:has-text('Join')");
  await guest.page.waitForURL("**/room/*");
  const { page } = await openPerson(browser, upheld.url, { javaScriptEnabled: false });
  await page.goto(new URL(await guest.page.locator("#personal-link").inputValue()).pathname);
  await page.click('a:has-text("This is a child\'s data")');
  await page.waitForURL("**/child");
  await page.fill("#words", "I am the father.");
  await press(page, "main button.primary");
  const at = await officer();
  await expect.poll(() => list(at)).toContain("I am the father");
  const guests = await isThere("guest");
  await press(at, "li:has-text('I am the father') button:has-text('It is not')");
  expect(await list(at)).not.toContain("I am the father");
  expect(await isThere("guest")).toBe(guests);
});

test("C11: a technician tells of a guest, nobody of somebody else's guest, and where no limit is known there is nothing to tell", async () => {
  const host = await grown("Host Hanno");
  const room = await openRoom(host);
  const guest = await openPerson(browser, upheld.url);
  await guest.page.goto(room.link);
  await answer(guest.page, 25);
  await guest.page.fill("#display-name", "Small Sam");
  await guest.page.click("button:has-text('Join')");
  await guest.page.waitForURL("**/room/*");
  await host.goto(`/sessions/${room.id}`);
  await host.click("a:has-text('This is a child: Small Sam')");
  await host.waitForURL("**/child/*");
  const address = new URL(host.url()).pathname;
  await host.fill("#words", "his mother called him to do homework");
  await press(host, "main button.primary");
  await expect
    .poll(async () =>
      upheld.asOwner(
        async (client) =>
          (
            await client.query(
              "select 1 from child_report r join subject s on s.id = r.subject where s.kind = 'guest' and decided_at is null",
            )
          ).rowCount,
      ),
    )
    .toBe(1);
  const other = await grown("Other Otis");
  expect((await other.goto(address))?.status()).toBe(404);
  expect((await other.goto("/desk/children"))?.status()).toBe(403);
  const selmo = await startForTest();
  expect((await visitor(selmo.url).get("/child-report")).status).toBe(404);
  await selmo.stop();
});
