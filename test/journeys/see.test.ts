// From the statement to what makes it true: each clause to its rule, its page and its tests, and each version to what it changed (P1, P2).
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, openPerson } from "../browser.ts";
import { startForTest, type TestUpheld } from "../upheld.ts";

type Clause = { id: string; text: string; promises: string[]; rule: { path: string; line: number }[] };

let upheld: TestUpheld;
let browser: Browser;
let folder: string;
let file: string;
let selmo: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "upheld-see-"));
  file = path.join(folder, "ours.yaml");
  selmo = (await readFile("policies/selmo.yaml", "utf8")).replace(/^policy: selmo$/m, "policy: ours");
  await writeFile(file, selmo);
  [upheld, browser] = await Promise.all([startForTest({ UPHELD_POLICY: file }), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await upheld.stop();
  await rm(folder, { recursive: true });
});

const clausesOf = async (): Promise<Clause[]> => {
  const statement = (await (await fetch(`${upheld.url}/privacy.json`)).json()) as {
    sections: { clauses: Clause[] }[];
  };
  return statement.sections.flatMap(({ clauses }) => clauses);
};

test("P1: from a clause to the line of the policy that says so, to the live form, with no script", async () => {
  const { page, context } = await openPerson(browser, upheld.url, { javaScriptEnabled: false });
  await page.goto("/privacy");
  await page.click("[id='collect-technician-registration-need'] .see-link");
  const clause = (await clausesOf()).find(({ id }) => id === "collect-technician-registration-need");
  expect(await page.locator(".said").textContent()).toBe(clause?.text);
  const line = clause?.rule[0]?.line ?? 0;
  expect(await page.locator(".rule .hint").first().textContent()).toBe(`ours.yaml, line ${line}`);
  const shown = (await page.locator(".rule pre").textContent()) ?? "";
  expect(shown.split("\n")[0]).toBe(selmo.split("\n")[line - 1]?.trim());
  expect(await page.locator("#promises ~ ul .state").allInnerTexts()).toHaveLength(
    clause?.promises.length ?? -1,
  );
  await page.click("a:has-text('The form for opening an account')");
  expect(await page.locator("input#user-name").count()).toBe(1);
  expect(await context.cookies()).toEqual([]);
});

/** What a clause's page shows, read at once: there are some hundred and forty of them. */
const seenOn = (page: Page) =>
  page.evaluate(() => {
    const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
    return {
      rules: all(".rule h3").map((one) => one.innerText),
      promises: all("#promises ~ ul > li").length,
      built: all(".rule .points .state").map((one) => !one.classList.contains("open")),
      hrefs: all("#live ~ .actions a").map((one) => one.getAttribute("href") ?? ""),
    };
  });

test("P1: every clause of the statement has its page, with each of its rules, and a page that works where one is named", async () => {
  const { page } = await openPerson(browser, upheld.url);
  await page.route(/\.(css|js|svg)$/, (route) => route.abort());
  await page.goto("/privacy");
  const clauses = await clausesOf();
  const links = await page
    .locator(".see-link")
    .evaluateAll((all) => all.map((one) => one.getAttribute("href")));
  expect(links).toEqual(clauses.map(({ id }) => `/privacy/see/${id}`));
  const live = new Set<string>();
  for (const { id, rule, promises } of clauses) {
    const answer = await page.goto(`/privacy/see/${id}`);
    expect([id, answer?.status()]).toEqual([id, 200]);
    const seen = await seenOn(page);
    expect(seen.rules).toEqual(rule.map((one) => one.path));
    expect(seen.promises).toBe(promises.length);
    expect(seen.built.length).toBeGreaterThanOrEqual(rule.length);
    if (!seen.built.includes(true)) expect([id, seen.hrefs]).toEqual([id, []]);
    for (const href of seen.hrefs) live.add(href);
  }
  expect(live.size).toBeGreaterThan(6);
  for (const href of live) {
    const answer = await page.goto(href);
    const asked = ["/account", "/account/data", "/console"].includes(href) ? 401 : 200;
    expect([href, answer?.status()]).toEqual([href, asked]);
    const part = href.split("#")[1];
    if (part !== undefined) expect(await page.locator(`[id="${part}"]`).count()).toBe(1);
  }
});

test("a clause that does not exist has no page, whatever it is called", async () => {
  for (const id of ["nothing", "%00", "..%2f..%2fetc", "a".repeat(5000), "<img src=x>"]) {
    const answer = await fetch(`${upheld.url}/privacy/see/${id}`);
    expect([id, answer.status]).toEqual([id, 404]);
    expect(await answer.text()).not.toContain("<img");
  }
});

test("the statement is there for machines, in the words of the Data Privacy Vocabulary", async () => {
  const { page } = await openPerson(browser, upheld.url);
  await page.goto("/privacy");
  const href = await page.locator("a:has-text('privacy.jsonld')").getAttribute("href");
  const answer = await fetch(`${upheld.url}${href}`);
  expect(answer.headers.get("content-type")).toBe("application/ld+json; charset=utf-8");
  const { "@context": context, "@graph": graph } = (await answer.json()) as {
    "@context": { dpv: string };
    "@graph": { "@id": string; "@type": string }[];
  };
  expect(context.dpv).toBe("https://w3id.org/dpv#");
  expect(graph.filter((node) => node["@type"] === "dpv:PrivacyNotice")).toHaveLength(1);
});

test("a version says what it changed, and the one before is still there to be read", async () => {
  await writeFile(
    file,
    selmo
      .replace(/^version: 1$/m, "version: 2")
      .replace("data: sign-ins, for: 90 days", "data: sign-ins, for: 30 days")
      .replace("interests], for: direct-marketing", "interests, phone], for: direct-marketing"),
  );
  upheld = await upheld.restart();
  const { page } = await openPerson(browser, upheld.url);
  await page.goto("/privacy");
  await page.click("a:has-text('What changed in version 2')");
  const changed = page.locator("#changed");
  expect(await changed.locator("h2").textContent()).toBe("What changed since version 1");
  expect(await changed.locator("h3").allInnerTexts()).toEqual([
    "What is newly allowed",
    "What is kept shorter",
  ]);
  expect(await changed.textContent()).toContain("Sign-ins (from “Sign in”): 30 days after we got it.");
  expect(await changed.textContent()).toContain("We tell them at least 30 days before.");
  await changed.locator("summary").click();
  expect(await changed.locator("del").allInnerTexts()).toContain(
    "We keep for 90 days after we got it: sign-ins.",
  );
  await page.goto("/privacy/v/1");
  expect(await page.locator("#changed").count()).toBe(0);
  expect(await page.locator(".see-link").count()).toBe(0);
  expect(await page.locator("[id='keep-sign-ins']").textContent()).toContain("for 90 days");
  await page.click("a:has-text('Read that one')");
  expect(await page.locator("[id='keep-sign-ins']").textContent()).toContain("for 30 days");
});
