// What people may ask: what is held, from where, for what, until when, who got it and who looked (R1, D2, R7).
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, openPerson } from "../browser.ts";
import { startMailSink, type MailSink } from "../mail-sink.ts";
import { startForTest, type TestUpheld } from "../upheld.ts";
import { heard, joinRoom, openRoom, register, say } from "./steps.ts";

let upheld: TestUpheld;
let browser: Browser;
let sink: MailSink;

beforeAll(async () => {
  sink = await startMailSink();
  [upheld, browser] = await Promise.all([startForTest({ SMTP_URL: sink.url }), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await upheld.stop();
  await sink.close();
});

const textOf = async (page: Page): Promise<string> => (await page.locator("main").innerText()) ?? "";

test("R1: an account's page shows each datum with source, purposes, recipients and end, without script too", async () => {
  const first = await openPerson(browser, upheld.url);
  await register(first.page, "Rita Reviewer", { email: "rita@reviewer.example", company: "Reviews & Sons" });
  const cookies = await first.context.cookies();
  const { page, context } = await openPerson(browser, upheld.url, { javaScriptEnabled: false });
  await context.addCookies(cookies);
  await page.goto("/account");
  await page.click("a:has-text('Everything that is held about you')");
  await page.waitForURL("**/account/data");
  const text = await textOf(page);
  for (const part of ["Rita Reviewer", "rita@reviewer.example", "Reviews & Sons", "127.0.0.1"])
    expect(text).toContain(part);
  expect(text).toMatch(/Password.*kept sealed, and shown to nobody/s);
  expect(text).toMatch(/while your account is open/);
  expect(text).toMatch(/Register as a technician/i);

  const profile = page.locator("#profile");
  await profile.locator("summary").click();
  const facts = await profile.locator(".held-facts").innerText();
  expect(facts).toMatch(/run your account and let you sign in/);
  expect(facts).toMatch(/our mail carrier: we write to you/);
  expect(facts).toMatch(/write to you about specials.*not now/);
});

test("R1: much of a kind is shown page by page, newest first, and nothing is lost between pages", async () => {
  const { page } = await openPerson(browser, upheld.url);
  await register(page, "Busy Berta");
  for (let visit = 0; visit < 60; visit++) await page.request.get("/terms");
  const total = async (): Promise<number> => {
    await page.goto("/account/data/kinds/request");
    const said =
      (await page
        .locator(".pager")
        .textContent({ timeout: 2000 })
        .catch(() => "")) ?? "";
    return Number(/of (\d+)/.exec(said)?.[1] ?? 0);
  };
  await expect.poll(total).toBeGreaterThan(60);
  const onPage = async () => (await page.locator(".held-list > li").count()) ?? 0;
  expect(await onPage()).toBe(50);
  await page.click("a[rel=next]");
  await page.waitForURL("**?page=2");
  expect(await onPage()).toBeGreaterThan(10);
  await page.goto("/account/data/kinds/request?page=99999");
  expect(await textOf(page)).toContain("Nothing is held of this on this page");
  for (const path of [
    "/account/data/kinds/ledger",
    "/account/data/kinds/no%20table",
    "/account/data/sessions/x",
  ])
    expect([path, (await page.goto(path))?.status()]).toEqual([path, 404]);
});

test("R1: a session's record is there with own and others' words, and nobody else's account opens it", async () => {
  const technician = await openPerson(browser, upheld.url);
  await register(technician.page, "Theo Technician");
  const room = await openRoom(technician.page);
  const guest = await openPerson(browser, upheld.url);
  await joinRoom(guest.page, room.link, "Gerda Guest");
  await say(guest.page, "my printer sings");
  await expect.poll(() => heard(technician.page)).toEqual(["my printer sings"]);

  await say(technician.page, "in which key?");
  await expect.poll(() => heard(guest.page)).toEqual(["my printer sings", "in which key?"]);

  await technician.page.goto(`/account/data/sessions/${room.id}`);
  const text = await textOf(technician.page);
  for (const part of ["my printer sings", "Gerda Guest", "Theo Technician"]) expect(text).toContain(part);

  const stranger = await openPerson(browser, upheld.url);
  await register(stranger.page, "Stranger Stan");
  expect((await stranger.page.goto(`/account/data/sessions/${room.id}`))?.status()).toBe(404);
});

test("R7: a guest's own page, shown in the session, opens without an account, also once the session is over", async () => {
  const technician = await openPerson(browser, upheld.url);
  await register(technician.page, "Host Henrik");
  const room = await openRoom(technician.page);
  const guest = await openPerson(browser, upheld.url);
  await joinRoom(guest.page, room.link, "Guest Greta");
  await say(guest.page, "greta was here");
  await expect.poll(() => heard(technician.page)).toEqual(["greta was here"]);
  const address = await guest.page.locator("#personal-link").inputValue();
  await technician.page.click("button:has-text('End')");
  await technician.page.locator("#end-dialog button.danger").click();
  await technician.page.waitForURL("**/sessions/*");

  const { page } = await openPerson(browser, upheld.url, { javaScriptEnabled: false, width: 390 });
  await page.goto(new URL(address).pathname);
  const text = await textOf(page);
  for (const part of ["Guest Greta", "127.0.0.1", "the technician", "session record"])
    expect(text).toContain(part);
  await page.click("#message a");
  await page.waitForURL("**/sessions/*");
  expect(await textOf(page)).toContain("greta was here");

  await page.goBack();
  await page.click("a:has-text('Have it erased')");
  await page.click("button:has-text('Erase my data')");
  await page.waitForURL("**/erasure/*");
  expect(await textOf(page)).not.toContain("Guest Greta");
  await page.goto(new URL(address).pathname);
  expect((await page.goto(`${new URL(address).pathname}/erasure`))?.status()).toBe(200);
  await page.click("button:has-text('Take')");
  await page.waitForURL("**/mine/*");
});

test("R7: whoever has no account at hand asks by address; the mailed link opens the same page, once", async () => {
  const owner = await openPerson(browser, upheld.url);
  await register(owner.page, "Mailed Maria", { email: "maria@mailed.example" });
  const { page } = await openPerson(browser, upheld.url, { javaScriptEnabled: false });
  await page.goto("/");
  await page.click("footer a:has-text('What do you hold about me?')");
  await page.fill("#email", "maria@mailed.example");
  await page.click("button:has-text('Send me the link')");
  await page.waitForURL("**/data-request/asked");
  expect(await textOf(page)).toContain("If we hold anything under this address");

  const linkIn = (): string =>
    sink.mails.flatMap(({ text }) => /(\/data-request\/\S+)/.exec(text ?? "")?.[1] ?? [])[0] ?? "";
  await expect.poll(linkIn, { timeout: 15_000 }).not.toBe("");
  const link = linkIn();
  await page.goto(link);
  await page.click("button:has-text('Open it now')");
  await page.waitForURL("**/mine/*");
  const text = await textOf(page);
  for (const part of ["Mailed Maria", "maria@mailed.example", "our mail carrier"])
    expect(text).toContain(part);
  expect(text).toMatch(/can be read until/);

  await page.goto(link);
  await page.click("button:has-text('Open it now')");
  expect(await textOf(page)).toContain("This link opens nothing");
});

test("D2: each person reads who received what about them, and why", async () => {
  const { page } = await openPerson(browser, upheld.url);
  await register(page, "Dora Disclosed", { email: "dora@disclosed.example" });
  await page.request.post("/data-request", {
    form: { email: "dora@disclosed.example" },
    headers: { origin: upheld.url },
  });
  await expect.poll(() => sink.recipients.flat(), { timeout: 15_000 }).toContain("dora@disclosed.example");
  await expect
    .poll(async () => {
      await page.goto("/account/data");
      return page.locator("#handed").innerText();
    })
    .toMatch(/our mail carrier: E-mail, Our mails/);
  await page.click("#handed a");
  await page.waitForURL("**/kinds/disclosure");
  expect(await textOf(page)).toMatch(
    /Recipient\s*our mail carrier.*Purpose\s*Your rights.*Ground\s*processor/s,
  );
});
