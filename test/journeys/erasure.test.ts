// An erasure from the question to the receipt: the day, the mail, what is left, and what holds it up (R4, R5).
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { verify } from "../../src/cli/verify.ts";
import { openBrowser, openPerson } from "../browser.ts";
import { runCommand } from "../command.ts";
import { startMailSink, type MailSink } from "../mail-sink.ts";
import { startForTest, type TestUpheld } from "../upheld.ts";
import { heard, joinRoom, openRoom, password, register, say } from "./steps.ts";

let upheld: TestUpheld;
let browser: Browser;
let sink: MailSink;
let passed = 0;

beforeAll(async () => {
  sink = await startMailSink();
  [upheld, browser] = await Promise.all([startForTest({ SMTP_URL: sink.url }), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await upheld.stop();
  await sink.close();
});

const pass = async (days: number): Promise<void> => {
  passed += days;
  await upheld.moveClock(passed);
};

const signIn = async (page: Page, userName: string): Promise<void> => {
  await page.goto("/sign-in");
  await page.fill("#user-name", userName);
  await page.fill("#password", password);
  await page.click("main button:has-text('Sign in')");
};

const askForErasure = async (page: Page): Promise<string> => {
  await page.goto("/account/erasure");
  await page.click("button:has-text('Close my account')");
  await page.getByText("Your account is closed").first().waitFor();
  return page.url();
};

const untilErased = async (page: Page, link: string) => {
  await expect
    .poll(async () => (await page.goto(link)) && page.locator("h1").textContent(), { timeout: 40_000 })
    .toBe("Your data was erased");
};

test("R4: on the day nothing remains, the others keep their words, and a signed receipt came before the address went", async () => {
  const { page } = await openPerson(browser, upheld.url, { javaScriptEnabled: false });
  const { page: host } = await openPerson(browser, upheld.url);
  const { page: guest } = await openPerson(browser, upheld.url);
  await register(page, "Leaves For Good", { email: "leaves@quux.example", name: "Lea Quux" });
  await register(host, "Stays Here");
  await signIn(guest, "Leaves For Good");
  await guest.waitForURL("**/console");
  const own = await openRoom(guest);
  await joinRoom(host, own.link, "Helga");
  await say(host, "the words of another");
  await say(guest, "the words that go");
  await expect.poll(() => heard(host)).toEqual(["the words of another", "the words that go"]);

  const link = await askForErasure(page);
  await pass(16);
  await untilErased(page, link);

  const mail = sink.mails.find(({ subject }) => subject?.includes("receipt"));
  expect(sink.recipients[sink.mails.findIndex((one) => one === mail)]).toEqual(["leaves@quux.example"]);
  expect(mail?.subject).toBe("Selmo: the receipt of your erasure");
  expect(mail?.text).toContain(link);
  const file = path.join(upheld.config.dataDir, "receipt-mail.txt");
  const check = async (text: string) => {
    await writeFile(file, text);
    return runCommand(verify, ["--receipt", file], { environment: { UPHELD_DATA: upheld.config.dataDir } });
  };
  const text = mail?.text ?? "";
  expect(await check(text)).toMatchObject({
    code: 0,
    out: expect.stringContaining("Signed by this service"),
  });
  expect(await check(text.replace('"records":', '"records":1'))).toMatchObject({ code: 1 });
  const sent = await page.request.get(`${link}/receipt`);
  expect(await sent.json()).toMatchObject({ receipt: { of: "erasure", service: "Selmo" } });

  // Nothing of them is anywhere, the name is free again, and who takes it is new.
  const everything = await upheld.asOwner(async (client) => {
    const { rows } = await client.query<{ table: string }>(
      "select table_name as table from information_schema.tables where table_schema = 'upheld'",
    );
    const texts: string[] = [];
    for (const { table } of rows)
      texts.push(JSON.stringify((await client.query(`select * from ${table}`)).rows));
    return texts.join("\n");
  });
  expect(everything).not.toMatch(/quux/i);
  await signIn(page, "Leaves For Good");
  await page.locator(".errors").waitFor();
  await register(page, "Leaves For Good");
  await page.goto("/account");
  expect(await page.locator("main").textContent()).not.toContain("Lea Quux");
});

test("R4: what somebody wrote goes from the pages that others have open in a session that goes on, and theirs stays in its place", async () => {
  const { page: host } = await openPerson(browser, upheld.url);
  const { page: leaves } = await openPerson(browser, upheld.url);
  const { page: asks } = await openPerson(browser, upheld.url, { javaScriptEnabled: false });
  await register(host, "Goes On Hosting");
  const room = await openRoom(host);
  await joinRoom(leaves, room.link, "Lena Leaves");
  await say(leaves, "the words that go");
  await say(host, "the words that stay");
  await expect.poll(() => heard(host)).toEqual(["the words that go", "the words that stay"]);
  const mine = await leaves.locator("input[value*='/mine/']").first().inputValue();

  await asks.goto(`${mine}/erasure`);
  await asks.click("button:has-text('Erase my data')");
  await leaves.locator("#ended-shown").waitFor();
  // Nobody has reloaded anything.
  await expect
    .poll(() => host.locator("#messages .msg[id^=m]").allInnerTexts())
    .toEqual(["This message was erased or withheld.", expect.stringContaining("the words that stay")]);
  await say(host, "and it goes on");
  await expect.poll(() => heard(host)).toEqual(["the words that stay", "and it goes on"]);
  expect(await host.content()).not.toMatch(/the words that go<|Lena Leaves/);
});

test("R5: a hold with a reason and an end keeps the erasure waiting, in sight of the person, and nobody without the role can set one", async () => {
  const { page: admin } = await openPerson(browser, upheld.url);
  const { page: officer } = await openPerson(browser, upheld.url);
  const { page } = await openPerson(browser, upheld.url, { javaScriptEnabled: false });
  const { page: technician } = await openPerson(browser, upheld.url);
  await register(officer, "Olga Officer");
  await register(technician, "No Officer");
  await register(page, "Has A Dispute");
  expect((await technician.goto("/desk/requests"))?.status()).toBe(403);

  await admin.goto(String(upheld.firstLink));
  await admin.fill("#user-name", "First Admin");
  await admin.fill("#password", password);
  await admin.check("#agree");
  await admin.click("main form button[type=submit]");
  await admin.waitForURL(/\/(desk|console)/);
  await admin.goto("/desk/staff");
  await admin.fill("#user-name", "Olga Officer");
  await admin.selectOption("select[name=role]", "privacy-officer");
  await admin.click("button:has-text('Give')");

  const link = await askForErasure(page);
  await officer.goto("/desk/requests");
  await officer.getByRole("link", { name: /^Hold it up.*Has A Dispute$/ }).click();
  await officer.fill("#days", "400");
  await officer.fill("#reason", "A chargeback of 40 dollars is open.");
  await officer.click("button:has-text('Set the hold')");
  await officer.getByText("Give whole days, from 1 to 180.").first().waitFor();
  expect(await officer.inputValue("#reason")).toBe("A chargeback of 40 dollars is open.");
  await officer.fill("#days", "60");
  await officer.click("button:has-text('Set the hold')");
  await officer.getByText("A chargeback of 40 dollars is open.").first().waitFor();

  // The day comes and goes; the person can see why, and until when.
  await pass(20);
  await signIn(page, "Has A Dispute");
  await page.waitForURL("**/account/erasure");
  expect(await page.locator("#held").locator("..").textContent()).toMatch(
    /an open dispute: .*A chargeback of 40 dollars is open\..*the privacy officer/,
  );

  await signIn(officer, "Olga Officer");
  await officer.waitForURL("**/console");
  await officer.goto("/desk/requests");
  await officer.click("button:has-text('End it')");
  await untilErased(page, link);
});
