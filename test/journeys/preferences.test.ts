// Language and look are at hand on each visit: by the declared cookie, or by signing in (U10).
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, openPerson } from "../browser.ts";
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

const paper = (page: Page): Promise<string> =>
  page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

const choose = async (page: Page, language: string, theme: string): Promise<void> => {
  await page.goto("/preferences");
  await page.check(`input[name=language][value='${language}']`);
  await page.check(`input[name=theme][value='${theme}']`);
  await page.click("main button.primary");
  await page.waitForURL("**/preferences?saved");
};

test("U10: without script a visitor's language and look are kept by the declared cookie alone, and given up again", async () => {
  const { page, context } = await openPerson(browser, upheld.url, { javaScriptEnabled: false, width: 390 });
  await page.goto("/");
  expect(await context.cookies()).toEqual([]);
  await page.click("footer a:has-text('Language and look')");
  await page.waitForURL("**/preferences");
  await choose(page, "de", "dark");
  expect(await page.locator("h1").innerText()).toBe("Sprache und Aussehen");
  await page.goto("/");
  expect(await page.locator("html").getAttribute("lang")).toBe("de");
  expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");
  const [cookie, ...others] = await context.cookies();
  expect([cookie?.name, cookie?.value, others.length]).toEqual(["__Host-upheld-preferences", "de.dark", 0]);
  expect((cookie?.expires ?? 0) * 1000 - Date.now()).toBeLessThanOrEqual(365 * 86_400_000);
  await page.goto("/?language=en");
  expect(await page.locator("html").getAttribute("lang")).toBe("en");
  await choose(page, "", "");
  expect(await context.cookies()).toEqual([]);
  await page.goto("/");
  expect(await page.locator("html").getAttribute("lang")).toBe("en");
});

test("U10: signing in brings language, look and choices back in another browser, and shows what is remembered", async () => {
  const first = await openPerson(browser, upheld.url);
  await register(first.page, "Dark Dora");
  await first.page.goto("/account/choices");
  await first.page.locator("#news button[value=yes]").click();
  await choose(first.page, "de", "dark");
  const dark = await paper(first.page);
  await first.page.goto("/account/data");
  expect(await first.page.locator("#preference").innerText()).toContain("de.dark");

  const { page } = await openPerson(browser, upheld.url);
  await page.goto("/privacy");
  expect(await paper(page)).not.toBe(dark);
  await page.goto("/sign-in");
  await page.fill("#user-name", "Dark Dora");
  await page.fill("#password", password);
  await page.click("main button.primary");
  await page.waitForURL("**/console");
  await page.goto("/privacy");
  expect(await page.locator("html").getAttribute("lang")).toBe("de");
  expect(await paper(page)).toBe(dark);
  await page.goto("/account/choices");
  expect(await page.locator("#news").innerText()).toContain("You said yes");
});

test("U10: a cookie with nonsense in it, and a language that is not offered, change nothing", async () => {
  const { page, context } = await openPerson(browser, upheld.url);
  for (const value of ["xx.neon", "<b>.dark<b>", "de", "..", "de.dark.more"]) {
    await context.addCookies([{ name: "__Host-upheld-preferences", value, url: upheld.url, secure: true }]);
    expect((await page.goto("/"))?.status()).toBe(200);
    expect(["en", "de"]).toContain(await page.locator("html").getAttribute("lang"));
  }
  const answer = await page.request.post("/preferences", {
    form: { language: "xx", theme: "dark" },
    headers: { origin: upheld.url },
    maxRedirects: 0,
  });
  expect(answer.status()).toBe(404);
});
