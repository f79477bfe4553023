// Somebody writes in: found, recognised, asked for, held up, and told; and what ends when (R7, R5, K6, K3).
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, openPerson } from "../browser.ts";
import { startMailSink, type MailSink } from "../mail-sink.ts";
import { linkIn } from "../mailed-link.ts";
import { startForTest, type TestUpheld } from "../upheld.ts";
import { visitor, password } from "../attacks/visitor.ts";
import { register } from "./steps.ts";

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

const officer = async (): Promise<Page> => {
  const { page: admin } = await openPerson(browser, upheld.url);
  await admin.goto(new URL(upheld.firstLink ?? "").pathname);
  await admin.fill("#user-name", "Grace Admin");
  await admin.fill("#password", password);
  await admin.check("#agree");
  await admin.locator("main button[type=submit]").first().click();
  await admin.waitForURL("**/desk");
  const { page } = await openPerson(browser, upheld.url, { javaScriptEnabled: false });
  await register(page, "Olga Officer");
  await admin.goto("/desk/staff");
  await admin.fill("#user-name", "olga officer");
  await admin.selectOption("select[name=role]", "privacy-officer");
  await admin.getByRole("button", { name: "Give" }).click();
  await admin.locator("#staff ~ .rows", { hasText: "Olga Officer" }).waitFor();
  return page;
};

test("R7: somebody who wrote in is found by the exact address, recognised, asked for, and told by mail and on their page", async () => {
  const writer = visitor(upheld.url);
  const email = "wanda@writes.example";
  await writer.post("/register", { "user-name": "Writing Wanda", password, email, agree: "yes" });
  await writer.post(linkIn(await sink.next(email), "/account/address"), {});
  const page = await officer();

  await page.goto("/desk");
  await page.getByRole("link", { name: "Somebody who wrote in" }).click();
  await page.fill("#who", "wand@writes.example");
  await page.getByRole("button", { name: "Look up" }).click();
  await page.getByText("Nobody here has exactly this address").first().waitFor();
  expect(await page.inputValue("#who")).toBe("wand@writes.example");
  await page.fill("#who", "Wanda@writes.example");
  await page.getByRole("button", { name: "Look up" }).click();
  await page.getByRole("heading", { name: "Writing Wanda" }).waitFor();
  expect(page.url()).not.toContain("wanda");
  // Before a request of hers is under way nothing of hers is shown.
  await page.getByText("Nothing is shown until a request").waitFor();

  await page.selectOption("#kind", "erasure");
  await page.selectOption("#place", "letter");
  await page.getByRole("button", { name: "Record it" }).click();
  await page.fill("#how", "   ");
  await page.getByRole("button", { name: "Record it" }).click();
  await page.getByText("Say by what you recognised them").first().waitFor();
  expect((await writer.get("/account")).status).toBe(200);
  await page.fill("#how", "Her letter bears the number of her invoice, and we called her back.");
  await page.getByRole("button", { name: "Record it" }).click();
  await page.locator("#cases ~ .rows", { hasText: "erasure" }).waitFor();
  // At once nothing is used any more, and whoever is at the address is told.
  expect((await writer.get("/account")).status).toBe(401);
  const told = await sink.next(email);
  expect(told.text).toContain("to have your data erased");
  await page.locator("#held ~ h3").first().waitFor();
  const shown = await page.locator("main").innerText();
  expect(shown).toContain("wanda@writes.example");
  expect(shown).not.toContain("127.0.0.1");

  await page.goto("/desk/requests");
  await page.locator("#requests ~ .rows", { hasText: "Writing Wanda" }).waitFor();

  const back = visitor(upheld.url);
  await back.post("/sign-in", { "user-name": "writing wanda", password });
  const held = (await back.get("/account/data/kinds/recognition")).text;
  expect(held).toContain("Her letter bears the number of her invoice");
  const looked = (await back.get("/account/data/kinds/look")).text;
  expect(looked).toContain("/desk/people");
  expect(looked).not.toContain("Olga");
});

test("K3: the officer sees who of the staff looked where, and nobody whom it was about", async () => {
  const admin = visitor(upheld.url);
  await admin.post("/sign-in", { "user-name": "olga officer", password });
  const { status, text } = await admin.get("/desk/looks");
  expect(status).toBe(200);
  expect(text).toContain("/desk/people");
  expect(text).toContain("Olga Officer");
  expect(text).not.toContain("Wanda");
});

test("K6: what of one's own ends when stands on one page, the next end first, and on the desk as counts", async () => {
  const { page } = await openPerson(browser, upheld.url);
  await register(page, "Ending Erna");
  await page.goto("/account/data");
  await page.getByRole("link", { name: "When it ends" }).click();
  await page.getByRole("heading", { name: "When it ends" }).waitFor();
  // Page requests are written behind the answer.
  await expect
    .poll(async () => {
      await page.reload();
      return page.locator("main ol.rows > li").allInnerTexts();
    })
    .toEqual(expect.arrayContaining([expect.stringContaining("Internet address")]));
  const rows = await page.locator("main ol.rows > li").allInnerTexts();
  const at = (words: string) => rows.findIndex((row) => row.includes(words));
  expect(at("Internet address")).toBeLessThan(at("Sign-ins"));
  expect(at("Sign-ins")).toBeLessThan(at("User name"));
  const days = await page
    .locator("main ol.rows > li time")
    .evaluateAll((times) =>
      times.map((time) => Date.parse((time as unknown as { dateTime: string }).dateTime)),
    );
  expect(Math.round((Math.min(...days) - Date.now()) / 86_400_000)).toBe(30);

  const admin = visitor(upheld.url);
  await admin.post("/sign-in", { "user-name": "grace admin", password });
  const { text } = await admin.get("/desk/ends");
  expect(text).toContain("Nothing is kept beyond its end");
  for (const table of ["request", "sign_in", "message", "look"])
    expect(text).toContain(`<code>${table}</code>`);
  expect(text).not.toContain("Erna");
});
