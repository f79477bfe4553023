// Passkeys: an account without a password, signing in, proving again, adding and removing (C3, O6).
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addAuthenticator, passkeysOn } from "../authenticator.ts";
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

test("C3: a user name and a passkey are enough to register, and the passkey signs in again", async () => {
  const { page } = await openPerson(browser, upheld.url);
  const device = await addAuthenticator(page);
  await page.goto("/register");
  await page.fill("#user-name", "Passkey Paula");
  await page.check("#agree");
  await page.click("button:has-text('Use a passkey')");
  await page.waitForURL("**/console");
  expect((await passkeysOn(device)).length).toBe(1);

  await page.goto("/account/security");
  await page.getByText("You have none: a passkey opens your account").waitFor();
  await page.locator("header button:has-text('Sign out')").click();
  await page.waitForURL((url) => url.pathname === "/");

  await page.goto("/sign-in?next=/account");
  await page.click("button:has-text('Sign in with a passkey')");
  await page.waitForURL("**/account");
  await page.getByText("Passkey Paula").first().waitFor();

  const { rows } = await upheld.asOwner((client) =>
    client.query(
      "select 1 from credential c join subject s on s.id = c.subject where s.kind <> 'decoy' union all select 1 from passkey",
    ),
  );
  expect(rows.length).toBe(1);
});

test("C3: what was typed, and the passkey, are kept when the name is taken", async () => {
  const { page } = await openPerson(browser, upheld.url);
  const device = await addAuthenticator(page);
  await register((await openPerson(browser, upheld.url)).page, "Taken Thea");
  await page.goto("/register");
  await page.fill("#user-name", "Taken Thea");
  await page.fill("#company", "Kettles & Co");
  await page.check("#agree");
  await page.click("button:has-text('Use a passkey')");
  await page.getByText("This user name is taken").first().waitFor();
  expect(await page.inputValue("#company")).toBe("Kettles & Co");
  await page.fill("#user-name", "Free Freda");
  await page.click("button:has-text('Open the account')");
  await page.waitForURL("**/console");
  expect((await passkeysOn(device)).length).toBe(1);
});

test("C3: without script the form says what a passkey needs, and the password works", async () => {
  const { page } = await openPerson(browser, upheld.url, { javaScriptEnabled: false });
  await page.goto("/register");
  expect(await page.locator("noscript .hint").textContent()).toContain("needs this site's own script");
  expect(await page.locator("button:has-text('Use a passkey')").isVisible()).toBe(false);
  await register(page, "Scriptless Sid");
});

test("O6: the passkey is asked for again where there is no password, and leads on", async () => {
  const { page } = await openPerson(browser, upheld.url);
  await addAuthenticator(page);
  await page.goto("/register");
  await page.fill("#user-name", "Proving Petra");
  await page.check("#agree");
  await page.click("button:has-text('Use a passkey')");
  await page.waitForURL("**/console");
  await upheld.moveClock(31 / 1440);
  await expect.poll(async () => (await page.goto("/account")) && page.url()).toContain("/prove");
  expect(await page.locator("#prove-password").count()).toBe(0);
  await page.click("button:has-text('Go on with a passkey')");
  await page.waitForURL("**/account");
});

test("K8: a passkey is added beside the password, named, used and removed; the last way in stays", async () => {
  const { page } = await openPerson(browser, upheld.url);
  await addAuthenticator(page);
  await register(page, "Adding Ada");
  await page.goto("/account/security");
  await page.click("a:has-text('Add a passkey')");
  await page.fill("#label", "work laptop");
  await page.click("button:has-text('Make the passkey')");
  await page.waitForURL("**/account/security?said=passkey");
  await page.getByText("work laptop").first().waitFor();

  await page.locator("header button:has-text('Sign out')").click();
  await page.goto("/sign-in");
  await page.click("button:has-text('Sign in with a passkey')");
  await page.waitForURL("**/console");
  await page.goto("/account/security");
  await page.getByText(/last used/).waitFor();
  await page.click("button:has-text('Remove')");
  await page.getByText("The passkey is removed").waitFor();
  expect(await page.getByText("work laptop").count()).toBe(0);

  const alone = await openPerson(browser, upheld.url);
  await addAuthenticator(alone.page);
  await alone.page.goto("/register");
  await alone.page.fill("#user-name", "Lone Lola");
  await alone.page.check("#agree");
  await alone.page.click("button:has-text('Use a passkey')");
  await alone.page.waitForURL("**/console");
  await alone.page.goto("/account/security");
  await alone.page.click("button:has-text('Remove')");
  await alone.page.getByText("your only way to sign in").waitFor();
  await alone.page.click("a:has-text('Choose one')");
  await alone.page.fill("#password", password);
  await alone.page.click("main button:has-text('Choose a password')");
  await alone.page.getByText("Your password is changed").waitFor();
});
