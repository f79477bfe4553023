// The password is asked for again before account contents, and one goes on where one was (O6).
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, openPerson } from "../browser.ts";
import { startForTest, type TestUpheld } from "../upheld.ts";
import { heard, joinRoom, openRoom, password, register, say } from "./steps.ts";

let upheld: TestUpheld;
let browser: Browser;
let passed = 0;

const pass = async (minutes: number): Promise<void> => {
  passed += minutes;
  await upheld.moveClock(passed / 1440);
};

beforeAll(async () => {
  [upheld, browser] = await Promise.all([startForTest(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await upheld.stop();
});

test("O6: after the declared time the password is asked for before account contents, and one lands where one was going", async () => {
  const { page } = await openPerson(browser, upheld.url, { javaScriptEnabled: false });
  await register(page, "Weary Willy");
  await page.goto("/account");
  expect(new URL(page.url()).pathname).toBe("/account");

  await pass(31);
  await expect
    .poll(async () => (await page.goto("/account")) && page.url())
    .toContain("/prove?next=%2Faccount");
  await page.getByText(/asks again after 30 minutes/).waitFor();
  await page.fill("#prove-password", "not this one at all");
  await page.click("main button:has-text('Go on')");
  await page.locator("#prove-password-error").waitFor();
  await page.fill("#prove-password", password);
  await page.click("main button:has-text('Go on')");
  await page.waitForURL("**/account");
  await page.getByText("Weary Willy").first().waitFor();

  // The public pages go on as before, whoever reads them.
  await pass(31);
  expect((await page.goto("/privacy"))?.status()).toBe(200);
});

test("O6: a form that came too late asks, and then does what it was sent for", async () => {
  const { page, context } = await openPerson(browser, upheld.url, { javaScriptEnabled: false });
  await register(page, "Tardy Tim");
  await page.goto("/console");
  await pass(31);
  // A page of the account elsewhere in this browser tells that the time has come; this one still shows its form.
  const elsewhere = await context.newPage();
  await expect.poll(async () => (await elsewhere.goto("/account")) && elsewhere.url()).toContain("/prove");
  await page.click("button:has-text('Open a session')");
  await page.getByText("What you sent is kept in this page").waitFor();
  await page.fill("#prove-password", password);
  await page.click("main button:has-text('Go on and send it')");
  await page.waitForURL("**/room/*");
});

test("O6: a technician whose line comes back too late proves it, and finds the session and what was not sent", async () => {
  const technician = await openPerson(browser, upheld.url);
  await register(technician.page, "Long Lars");
  const { link } = await openRoom(technician.page);
  const guest = await openPerson(browser, upheld.url);
  await joinRoom(guest.page, link, "Gina");
  await say(guest.page, "still here");
  await expect.poll(() => heard(technician.page)).toEqual(["still here"]);

  await pass(31);
  await technician.context.setOffline(true);
  await technician.page.fill("#message", "half a sent");
  await technician.context.setOffline(false);
  upheld = await upheld.restart();
  await technician.page.waitForURL("**/prove?next=*");
  await technician.page.fill("#prove-password", password);
  await technician.page.click("main button:has-text('Go on')");
  await technician.page.waitForURL("**/room/*");
  await expect.poll(() => heard(technician.page)).toEqual(["still here"]);
  expect(await technician.page.inputValue("#message")).toBe("half a sent");
});
