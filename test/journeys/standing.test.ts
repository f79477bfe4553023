// Restricting the use of one's data, and asking for its erasure, as the person at the browser and the others in the session see it (R3, R4).
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, openPerson } from "../browser.ts";
import { startForTest, type TestUpheld } from "../upheld.ts";
import { heard, joinRoom, openRoom, password, register, say } from "./steps.ts";

let upheld: TestUpheld;
let browser: Browser;

beforeAll(async () => {
  [upheld, browser] = await Promise.all([startForTest(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await upheld.stop();
});

const signIn = async (page: Page, userName: string): Promise<void> => {
  await page.goto("/sign-in");
  await page.fill("#user-name", userName);
  await page.fill("#password", password);
  await page.click("main button:has-text('Sign in')");
};

test("R3: every use is refused from the moment of the restriction, in an open session too, until the person lifts it", async () => {
  const { page } = await openPerson(browser, upheld.url);
  const { page: elsewhere } = await openPerson(browser, upheld.url);
  const { page: guest } = await openPerson(browser, upheld.url);
  await register(page, "Restricts Her Data");
  await signIn(elsewhere, "Restricts Her Data");
  await elsewhere.waitForURL("**/console");
  const room = await openRoom(elsewhere);
  await joinRoom(guest, room.link, "Gustav");
  await say(guest, "are you there?");
  await say(elsewhere, "my secret");
  await expect.poll(() => heard(guest)).toEqual(["are you there?", "my secret"]);

  await page.goto("/account");
  await page.click("text=Use of your data");
  await page.click("button:has-text('Restrict the use')");
  await page.locator(".state.holds", { hasText: "Restricted" }).waitFor();

  // The session that was open elsewhere is over, and what she wrote is not shown any more.
  await guest.locator("#ended-shown").waitFor();
  await guest.reload();
  await expect.poll(() => guest.content()).not.toContain("my secret");
  expect((await page.goto("/console"))?.status()).toBe(403);
  await page.getByText("You have restricted this use").waitFor();
  expect((await page.goto("/account"))?.status()).toBe(200);

  // She can come back, and lift it.
  await signIn(elsewhere, "Restricts Her Data");
  await elsewhere.goto("/account/use");
  await elsewhere.click("button:has-text('Lift the restriction')");
  await elsewhere.locator("button:has-text('Restrict the use')").waitFor();
  expect((await page.goto("/console"))?.status()).toBe(200);
  await page.goto(`/sessions/${room.id}`);
  await page.getByText("my secret").waitFor();
});

test("R4: an erasure that is asked for closes the account at once, everywhere, and can be taken back until its day", async () => {
  const { page } = await openPerson(browser, upheld.url, { javaScriptEnabled: false });
  const { page: elsewhere } = await openPerson(browser, upheld.url);
  const { page: guest } = await openPerson(browser, upheld.url);
  await register(page, "Goes Away");
  await signIn(elsewhere, "Goes Away");
  await elsewhere.waitForURL("**/console");
  const room = await openRoom(elsewhere);
  await joinRoom(guest, room.link);

  await page.goto("/account/erasure");
  expect(await page.locator("main").textContent()).toMatch(/everything goes/);
  const due = await page.locator("time.due").first().getAttribute("datetime");
  await page.click("button:has-text('Close my account')");
  await page.getByText("Your account is closed").first().waitFor();
  const link = page.url();
  expect(await page.locator("time.due").first().getAttribute("datetime")).toBe(due);

  // Signed out here and there, and the session is over for everybody.
  await guest.locator("#ended-shown").waitFor();
  await elsewhere.goto("/account");
  await elsewhere.waitForURL("**/sign-in**").catch(() => undefined);
  expect(await elsewhere.locator("main").textContent()).toContain("Sign in");

  // Whoever signs in is led to where it can be taken back, and to nothing else.
  await signIn(elsewhere, "Goes Away");
  await elsewhere.waitForURL("**/account/erasure");
  await elsewhere.goto("/console");
  await elsewhere.waitForURL("**/account/erasure");
  await elsewhere.click("button:has-text('Take it back')");
  await elsewhere.waitForURL("**/account");
  expect((await elsewhere.goto("/console"))?.status()).toBe(200);
  await page.goto(link);
  await page.getByText("This erasure was taken back").first().waitFor();
});

test("R4: a link to an erasure that was never given out leads nowhere", async () => {
  const { page } = await openPerson(browser, upheld.url);
  for (const token of ["x", "A".repeat(43)])
    expect((await page.goto(`/erasure/${token}`))?.status()).toBe(404);
});
