// Objections and choices are in reach of whoever reads what is held about them, with an account or a link of their own (R3, O4).
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, openPerson } from "../browser.ts";
import { startMailSink, type MailSink } from "../mail-sink.ts";
import { startForTest, type TestUpheld } from "../upheld.ts";
import { joinRoom, openRoom, password, press, register } from "./steps.ts";

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

const officer = async (): Promise<Page> => {
  const { page } = await openPerson(browser, upheld.url, { javaScriptEnabled: false });
  await page.goto(new URL(upheld.firstLink ?? "").pathname);
  await page.fill("#user-name", "Officer Oskar");
  await page.fill("#password", password);
  await page.check("#agree");
  await press(page, "main button.primary");
  await page.waitForURL("**/desk");
  return page;
};

test("R3: an objection to an interest of ours stops the use at once, is refused with a reason by mail, made again and followed, without script", async () => {
  const email = "olaf@objects.example";
  const { page } = await openPerson(browser, upheld.url, { javaScriptEnabled: false, width: 390 });
  await register(page, "Objecting Olaf", { email });
  await sink.next(email);
  await page.goto("/account/data");
  await page.click("a:has-text('Object to a use')");
  await page.waitForURL("**/account/data/object");
  const use = page.locator("#keep-site-running");
  expect(await use.innerText()).toContain("done now");
  await use.locator("textarea").fill("My boss reads your log.");
  await press(page, "#keep-site-running button");
  await page.waitForURL("**/object#keep-site-running");
  expect(await use.innerText()).toMatch(/objected to[\s\S]*this use has stopped. You have our answer by/);
  await page.goto("/account/data");
  expect(await textOf(page)).toContain("My boss reads your log.");

  const desk = await officer();
  await desk.goto("/desk/requests");
  expect(await textOf(desk)).toContain("Running the site: My boss reads your log.");
  await press(desk, "button:has-text('Refuse it')");
  expect(await textOf(desk)).toContain("Say why the objection is refused");
  await desk.fill("textarea[name=words]", "Without it the site is broken into.");
  await press(desk, "button:has-text('Refuse it')");
  expect(await textOf(desk)).not.toContain("My boss reads your log.");
  const refused = await sink.next(email);
  expect(refused.text).toContain("Running the site. We have weighed it and refuse");
  expect(refused.text).toContain("Without it the site is broken into.");
  await page.goto("/account/data/object");
  expect(await use.innerText()).toMatch(/done now[\s\S]*We refused your objection[\s\S]*broken into/);

  await use.locator("textarea").fill("He reads it all the same.");
  await press(page, "#keep-site-running button");
  await desk.goto("/desk/requests");
  await press(desk, "button:has-text('Follow it')");
  expect((await sink.next(email)).text).toContain("We follow your objection");
  await page.goto("/account/data/object");
  expect(await use.innerText()).toMatch(/objected to[\s\S]*We followed your objection/);
  // Whoever objected still signs in.
  await press(page, "header form button");
  await page.goto("/sign-in");
  await page.fill("#user-name", "Objecting Olaf");
  await page.fill("#password", password);
  await press(page, "main button.primary");
  await page.goto("/account/data/object");
  await press(page, "#keep-site-running button:has-text('Take it back')");
  expect(await use.innerText()).toContain("done now");
});

test("R3: a guest objects by their own link, in German, and takes it back", async () => {
  const { page, own } = await guestPage("Host Heiko", "Widersprechende Wilma");
  await page.goto(`${own}/object?language=de`);
  const use = page.locator("#keep-site-running");
  await press(page, "#keep-site-running button:has-text('Widersprechen')");
  expect(await use.innerText()).toContain("diese Nutzung hat aufgehört");
  await press(page, "#keep-site-running button:has-text('Zurücknehmen')");
  expect(await use.innerText()).toContain("geschieht zurzeit");
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
