// A changed policy file is looked at on the desk and put in force while the service runs and a session goes on (P2, P3).
import { copyFile, readFile, writeFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { guest, lineInto, openRoom, technician } from "../attacks/visitor.ts";
import { openBrowser, openPerson } from "../browser.ts";
import { startForTest, type TestUpheld } from "../upheld.ts";
import { versionOf } from "../versions-of.ts";
import { password, register } from "./steps.ts";

let upheld: TestUpheld;
let browser: Browser;
let file: string;

const [before, after] = [
  "- { data: [email, name, phone], for: provide-service",
  "- { data: [email, name, phone, postal-address], for: provide-service",
];

beforeAll(async () => {
  file = await versionOf(1, "2026-11-22", []);
  await copyFile("policies/selmo.yaml", file);
  [upheld, browser] = await Promise.all([startForTest({ UPHELD_POLICY: file }), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await upheld.stop();
});

const administrator = async (): Promise<Page> => {
  const { page } = await openPerson(browser, upheld.url, { javaScriptEnabled: false });
  await page.goto(new URL(upheld.firstLink ?? "").pathname);
  await page.fill("#user-name", "Grace Admin");
  await page.fill("#password", password);
  await page.check("#agree");
  await page.locator("main button[type=submit]").first().click();
  await page.waitForURL("**/desk");
  return page;
};

const raise = async (replaced: readonly (readonly [string, string])[], version: number): Promise<void> => {
  await copyFile(await versionOf(version, "2026-11-22", replaced), file);
};

const runs = async (version: number): Promise<void> => {
  await expect
    .poll(async () => (await fetch(`${upheld.url}/privacy.json`).then((one) => one.json())) as unknown, {
      timeout: 20_000,
    })
    .toMatchObject({ version });
};

test("P2: a changed policy is put in force from the desk, without a restart and without a word lost in a session", async () => {
  const page = await administrator();
  const { page: known } = await openPerson(browser, upheld.url);
  await register(known, "Knows Version One", { email: "one@example.org" });
  const host = await technician(upheld.url, "Talks On");
  const room = await openRoom(host);
  const customer = await guest(upheld.url, room, "Cus");
  const line = await lineInto(upheld.url, room.id, customer.cookie());
  await line.until(({ t }) => t === "welcome");
  line.send({ t: "say", id: crypto.randomUUID(), text: "before the change" });
  await line.until(({ t, text }) => t === "said" && text === "before the change");

  await page.getByRole("link", { name: "selmo.yaml" }).click();
  await page.getByRole("heading", { name: "Nothing to do" }).waitFor();

  await writeFile(
    file,
    (await readFile(file, "utf8")).replace("for: provide-service", "for: provide-servise"),
  );
  await page.reload();
  await page.getByRole("heading", { name: "It can’t be put in force" }).waitFor();
  expect(await page.locator("pre").textContent()).toContain("provide-servise");

  await raise([[before, after]], 2);
  await page.reload();
  expect(await page.locator("main").textContent()).toMatch(/Here that is \d of 4 people/);
  expect(await page.locator("main").textContent()).toContain("A notice, by");
  await page.getByRole("button", { name: "Put version 2 in force" }).click();
  await page.waitForURL("**/desk/policy");
  await runs(2);

  // The page's line is cut and begun anew, as after a restart; what was said is there, once and in order.
  await line.closed;
  const again = await lineInto(upheld.url, room.id, customer.cookie());
  await again.until(({ t }) => t === "welcome");
  again.send({ t: "say", id: crypto.randomUUID(), text: "after the change" });
  await again.until(({ t, text }) => t === "said" && text === "after the change");
  expect(again.frames.flatMap(({ t, text }) => (t === "said" ? [text] : []))).toEqual([
    "before the change",
    "after the change",
  ]);

  await known.goto("/console");
  await known.locator(".news").getByText("has a new version 2").waitFor();
  await page.goto("/desk");
  for (const wall of ["walls", "ledger"])
    expect(await page.locator(`section[aria-labelledby=${wall}]`).textContent()).not.toContain("Broken");
  expect(upheld.lines.filter(({ event }) => event === "fault")).toEqual([]);
});

test("P3: what was changed since it was looked at is not put in force, nor what was published with other words", async () => {
  const { page } = await openPerson(browser, upheld.url, { javaScriptEnabled: false });
  await page.goto("/sign-in?next=/desk/policy");
  await page.fill("#user-name", "Grace Admin");
  await page.fill("#password", password);
  await page.locator("main button[type=submit]").first().click();
  await page.waitForURL("**/desk/policy");

  await raise([[before, after]], 3);
  await page.reload();
  await raise([], 3);
  await page.getByRole("button", { name: "Put version 3 in force" }).click();
  await page.getByRole("alert").getByText("The file has changed since you looked at it").waitFor();

  await raise([], 1);
  await writeFile(file, (await readFile(file, "utf8")).replace("without obligation", "with no obligation"));
  await writeFile(file, `${await readFile(file, "utf8")}\n# other words\n`);
  await page.reload();
  await page.getByRole("button", { name: "Put version 1 in force" }).click();
  await page.getByRole("alert").getByText("was published with other words").waitFor();
  await runs(2);
});

test("P2: nobody but an administrator sees the file, or puts it in force", async () => {
  const { page } = await openPerson(browser, upheld.url);
  await register(page, "No Administrator");
  await page.goto("/desk/policy");
  await page.getByText("This is not open to you").waitFor();
});
