// Objections and choices are in reach of whoever reads what is held about them, with an account or a link of their own (R3, O4).
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, openPerson } from "../browser.ts";
import { startForTest, type TestUpheld } from "../upheld.ts";
import { joinRoom, openRoom, password, press, register } from "./steps.ts";

let upheld: TestUpheld;
let browser: Browser;

beforeAll(async () => {
  [upheld, browser] = await Promise.all([startForTest(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await upheld.stop();
});

const textOf = (page: Page): Promise<string> => page.locator("main").innerText();

const guestPage = async (host: string, name: string): Promise<{ page: Page; own: string }> => {
  const technician = await openPerson(browser, upheld.url);
  await register(technician.page, host);
  const room = await openRoom(technician.page);
  const guest = await openPerson(browser, upheld.url);
  await joinRoom(guest.page, room.link, name);
  const own = new URL(await guest.page.locator("#personal-link").inputValue()).pathname;
  const { page } = await openPerson(browser, upheld.url, { javaScriptEnabled: false, width: 390 });
  await page.goto(own);
  return { page, own };
};

test("O4: a guest says yes and no by their own link, without script, and reads how each choice came about", async () => {
  const { page, own } = await guestPage("Host Henni", "Choosing Charlotte");
  await page.click("a:has-text('Your choices')");
  await page.waitForURL(`**${own}/choices`);
  const first = page.locator("section.choice").first();
  await press(page, "section.choice:first-of-type button[value=yes]");
  await page.waitForURL(`**${own}/choices#*`);
  expect(await first.innerText()).toContain("You said yes");
  await press(page, "section.choice:first-of-type button[value=no]");
  await first.locator("summary").click();
  expect(await first.innerText()).toMatch(/How it came about \(2\)[\s\S]*You said no[\s\S]*You said yes/);
  await page.selectOption("select[name=region]", "EEA");
  await press(page, "#region button");
  await page.waitForURL(`**${own}/choices#region`);
  expect(await page.inputValue("select[name=region]")).toBe("EEA");
});

test("R3: an objection to an interest of ours is kept with its day, answered at the desk, and not made twice", async () => {
  const { page, own } = await guestPage("Host Heiko", "Objecting Olaf");
  await page.click("a:has-text('Object to a use')");
  await page.waitForURL(`**${own}/object`);
  const use = page.locator("#keep-site-running");
  await use.locator("textarea").fill("My boss reads your log.");
  await use.locator("button").click();
  await page.waitForURL(`**${own}/object#keep-site-running`);
  expect(await use.innerText()).toMatch(/You objected on .*You have our answer by/);
  expect(await use.locator("button").count()).toBe(0);
  await page.goto(own);
  expect(await textOf(page)).toContain("My boss reads your log.");

  const desk = await openPerson(browser, upheld.url);
  await desk.page.goto(new URL(upheld.firstLink ?? "").pathname);
  await desk.page.fill("#user-name", "Officer Oskar");
  await desk.page.fill("#password", password);
  await desk.page.check("#agree");
  await press(desk.page, "main button.primary");
  await desk.page.waitForURL("**/desk");
  await desk.page.goto("/desk/requests");
  expect(await textOf(desk.page)).toContain("Running the site: My boss reads your log.");
  await press(desk.page, "button:has-text('Followed, and answered')");
  expect(await textOf(desk.page)).not.toContain("My boss reads your log.");
  await page.goto(`${own}/object`);
  expect(await use.locator("button").count()).toBe(1);
});

test("R3: a use that rests on a choice leads from the objection to the no that ends it at once", async () => {
  const { page } = await openPerson(browser, upheld.url);
  await register(page, "Leading Leo");
  await page.goto("/account/data");
  await page.click("a:has-text('Object to a use')");
  await page.click("#direct-marketing a");
  await page.waitForURL("**/account/choices#news");
  await press(page, "#news button[value=no]");
  await page.goto("/account/data/object");
  expect(await page.locator("#direct-marketing").innerText()).toContain("not done now");
});
