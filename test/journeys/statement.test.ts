// The statement as a document: whose it is, what it covers, what it follows, and each version of it, in both languages (P1, P2, P5, K7).
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parsePolicy } from "../../src/policy/parse-policy.ts";
import type { Policy } from "../../src/policy/policy.ts";
import { openBrowser, openPerson } from "../browser.ts";
import { startForTest, type TestUpheld } from "../upheld.ts";

type Clause = { id: string; text: string; promises: string[] };

let upheld: TestUpheld;
let browser: Browser;
let folder: string;
let text: string;
let words: string;
let policy: Policy;

const write = (policyText: string, wordsText: string) =>
  Promise.all([
    writeFile(path.join(folder, "selmo.yaml"), policyText),
    writeFile(path.join(folder, "words", "selmo.de.yaml"), wordsText),
  ]);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "upheld-statement-"));
  await mkdir(path.join(folder, "words"));
  text = await readFile("policies/selmo.yaml", "utf8");
  words = await readFile("policies/words/selmo.de.yaml", "utf8");
  await write(text, words);
  const parsed = parsePolicy(text, "selmo.yaml");
  if (!parsed.policy) throw new Error("selmo.yaml does not check");
  ({ policy } = parsed);
  const settings = { UPHELD_POLICY: path.join(folder, "selmo.yaml") };
  [upheld, browser] = await Promise.all([startForTest(settings), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await upheld.stop();
  await rm(folder, { recursive: true });
});

const clausesIn = async (language: string): Promise<Clause[]> => {
  const answer = await fetch(`${upheld.url}/privacy.json?language=${language}`);
  return ((await answer.json()) as { sections: { clauses: Clause[] }[] }).sections.flatMap(
    ({ clauses }) => clauses,
  );
};

const plain = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");

test("P1: each clause has its words and its see it work in German too", async () => {
  const [german, english] = [await clausesIn("de"), await clausesIn("en")];
  expect(german.map(({ id }) => id)).toEqual(english.map(({ id }) => id));
  const page = plain(await (await fetch(`${upheld.url}/privacy?language=de`)).text());
  for (const { id, text: said } of german) {
    expect(page).toContain(said);
    const answer = await fetch(`${upheld.url}/privacy/see/${id}?language=de`);
    const html = await answer.text();
    expect([id, answer.status, html.includes('<html lang="de"')]).toEqual([id, 200, true]);
    expect(plain(html)).toContain(said);
    expect(plain(html)).toContain("Was sie durchsetzt");
  }
});

test("P1: the short layer leads to the whole, and each clause's address is reached by keyboard alone", async () => {
  const { page } = await openPerson(browser, upheld.url, { javaScriptEnabled: false });
  await page.goto("/privacy?language=de");
  const short = await page
    .locator(".short a")
    .evaluateAll((all) => all.map((one) => one.getAttribute("href") ?? ""));
  expect(short.length).toBeGreaterThan(5);
  for (const href of short) expect(await page.locator(`[id="${href.slice(1)}"]`).count()).toBe(1);
  await page.locator("[id='keep-sign-ins'] .clause-link").focus();
  const outline = await page.evaluate(
    () => getComputedStyle(document.activeElement ?? document.body).outlineStyle,
  );
  expect(outline).toBe("solid");
  await page.keyboard.press("Enter");
  expect(new URL(page.url()).hash).toBe("#keep-sign-ins");
  expect(await page.locator(":target").getAttribute("id")).toBe("keep-sign-ins");
});

/** What a person without script finds of whose statement it is. */
const whose = async (page: Page) => ({
  main: (await page.locator("main").textContent()) ?? "",
  mail: await page
    .locator("a[href^='mailto:']")
    .evaluateAll((all) => all.map((one) => one.getAttribute("href"))),
});

test("P5: the statement says what it covers, whose it is, which guidelines it follows and how to reach its author", async () => {
  const { page, context } = await openPerson(browser, upheld.url, { javaScriptEnabled: false });
  for (const language of ["en", "de"]) {
    await page.goto(`/privacy?language=${language}`);
    const { main, mail } = await whose(page);
    expect(main).toContain(policy.controller.post.join(", "));
    expect(mail).toContain(`mailto:${policy.controller.email}`);
    const said = await clausesIn(language);
    for (const id of [
      "who-controller",
      "covers-sentence",
      "covers-not-sentence",
      "contact-mail",
      "contact-post",
    ])
      expect([id, main.includes(said.find((one) => one.id === id)?.text ?? "?")]).toEqual([id, true]);
    expect(said.find(({ id }) => id === "who-controller")?.text).toContain(policy.controller.name);
  }
  expect(await context.cookies()).toEqual([]);
});

test("P5: each guideline that is followed is traced to promises, and each of these to its tests", async () => {
  const promised = JSON.parse(await readFile("src/promises.json", "utf8")) as {
    id: string;
    promise: string;
  }[];
  const { page } = await openPerson(browser, upheld.url, { javaScriptEnabled: false });
  expect(policy.follows.length).toBeGreaterThan(1);
  for (const { id, name, keeps } of policy.follows) {
    const traced = keeps.filter((one) => /^[A-Z]\d+$/.test(one));
    expect(traced.length).toBeGreaterThan(2);
    await page.goto("/privacy");
    const clause = page.locator(`[id="${id.replace(".", "-")}"]`);
    expect(await clause.locator(".clause-text").textContent()).toContain(name);
    expect((await clause.locator(".promises").textContent())?.split(" ")).toEqual(traced);
    await clause.locator(".see-link").click();
    const rows = await page.locator("#promises ~ ul > li .point-text").allTextContents();
    const expected = traced.map((one) => promised.find((row) => row.id === one)?.promise.slice(1));
    expect(rows.map((row) => row.slice(1, -1))).toEqual(expected);
  }
});

