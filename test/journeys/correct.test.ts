// People put right what is held about them, where they read it: in an account, as a guest, and without script (R2).
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { technician, visitor } from "../attacks/visitor.ts";
import { openBrowser, openPerson } from "../browser.ts";
import { startMailSink, type MailSink } from "../mail-sink.ts";
import { startForTest, type TestUpheld } from "../upheld.ts";
import { heard, joinRoom, openRoom, password, press, register, say } from "./steps.ts";

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

test("R2: without script an account holder corrects, adds and takes out, and nonsense is refused with what was typed kept", async () => {
  const first = await openPerson(browser, upheld.url);
  await register(first.page, "Cora Corrector", { name: "Cora Corector", company: "Gone & Sons" });
  const { page, context } = await openPerson(browser, upheld.url, { javaScriptEnabled: false, width: 390 });
  await context.addCookies(await first.context.cookies());
  await page.goto("/account/data");
  await page.click("a:has-text('Correct: Name')");
  await page.waitForURL("**/correct/profile/details#name");
  expect(await page.inputValue("#name")).toBe("Cora Corector");

  await page.fill("#name", `Cora\u0000 Corrector`);
  await press(page, "button:has-text('Save')");
  expect(await textOf(page)).toContain("Name: remove the invisible control characters.");
  expect(await page.inputValue("#company")).toBe("Gone & Sons");

  await page.fill("#name", "Cora Corrector-Klein");
  await page.fill("#company", "");
  await page.fill("#phone", "+49 40 123456");
  await press(page, "button:has-text('Save')");
  await page.waitForURL("**/account/data?corrected=0");
  const text = await textOf(page);
  expect(text).toContain("It is corrected. Nobody outside had the old value.");
  for (const part of ["Cora Corrector-Klein", "+49 40 123456"]) expect(text).toContain(part);
  for (const part of ["Gone & Sons", "Cora Corector"]) expect(text).not.toContain(part);
  expect(await page.locator("#request").innerText()).toContain("noted by the service as it happened");
  expect(await page.locator("#credential").innerText()).toContain("not corrected but replaced");
});

test("R2: a user name is changed with the rules of registration; the new one signs in, the old is free, and the address is told", async () => {
  const { page } = await openPerson(browser, upheld.url);
  await register(page, "Old Olga", { email: "olga@olga.example" });
  const confirm = (): string =>
    sink.mails.flatMap(({ text }) => /(\/account\/address\/\S+)/.exec(text ?? "")?.[1] ?? [])[0] ?? "";
  await expect.poll(confirm, { timeout: 15_000 }).not.toBe("");
  await page.goto(confirm());
  await press(page, "main button.primary");
  const other = await openPerson(browser, upheld.url);
  await register(other.page, "Taken Tom");

  await page.goto("/account/data");
  await page.click("a:has-text('Correct: User name')");
  await page.waitForURL("**/account/user-name");
  await page.fill("#user-name", "taken TOM");
  await press(page, "button:has-text('Save')");
  expect(await textOf(page)).toContain("This user name is taken");
  expect(await page.inputValue("#user-name")).toBe("taken TOM");
  await page.fill("#user-name", "New Olga");
  await press(page, "button:has-text('Save')");
  await page.waitForURL("**/account/data?corrected=*");
  await expect
    .poll(() => sink.mails.map(({ text }) => text).join("\n"), { timeout: 15_000 })
    .toContain("The user name was changed");

  const again = await openPerson(browser, upheld.url);
  await again.page.goto("/sign-in");
  await again.page.fill("#user-name", "New Olga");
  await again.page.fill("#password", password);
  await again.page.click("main button.primary");
  await again.page.waitForURL("**/console");
  await register((await openPerson(browser, upheld.url)).page, "Old Olga");
});

test("R2: who got an old address is owed word of the new one, and the person reads who", async () => {
  const { page } = await openPerson(browser, upheld.url);
  await register(page, "Anna Address", { email: "old@address.example" });
  const linkTo = (to: string): string =>
    sink.mails
      .filter((_, at) => sink.recipients[at]?.includes(to))
      .flatMap(({ text }) => /(\/account\/address\/\S+)/.exec(text ?? "")?.[1] ?? [])[0] ?? "";
  await expect.poll(() => linkTo("old@address.example"), { timeout: 15_000 }).not.toBe("");
  await page.goto(linkTo("old@address.example"));
  await press(page, "main button.primary");
  await page.goto("/account/data");
  expect(await page.locator("#telling").count()).toBe(0);
  await page.goto("/account/data");
  await page.click("a:has-text('Correct: E-mail')");
  await page.waitForURL("**/account/address");
  await page.fill("#email", "new@address.example");
  await press(page, "button:has-text('Send a link')");
  await expect.poll(() => linkTo("new@address.example"), { timeout: 15_000 }).not.toBe("");
  await page.goto(linkTo("new@address.example"));
  await press(page, "main button.primary");
  await page.goto("/account/data");
  expect(await page.locator("#telling").innerText()).toMatch(/our mail carrier[\s\S]*owed[\s\S]*E-mail/i);

  const admin = visitor(upheld.url);
  await admin.post(new URL(upheld.firstLink ?? "").pathname, {
    "user-name": "Adam Admin",
    password,
    agree: "yes",
  });
  const officer = await technician(upheld.url, "Ottilie Officer");
  expect((await officer.get("/desk/tellings")).status).toBe(403);
  await admin.post("/desk/staff", { "user-name": "Ottilie Officer", role: "privacy-officer" });
  const { text } = await officer.get("/desk/tellings");
  expect(text).toContain("our mail carrier: E-mail");
  expect(text).not.toContain("new@address.example");
  const id = /name="id" value="([\w-]{36})"/.exec(text)?.[1] ?? "";
  expect((await officer.post("/desk/tellings", { id })).status).toBe(303);
  expect((await officer.get("/desk/tellings")).text).not.toContain(id);
  await page.goto("/account/data");
  expect(await page.locator("#telling").innerText()).toMatch(/told/);
});

test("R2: a guest corrects their name by their own link, and the others in the session see the new one", async () => {
  const technician = await openPerson(browser, upheld.url);
  await register(technician.page, "Host Hedwig");
  const room = await openRoom(technician.page);
  const guest = await openPerson(browser, upheld.url);
  await joinRoom(guest.page, room.link, "Gretta Gest");
  await say(guest.page, "hello from a misspelt name");
  await expect.poll(() => heard(technician.page)).toEqual(["hello from a misspelt name"]);
  const address = new URL(await guest.page.locator("#personal-link").inputValue()).pathname;

  const { page } = await openPerson(browser, upheld.url, { javaScriptEnabled: false });
  await page.goto(address);
  await page.click("a:has-text('Correct: Name in the session')");
  await page.waitForURL("**/correct/participant/shown_as/*");
  await page.fill("#display-name", "Greta Gast");
  await press(page, "button:has-text('Save')");
  await page.waitForURL("**/mine/*?corrected=0");
  expect(await textOf(page)).toContain("Greta Gast");
  expect(await page.locator("#message").innerText()).toContain("between several people");

  await technician.page.reload();
  await expect.poll(() => technician.page.locator("main").innerText()).toContain("Greta Gast");
  expect(await technician.page.locator("main").innerText()).not.toContain("Gretta Gest");
});
