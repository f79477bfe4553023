// Cookies and what else a browser keeps: each one said with its life and purpose, and none but these ever set (C12).
import { readFile } from "node:fs/promises";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parsePolicy } from "../../src/policy/parse-policy.ts";
import type { Policy } from "../../src/policy/policy.ts";
import { openBrowser, openPerson } from "../browser.ts";
import { startForTest, type TestUpheld } from "../upheld.ts";
import { heard, joinRoom, openRoom, password, register, say } from "./steps.ts";

let upheld: TestUpheld;
let browser: Browser;
let policy: Policy;

beforeAll(async () => {
  const parsed = parsePolicy(await readFile("policies/selmo.yaml", "utf8"), "selmo.yaml");
  if (!parsed.policy) throw new Error("selmo.yaml does not check");
  ({ policy } = parsed);
  [upheld, browser] = await Promise.all([startForTest(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await upheld.stop();
});

const declared = (store: string) => policy.cookies.filter((cookie) => cookie.store === store);

type Found = { name: string; value: string; expires: number };
type Kept = { cookies: Found[]; local: [string, string][]; tab: [string, string][] };

/** All that a browser keeps for us at this moment. */
const keptIn = async (context: BrowserContext, page: Page): Promise<Kept> => {
  const { local, tab } = await page.evaluate(() => ({
    local: Object.entries(localStorage) as [string, string][],
    tab: Object.entries(sessionStorage) as [string, string][],
  }));
  return { cookies: await context.cookies(), local, tab };
};

test("C12: the cookie page says what cookies are, how to refuse them, and of each its name, life and purpose, in both languages", async () => {
  const { page, context } = await openPerson(browser, upheld.url, { javaScriptEnabled: false });
  for (const [language, lives, purposes, refuse] of [
    [
      "en",
      ["until you close the browser", "90 days", "365 days", "until you close the tab"],
      ["Your account", "The session", "Running the site", "Preferences"],
      "You can tell your browser to take all cookies, to take none, or to ask you.",
    ],
    [
      "de",
      ["bis Sie den Browser schließen", "90 Tage", "365 Tage", "bis Sie den Tab schließen"],
      ["Ihr Konto", "Die Sitzung", "Betrieb der Website", "Einstellungen"],
      "Sie können Ihrem Browser sagen, dass er alle Cookies nimmt, keine nimmt oder Sie fragt.",
    ],
  ] as const) {
    await page.goto(`/?language=${language}`);
    await page.click("footer a:has-text('Cookies')");
    const text = (await page.locator("main").textContent()) ?? "";
    expect(text).toContain(refuse);
    const rows = await page
      .locator("tbody tr")
      .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent ?? "")));
    expect(rows.map(([name]) => name)).toEqual(policy.cookies.map(({ name }) => name));
    for (const [, life = "", purpose = ""] of rows) {
      expect(lives).toContain(life);
      expect(purposes).toContain(purpose);
    }
    for (const { name } of policy.cookies) expect(text).toContain(`${name}: `);
  }
  expect(await context.cookies()).toEqual([]);
});

test("C12: through the whole service a browser keeps only what is declared, and nothing personal but what its bearer supplied", async () => {
  const typed = ["Cora Krumm", "cora@example.org", "Gast Guido", "half a thought", password];
  const found: Kept[] = [];
  const technician = await openPerson(browser, upheld.url);
  const look = async (person: typeof technician) => found.push(await keptIn(person.context, person.page));

  for (const path of [
    "/",
    "/privacy",
    "/cookies",
    "/terms",
    "/join",
    "/register",
    "/sign-in",
    "/preferences",
    "/nowhere",
  ]) {
    await technician.page.goto(path);
    expect(await keptIn(technician.context, technician.page)).toEqual({ cookies: [], local: [], tab: [] });
  }
  await register(technician.page, "Cora Krumm", { email: "cora@example.org" });
  await look(technician);
  await technician.page.click("button:has-text('Sign out')");
  await technician.page.waitForURL((url) => url.pathname === "/");
  await look(technician);
  await technician.page.goto("/sign-in");
  await technician.page.fill("#user-name", "Cora Krumm");
  await technician.page.fill("#password", password);
  await technician.page.click("main button:has-text('Sign in')");
  await technician.page.waitForURL("**/console");
  const room = await openRoom(technician.page);
  const guest = await openPerson(browser, upheld.url);
  await joinRoom(guest.page, room.link, "Gast Guido");
  await say(guest.page, "hello");
  await expect.poll(() => heard(technician.page)).toEqual(["hello"]);
  await guest.context.setOffline(true);
  await say(guest.page, "half a thought");
  await guest.page.fill("#message", "and a draft");
  await look(guest);
  const waiting =
    found
      .at(-1)
      ?.tab.map(([, value]) => value)
      .join() ?? "";
  expect(waiting).toContain("half a thought");
  await guest.context.setOffline(false);
  await expect.poll(() => heard(technician.page)).toContain("half a thought");
  for (const path of ["/account", "/account/choices", "/console", `/room/${room.id}`]) {
    await technician.page.goto(path);
    await look(technician);
  }

  await technician.page.goto("/preferences");
  await technician.page.check("input[name=theme][value=dark]");
  await technician.page.click("main button.primary");
  await technician.page.waitForURL("**/preferences?saved");
  await look(technician);

  const cookies = found.flatMap((one) => one.cookies);
  expect([...new Set(cookies.map(({ name }) => name))].sort()).toEqual(
    declared("cookie")
      .map(({ name }) => name)
      .sort(),
  );
  for (const { name, value, expires } of cookies) {
    const { days, holds } = declared("cookie").find((one) => one.name === name) ?? { days: -1, holds: "" };
    // Random: nothing in it can be read, so nothing in it can be about anybody. A choice: of what is offered.
    const form = holds === "choice" ? /^(en|de)?\.(light|dark)?$/ : /^[\w-]{20,}(\.[\w-]{20,})*$/;
    expect([name, value]).toEqual([name, expect.stringMatching(form)]);
    expect(expires === -1).toBe(days === null);
  }
  const local = declared("local-storage").map(({ name }) => name);
  const tab = declared("session-storage").map(({ name }) => name);
  for (const [key] of found.flatMap((one) => one.local)) expect(local).toContain(key.split(" ")[0]);
  for (const [key, value] of found.flatMap((one) => one.tab)) {
    expect(tab).toContain(key.split(" ")[0]);
    // Of what people typed, the writer's own unsent words alone.
    for (const text of typed.filter((one) => one !== "half a thought")) expect(value).not.toContain(text);
  }
});
