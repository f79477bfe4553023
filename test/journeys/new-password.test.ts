// A confirmed address, a new password by mail, and a word to the old address: as people meet them (C3, K8).
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, openPerson } from "../browser.ts";
import { startMailSink, type MailSink } from "../mail-sink.ts";
import { linkIn } from "../mailed-link.ts";
import { startForTest, type TestUpheld } from "../upheld.ts";
import { password, register } from "./steps.ts";

let sink: MailSink;
let upheld: TestUpheld;
let browser: Browser;

beforeAll(async () => {
  sink = await startMailSink();
  [upheld, browser] = await Promise.all([startForTest({ SMTP_URL: sink.url }), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await upheld.stop();
  await sink.close();
});

test("K8: whoever forgot the password chooses a new one by a link that is mailed to the confirmed address", async () => {
  const { page } = await openPerson(browser, upheld.url, { javaScriptEnabled: false });
  await register(page, "Forgetful Fritz", { email: "fritz@forget.example" });
  const confirming = await sink.next("fritz@forget.example");
  expect(confirming.text).toContain("Forgetful Fritz");
  await page.goto("/account/security");
  await page.getByText("is not confirmed yet").waitFor();
  await page.goto(linkIn(confirming, "/account/address"));
  await page.click("button:has-text('Yes, use this address')");
  await page.getByText("The address is confirmed").waitFor();

  const elsewhere = await openPerson(browser, upheld.url, { javaScriptEnabled: false });
  await elsewhere.page.goto("/sign-in");
  await elsewhere.page.click("a:has-text('Forgot your password?')");
  await elsewhere.page.getByText("We keep nothing of what you type here").waitFor();
  await elsewhere.page.fill("#email", "Fritz@Forget.Example");
  await elsewhere.page.click("button:has-text('Send the link')");
  await elsewhere.page.getByText("If that address is confirmed").first().waitFor();

  const mail = await sink.next("fritz@forget.example");
  await elsewhere.page.goto(linkIn(mail, "/new-password"));
  await elsewhere.page.getByText("Forgetful Fritz").waitFor();
  await elsewhere.page.fill("#password", "short");
  await elsewhere.page.click("button:has-text('Change the password')");
  await elsewhere.page.locator("#password-error", { hasText: "at least 10" }).waitFor();
  await elsewhere.page.fill("#password", "nine blue saucepans");
  await elsewhere.page.click("button:has-text('Change the password')");
  await elsewhere.page.getByText("Your password is changed").first().waitFor();
  expect((await sink.next("fritz@forget.example")).text).toMatch(/password was changed/);

  // The browser that was signed in is not any more, and the old password does not work.
  expect((await page.goto("/account"))?.status()).toBe(401);
  for (const [word, path] of [
    [password, "/sign-in"],
    ["nine blue saucepans", "/console"],
  ] as const) {
    await page.goto("/sign-in");
    await page.fill("#user-name", "forgetful fritz");
    await page.fill("#password", word);
    await page.click("main button:has-text('Sign in')");
    await page.waitForURL(`**${path}`);
  }
});

test("C3: without an address the account says what can't be done, and a new address tells the old one", async () => {
  const { page } = await openPerson(browser, upheld.url, { javaScriptEnabled: false });
  await register(page, "Addressless Ali");
  await page.goto("/account/security");
  await page.getByText("nobody can send you a new password").waitFor();
  const change = async (address: string) => {
    await page.goto("/account/address");
    await page.fill("#email", address);
    await page.click("button:has-text('Send a link to it')");
    await page.getByText("A mail is on its way").first().waitFor();
    await page.goto(linkIn(await sink.next(address), "/account/address"));
    await page.click("button:has-text('Yes, use this address')");
    await page.getByText("The address is confirmed").waitFor();
  };
  await change("old@ali.example");
  await change("new@ali.example");
  expect((await sink.next("old@ali.example")).text).toMatch(/address was changed/);
  await page.goto("/account");
  expect(await page.locator("main").textContent()).toContain("new@ali.example");
  expect(await page.locator("main").textContent()).not.toContain("old@ali.example");

  await page.goto("/account/address");
  await page.click("button:has-text('Take the address out')");
  await page.getByText("You have named none").waitFor();
  expect((await sink.next("new@ali.example")).text).toMatch(/was taken out/);
});
