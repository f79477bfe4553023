// Good passwords and safe browsers: said where it matters, and a password that everybody tries is refused (K8).
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, openPerson } from "../browser.ts";
import { startForTest, type TestUpheld } from "../upheld.ts";
import { password } from "./steps.ts";

let upheld: TestUpheld;
let browser: Browser;

beforeAll(async () => {
  [upheld, browser] = await Promise.all([startForTest(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await upheld.stop();
});

test("K8: signing up gives the policy's advice and refuses a known bad password and one with the user name in it", async () => {
  const { page } = await openPerson(browser, upheld.url, { javaScriptEnabled: false });
  await page.goto("/register");
  await page.getByText("Change your password often, make it long").waitFor();
  for (const [bad, why] of [
    ["football2024!", /first that anybody would try/],
    ["my Waldemar 7788", /user name in it/],
  ] as const) {
    await page.fill("#user-name", "Waldemar");
    await page.fill("#company", "Kettles & Co");
    await page.fill("#password", bad);
    await page.check("#agree");
    await page.click("button:has-text('Open the account')");
    await page.locator("#password-error", { hasText: why }).waitFor();
    expect(await page.inputValue("#company")).toBe("Kettles & Co");
  }
  await page.fill("#password", password);
  await page.click("button:has-text('Open the account')");
  await page.waitForURL("**/console");
});

test("K8: an outdated browser is warned of at the doors, and nothing is closed to it", async () => {
  const old = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:91.0) Gecko/20100101 Firefox/91.0";
  const outdated = await browser.newContext({ baseURL: upheld.url, userAgent: old });
  const page = await outdated.newPage();
  for (const path of ["/register", "/sign-in"]) {
    await page.goto(path);
    await page.getByText("It says that it is Firefox 91").waitFor();
  }
  await page.goto("/register");
  await page.fill("#user-name", "Old Otto");
  await page.fill("#password", password);
  await page.check("#agree");
  await page.click("button:has-text('Open the account')");
  await page.waitForURL("**/console");

  const current = await openPerson(browser, upheld.url);
  await current.page.goto("/sign-in");
  expect(await current.page.getByText("out of date").count()).toBe(0);
});