test("K7: where data may go to another country, the statement names the rule under which it goes", async () => {
  const ergo = await startForTest({ UPHELD_POLICY: "policies/smartergo.yaml" });
  try {
    const { page } = await openPerson(browser, ergo.url, { javaScriptEnabled: false });
    for (const [language, title, rule] of [
      ["en", "Other countries", "may go to the United States, under the Data Privacy Framework."],
      [
        "de",
        "Andere Länder",
        "können in andere Länder gehen: die USA. Die Regel dafür: das Data Privacy Framework.",
      ],
    ] as const) {
      await page.goto(`${ergo.url}/privacy?language=${language}`);
      await page.click(`.contents a:has-text("${title}")`);
      expect(await page.locator("#section-transfer").textContent()).toContain(rule);
    }
  } finally {
    await ergo.stop();
  }
});

const second = (from: string): string =>
  from
    .replace(/^version: 1$/m, "version: 2")
    .replace("data: sign-ins, for: 90 days", "data: sign-ins, for: 30 days")
    .replace("about: your phone number", "about: the number of your telephone");

test("P2: every version is listed and stays readable in its own words, with what it changed, in both languages", async () => {
  const newWords = second(words).replace(": Ihre Telefonnummer", ": die Nummer Ihres Telefons");
  expect(newWords).toContain("die Nummer Ihres Telefons");
  await write(second(text), newWords);
  upheld = await upheld.restart();
  const { page } = await openPerson(browser, upheld.url, { javaScriptEnabled: false });
  for (const [language, list, now, before, phone] of [
    [
      "en",
      ["Version 2", "Version 1"],
      "30 days after we got it",
      "90 days after we got it",
      "your phone number",
    ],
    [
      "de",
      ["Fassung 2", "Fassung 1"],
      "30 Tage nach dem Eingang",
      "90 Tage nach dem Eingang",
      "Ihre Telefonnummer",
    ],
  ] as const) {
    await page.goto(`/privacy?language=${language}`);
    expect(await page.locator(".versions a").allTextContents()).toEqual(list);
    expect(await page.locator("#data-table").textContent()).not.toContain(phone);
    await page.click(".versions a >> nth=0");
    expect(await page.locator("#changed").textContent()).toContain(now);
    expect(await page.locator("#changed").textContent()).toContain(before);
    expect(await page.locator("[lang]:not(html, a)").count()).toBe(0);
    await page.click(".versions a >> nth=1");
    expect(await page.locator("html").getAttribute("lang")).toBe(language);
    expect(await page.locator("#data-table").textContent()).toContain(phone);
    expect(await page.locator("[id='keep-sign-ins']").textContent()).toContain(before);
  }
});

test("P2: a version that has no words in German stands in its own language, and says so in German", async () => {
  const third = text.replace(/^version: 1$/m, "version: 3");
  await write(third, words.replace("version: 1", "version: 2"));
  upheld = await upheld.restart();
  expect(upheld.lines).toContainEqual({ event: "words", code: "de", count: 1 });
  expect((await fetch(`${upheld.url}/privacy?language=de`)).headers.get("content-language")).toBe("en");

  const fourth = text.replace(/^version: 1$/m, "version: 4");
  await write(fourth, words.replace("version: 1", "version: 4"));
  upheld = await upheld.restart();
  const { page } = await openPerson(browser, upheld.url, { javaScriptEnabled: false });
  await page.goto("/privacy/v/3?language=de");
  expect(await page.locator("html").getAttribute("lang")).toBe("de");
  await page.getByText("Das gibt es nicht auf Deutsch. Es steht hier auf Englisch.").waitFor();
  expect(await page.locator("main div[lang=en] h1").textContent()).toBe("Selmo: privacy statement");
  await page.goto("/privacy/v/4?language=de");
  expect(await page.locator("h1").textContent()).toBe("Selmo: Datenschutzerklärung");
});

test("P2: a mended translation needs no new version of the policy, and the earlier wording is kept", async () => {
  await write(
    text.replace(/^version: 1$/m, "version: 4"),
    words.replace("version: 1", "version: 4").replace(": Ihre Telefonnummer", ": Ihre Rufnummer"),
  );
  upheld = await upheld.restart();
  const html = await (await fetch(`${upheld.url}/privacy/v/4?language=de`)).text();
  expect(html).toContain("Ihre Rufnummer");
  const { rows } = await upheld.asOwner((client) =>
    client.query<{ version: number; body: string }>(
      "select version, body from document where id = 'selmo/words.4.de' order by version",
    ),
  );
  expect(rows.map(({ version, body }) => [version, body.includes("Ihre Rufnummer")])).toEqual([
    [1, false],
    [2, true],
  ]);
});
