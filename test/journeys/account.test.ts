// Accounts: what is asked, what is agreed to, what is recorded, and that it can be seen (C1, C2, C3, C6, U11, K3).
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { digestOf } from "../../src/collect/publish-documents.ts";
import { openBrowser, openPerson } from "../browser.ts";
import { startForTest, type TestUpheld } from "../upheld.ts";
import { heard, joinRoom, openRoom, password, register, say } from "./steps.ts";

let upheld: TestUpheld;
let browser: Browser;

beforeAll(async () => {
  [upheld, browser] = await Promise.all([startForTest(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await upheld.stop();
});

const textOf = async (page: { locator: (s: string) => { textContent(): Promise<string | null> } }) =>
  (await page.locator("main").textContent()) ?? "";

test("C1: signing up records which version of policy and terms was agreed to, when, and on which page", async () => {
  const { page } = await openPerson(browser, upheld.url);
  await page.goto("/register");
  for (const name of ["privacy statement", "Terms of use"])
    await page.locator(".agree a", { hasText: new RegExp(name, "i") }).waitFor();

  await page.fill("#user-name", "Agnes");
  await page.fill("#password", password);
  await page.evaluate(() => document.querySelector("form.stack")?.setAttribute("novalidate", ""));
  await page.click("button:has-text('Open the account')");
  await page
    .getByText(/Tick the box if you agree/)
    .first()
    .waitFor();
  expect(await page.inputValue("#user-name")).toBe("Agnes");

  await page.fill("#password", password);
  await page.check("#agree");
  await page.click("button:has-text('Open the account')");
  await page.waitForURL("**/console");
  await page.goto("/account");
  const text = await textOf(page);
  expect(text).toMatch(/privacy statement, version 1/i);
  expect(text).toMatch(/Terms of use of Selmo, version 1/);
  expect(text).toContain("/register");

  const { rows } = await upheld.asOwner((client) =>
    client.query<{ document: string; version: number; digest: Buffer; body: string }>(
      `select a.document, a.version, a.digest, d.body from agreement a
       join document d on d.id = a.document and d.version = a.version order by 1`,
    ),
  );
  expect(rows.map(({ document }) => document)).toEqual(["selmo/privacy", "selmo/terms"]);
  for (const { digest, body } of rows) expect(digest).toEqual(digestOf(body));
});

test("C1: policy, terms and a product's usage guidelines are published, each version under its own address", async () => {
  const { page } = await openPerson(browser, upheld.url);
  const { rows } = await upheld.asOwner((client) =>
    client.query<{ id: string; version: number }>("select id, version from document"),
  );
  expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining(["selmo/privacy", "selmo/terms"]));
  expect(rows.length).toBeGreaterThan(2);
  const words = /\/words\.(?<of>\d+)\.(?<language>[a-z]+)$/;
  for (const { id, version } of rows) {
    const { of, language } = words.exec(id)?.groups ?? {};
    if (of && language) {
      const answer = await page.goto(`/privacy/v/${of}?language=${language}`);
      expect([answer?.status(), await page.locator("html").getAttribute("lang")]).toEqual([200, language]);
      continue;
    }
    const name = id.replace("selmo/", "");
    const path = name === "privacy" || name === "terms" ? `/${name}` : `/guidelines/${name}`;
    for (const address of [path, `${path}/v/${version}`])
      expect([address, (await page.goto(address))?.status()]).toEqual([address, 200]);
  }
});

test("C2: a field that the policy does not declare is not taken in, whatever a browser sends", async () => {
  const { page } = await openPerson(browser, upheld.url);
  await page.goto("/register");
  await page.fill("#user-name", "Smuggler");
  await page.fill("#password", password);
  await page.check("#agree");
  await page.evaluate(() => {
    const field = document.createElement("input");
    field.name = "shoe-size";
    field.value = "size fortyfour";
    document.querySelector("form.stack")?.append(field);
  });
  await page.click("button:has-text('Open the account')");
  await page.waitForURL("**/console");
  await page.goto("/account");
  expect(await textOf(page)).not.toContain("fortyfour");
});

test("C2: a cookie that the policy does not declare is never set, and those declared hold random values", async () => {
  const technician = await openPerson(browser, upheld.url);
  await register(technician.page, "Cookie Carla");
  const { link } = await openRoom(technician.page);
  const guest = await openPerson(browser, upheld.url);
  await joinRoom(guest.page, link, "Gus");
  const cookies = [...(await technician.context.cookies()), ...(await guest.context.cookies())];
  const names = ["device", "guest", "sign-in"].map((name) => `__Host-upheld-${name}`);
  expect(cookies.map(({ name }) => name).sort()).toEqual(names);
  const in90Days = Date.now() / 1000 + 90 * 86_400;
  for (const { name, httpOnly, sameSite, secure, path, value, expires } of cookies) {
    expect({ httpOnly, sameSite, secure, path }).toEqual({
      httpOnly: true,
      sameSite: "Lax",
      secure: true,
      path: "/",
    });
    expect(expires).toBeCloseTo(name === names[0] ? in90Days : -1, -3);
    expect(value).toMatch(/^[\w-]{32,}$/);
  }
  // The statement names each of them as it is set.
  await technician.page.goto("/privacy");
  for (const name of names) expect(await textOf(technician.page)).toContain(name);
});

test("C3: a user name and a password are enough, and each other field says what can't be done without it", async () => {
  const { page } = await openPerson(browser, upheld.url);
  await page.goto("/register");
  const required = await page.locator("input[required]").evaluateAll((all) => all.map(({ id }) => id));
  expect(required.sort()).toEqual(["agree", "password", "user-name"]);
  const optional = page.locator("form.stack .field:has(.optional)");
  expect(await optional.count()).toBeGreaterThan(3);
  for (const field of await optional.all())
    expect(await field.locator(".hint").textContent()).toMatch(/^Without it/);
  await register(page, "Minimal Mona");
  await page.goto("/account");
  expect(await textOf(page)).toContain("left empty");
});

test("C3: what was typed is kept when something is wrong, but for the password", async () => {
  const { page } = await openPerson(browser, upheld.url);
  await page.goto("/register");
  await page.evaluate(() => document.querySelector("form.stack")?.setAttribute("novalidate", ""));
  await page.fill("#user-name", "Ada");
  await page.fill("#password", "short");
  await page.fill("#company", "Engines & Co");
  await page.fill("#email", "not an address");
  await page.check("#agree");
  await page.click("button:has-text('Open the account')");
  await page
    .getByText(/at least 10 characters/)
    .first()
    .waitFor();
  await page
    .getByText(/like name@example.org/)
    .first()
    .waitFor();
  expect(await page.inputValue("#company")).toBe("Engines & Co");
  expect(await page.inputValue("#password")).toBe("");
  expect(await page.isChecked("#agree")).toBe(true);
});

test("C6: the address is stored with the registration and with each page request; the person sees both; both end", async () => {
  const { page } = await openPerson(browser, upheld.url);
  await register(page, "Ines Observed");
  await page.goto("/terms");
  await expect
    .poll(async () => {
      await page.goto("/account");
      return textOf(page);
    })
    .toMatch(/GET \/terms/);
  const text = await textOf(page);
  expect(text).toMatch(/Registered.*127\.0\.0\.1/s);
  expect(text).toMatch(/with your registration/);
  expect(text).toMatch(/30 days after we got it/);

  const logged = () =>
    upheld.asOwner(async (client) => {
      const { rows } = await client.query<{ count: number }>(
        "select count(*)::int as count from request where at < $1",
        [new Date()],
      );
      return rows[0]?.count ?? -1;
    });
  expect(await logged()).toBeGreaterThan(0);
  await upheld.moveClock(31);
  await expect.poll(logged, { timeout: 15_000 }).toBe(0);
  await upheld.moveClock(0);
});

test("U11: signing in says that one is no longer anonymous, and what is tied to the account can be seen", async () => {
  const { page } = await openPerson(browser, upheld.url);
  await register(page, "Nina Known");
  await page.click("button:has-text('Sign out')");
  await page.waitForURL((url) => url.pathname === "/");
  await page.goto("/sign-in");
  expect(await textOf(page)).toMatch(/not anonymous/);
  await page.fill("#user-name", "nina known");
  await page.fill("#password", password);
  await page.click("main button:has-text('Sign in')");
  await page.waitForURL("**/console");
  await page.goto("/account");
  const text = await textOf(page);
  for (const part of ["Nina Known", "this one", "What you agreed to"]) expect(text).toContain(part);
});

test("K3: another technician sees nothing of a session, every look is recorded, and the statement says its limits", async () => {
  const owner = await openPerson(browser, upheld.url);
  await register(owner.page, "Owner Olga");
  const room = await openRoom(owner.page);
  const guest = await openPerson(browser, upheld.url);
  await joinRoom(guest.page, room.link, "Visible Vera");
  await say(guest.page, "between us");
  await expect.poll(() => heard(owner.page)).toEqual(["between us"]);

  const nosy = await openPerson(browser, upheld.url);
  await register(nosy.page, "Nosy Norbert");
  for (const path of [`/room/${room.id}`, `/sessions/${room.id}`])
    expect([path, (await nosy.page.goto(path))?.status()]).toEqual([path, 404]);

  const looks = () =>
    upheld.asOwner(async (client) => {
      const { rows } = await client.query("select 1 from ledger where entry like '%\"looked\"%'");
      return rows.length;
    });
  const before = await looks();
  await owner.page.goto(`/sessions/${room.id}`);
  expect(await looks()).toBe(before + 1);

  await owner.page.goto("/privacy");
  expect(await textOf(owner.page)).toMatch(/No protection is perfect/);
});

test("K3: nothing that a person typed is in the logs", () => {
  const everything = JSON.stringify(upheld.lines);
  for (const value of ["Agnes", "Vera", "between us", "127.0.0.1", password])
    expect(everything).not.toContain(value);
});
