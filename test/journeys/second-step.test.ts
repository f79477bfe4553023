// The second step, and the list of browsers that are signed in (K8, O6).
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, openPerson } from "../browser.ts";
import { codeApp, runningStep } from "../code-app.ts";
import { startForTest, type TestUpheld } from "../upheld.ts";
import { password, register } from "./steps.ts";

let upheld: TestUpheld;
let browser: Browser;

beforeAll(async () => {
  [upheld, browser] = await Promise.all([startForTest(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await upheld.stop();
});

test("K8: with a code app set up, the password alone signs nobody in, and a lost app is no end", async () => {
  const { page } = await openPerson(browser, upheld.url, { javaScriptEnabled: false });
  await register(page, "Careful Cora");
  await page.goto("/account");
  await page.click("a:has-text('How you sign in')");
  await page.getByText("Change your password often").waitFor();
  await page.click("a:has-text('Set up a code app')");
  await page.locator(".qr svg").waitFor();
  const app = codeApp(await page.content());
  await page.fill("#code", "000000");
  await page.click("button:has-text('Turn the second step on')");
  await page.locator("#code-error").waitFor();
  await page.fill("#code", await app.codeAt(runningStep()));
  await page.click("button:has-text('Turn the second step on')");
  const codes = await page.locator(".codes code").allTextContents();
  expect(codes.length).toBe(10);

  const other = await openPerson(browser, upheld.url, { javaScriptEnabled: false });
  const signIn = async (code: string) => {
    await other.page.goto("/sign-in?next=/account");
    await other.page.fill("#user-name", "careful cora");
    await other.page.fill("#password", password);
    await other.page.click("main button:has-text('Sign in')");
    await other.page.fill("#code", code);
    await other.page.click("main button:has-text('Sign in')");
  };
  await signIn(await app.codeAt(runningStep() + 1));
  await other.page.waitForURL("**/account");
  await other.page.click("header button:has-text('Sign out')");
  await signIn(codes[3] ?? "");
  await other.page.waitForURL("**/account");
  await other.page.goto("/account/security");
  await other.page.getByText("9 of your backup codes are left").waitFor();
});

test("O6: one sees where one is signed in, and ends one of them or all others", async () => {
  const here = await openPerson(browser, upheld.url);
  await register(here.page, "Many Mina");
  const elsewhere = await Promise.all(
    [1, 2, 3].map(async () => {
      const { page } = await openPerson(browser, upheld.url);
      await page.goto("/sign-in");
      await page.fill("#user-name", "many mina");
      await page.fill("#password", password);
      await page.click("main button:has-text('Sign in')");
      await page.waitForURL("**/console");
      return page;
    }),
  );
  await here.page.goto("/account/security");
  const rows = here.page.locator("section:has(#sign-ins) .row");
  expect(await rows.count()).toBe(4);
  expect(await rows.first().textContent()).toMatch(/Chrome on Linux/);
  await rows.filter({ hasNotText: "this one" }).first().locator("button").click();
  await expect.poll(() => rows.count()).toBe(3);
  const statuses = () => Promise.all(elsewhere.map(async (page) => (await page.goto("/account"))?.status()));
  expect((await statuses()).toSorted()).toEqual([200, 200, 401]);
  await here.page.click("button:has-text('Sign out everywhere else')");
  await expect.poll(() => rows.count()).toBe(1);
  expect(await statuses()).toEqual([401, 401, 401]);
  expect((await here.page.goto("/account"))?.status()).toBe(200);
});

test("K8: the password is changed after it was proved, and every other browser is signed out", async () => {
  const here = await openPerson(browser, upheld.url, { javaScriptEnabled: false });
  await register(here.page, "Changing Chloe");
  const other = await openPerson(browser, upheld.url);
  const signIn = async (word: string) => {
    await other.page.goto("/sign-in");
    await other.page.fill("#user-name", "changing chloe");
    await other.page.fill("#password", word);
    await other.page.click("main button:has-text('Sign in')");
  };
  await signIn(password);
  await other.page.waitForURL("**/console");

  await upheld.moveClock(6 / 1440);
  await expect
    .poll(async () => (await here.page.goto("/account/password")) && here.page.url())
    .toContain("/prove");
  await here.page.fill("#prove-password", password);
  await here.page.click("main button:has-text('Go on')");
  await here.page.fill("#password", "changing chloe 1");
  await here.page.click("main button:has-text('Change your password')");
  await here.page.locator("#password-error", { hasText: "user name in it" }).waitFor();
  await here.page.fill("#password", "nine blue saucepans");
  await here.page.click("main button:has-text('Change your password')");
  await here.page.getByText("Your password is changed").waitFor();
  expect((await other.page.goto("/console"))?.status()).toBe(401);
  await signIn(password);
  await other.page.getByText("is not right").first().waitFor();
  await signIn("nine blue saucepans");
  await other.page.waitForURL("**/console");
});
