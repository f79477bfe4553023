// Public pages with nothing given: no cookie, no script, no account; and the statement is the policy that runs (C7, P1).
import { readFile } from "node:fs/promises";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, openPerson } from "../browser.ts";
import { startForTest, type TestUpheld } from "../upheld.ts";

let upheld: TestUpheld;
let browser: Browser;

beforeAll(async () => {
  [upheld, browser] = await Promise.all([startForTest(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await upheld.stop();
});

const pages = ["/", "/privacy", "/cookies", "/terms", "/register", "/sign-in", "/join"];

test("C7: every public page is whole with no cookie, no script and no account, and asks nobody else for anything", async () => {
  const { page, context } = await openPerson(browser, upheld.url, { javaScriptEnabled: false });
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).origin));
  for (const path of pages) {
    const answer = await page.goto(path);
    expect([path, answer?.status()]).toEqual([path, 200]);
    expect(await page.locator("h1").count()).toBe(1);
    expect(answer?.headers()["content-security-policy"]).toContain("default-src 'none'");
    expect(answer?.headers()["set-cookie"]).toBeUndefined();
  }
  expect(new Set(asked)).toEqual(new Set([upheld.url]));
  expect(await context.cookies()).toEqual([]);
});

test("C7: somebody without script gets from the front page to the notice of a session", async () => {
  const { page } = await openPerson(browser, upheld.url, { javaScriptEnabled: false });
  await page.goto("/");
  await page.fill("#code", "RIVER-000-000");
  await page.click("button:has-text('Join with this code')");
  await page
    .getByText(/No open session has this code/)
    .first()
    .waitFor();
  expect(await page.inputValue("#code")).toBe("RIVER-000-000");
});

type Clause = { id: string; text: string; rule: { path: string; line: number }[] };

test("P1: the statement is rendered from the policy that runs: each clause leads to the line that says so", async () => {
  const file = await readFile("policies/selmo.yaml", "utf8");
  const lines = file.split("\n").length;
  const { page } = await openPerson(browser, upheld.url);
  await page.goto("/privacy");
  const shown = (await page.locator("main").textContent()) ?? "";
  const statement = (await (await fetch(`${upheld.url}/privacy.json`)).json()) as {
    sections: { clauses: Clause[] }[];
  };
  const clauses = statement.sections.flatMap((section) => section.clauses);
  expect(clauses.length).toBeGreaterThan(40);
  for (const { id, text, rule } of clauses) {
    expect(shown).toContain(text);
    expect(await page.locator(`[id="${id}"]`).count()).toBe(1);
    for (const { line } of rule) expect(line > 0 && line <= lines).toBe(true);
  }
});

test("P1: another policy file is another statement, with forms and notices of its own", async () => {
  const ergo = await startForTest({ UPHELD_POLICY: "policies/smartergo.yaml" });
  try {
    const { page } = await openPerson(browser, ergo.url);
    await page.goto("/");
    expect(await page.title()).toBe("SmartErgo");
    await page.goto("/privacy");
    const text = (await page.locator("main").textContent()) ?? "";
    expect(text).toMatch(/\b13\b/);
    expect(text).toContain("SmartErgo");
    expect(text).not.toContain("Selmo");
    await page.goto("/register");
    const ergoFields = await page.locator("form.stack input").evaluateAll((all) => all.map(({ id }) => id));
    await page.goto(`${upheld.url}/register`);
    const selmoFields = await page.locator("form.stack input").evaluateAll((all) => all.map(({ id }) => id));
    expect(ergoFields).not.toEqual(selmoFields);
  } finally {
    await ergo.stop();
  }
});
