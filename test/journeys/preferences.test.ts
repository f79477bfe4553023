// Language and look are at hand on each visit: by the declared cookie, or by signing in (U10).
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { visitor } from "../attacks/visitor.ts";
import { openBrowser, openPerson } from "../browser.ts";
import { startForTest, type TestUpheld } from "../upheld.ts";
import { password, press, register } from "./steps.ts";

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
  await press(page, "main button.primary");
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
  await press(first.page, "#news button[value=yes]");
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
  expect(await page.locator("#news").innerText()).toContain("Sie haben Ja gesagt");
});

test("U10: a cookie with nonsense in it, and a language that is not offered, change nothing", async () => {
  for (const value of ["xx.neon", "%3Cb%3E.dark", "", "..", "de.dark.more", "a".repeat(3000)]) {
    const answer = await fetch(upheld.url, { headers: { cookie: `__Host-upheld-preferences=${value}` } });
    expect([value, answer.status]).toEqual([value, 200]);
    expect(await answer.text()).toMatch(/<html lang="(en|de)"( data-theme="dark")?>/);
  }
  const answer = await visitor(upheld.url).post("/preferences", { language: "xx", theme: "dark" });
  expect([answer.status, answer.cookie]).toEqual([404, null]);
});
