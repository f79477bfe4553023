// The public pages in the reader's language: by a link, by what the browser asks for, without script and without a cookie (P1, C7).
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, openPerson } from "../browser.ts";
import { startForTest, type TestUpheld } from "../upheld.ts";
import { register } from "./steps.ts";

let upheld: TestUpheld;
let browser: Browser;

beforeAll(async () => {
  [upheld, browser] = await Promise.all([startForTest(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await upheld.stop();
});

const ask = (path: string, language?: string) =>
  fetch(`${upheld.url}${path}`, language === undefined ? {} : { headers: { "accept-language": language } });

const languageOf = async (answer: Response): Promise<string | undefined> =>
  /<html lang="([^"]*)"/.exec(await answer.text())?.[1];

test("P1: the statement is read in German by a link, which every public page then keeps, with no script and no cookie", async () => {
  const { page, context } = await openPerson(browser, upheld.url, { javaScriptEnabled: false });
  await page.goto("/privacy");
  expect(await page.locator("html").getAttribute("lang")).toBe("en");
  await page.click("a[hreflang=de]");
  const to = new Set<string>();
  for (const path of [
    "/privacy",
    "/",
    "/terms",
    "/guidelines/session-usage",
    "/register",
    "/sign-in",
    "/join",
  ]) {
    await page.goto(`${path}?language=de`);
    expect([path, await page.locator("html").getAttribute("lang")]).toEqual([path, "de"]);
    const hrefs = await page
      .locator("a[href^='/'], form")
      .evaluateAll((all) => all.map((one) => one.getAttribute("href") ?? one.getAttribute("action") ?? ""));
    for (const href of hrefs) to.add(href);
    const back = page.locator("a[hreflang=en]");
    expect([await back.textContent(), await back.getAttribute("lang")]).toEqual(["English", "en"]);
  }
  // A form that asks by query carries the language in a field.
  const plain = [...to].filter((href) => !/[?&]language=de(#|$)/.test(href));
  expect(plain.sort()).toEqual(["/join"]);
  await page.goto("/join?language=de");
  await page.fill("#code", "RIVER-000-000");
  await page.click("button:has-text('Mit diesem Code beitreten')");
  await page
    .getByText(/Keine offene Sitzung hat diesen Code/)
    .first()
    .waitFor();
  expect(await context.cookies()).toEqual([]);
});

test("P1: the browser's wish counts where no link was followed, and an unknown one is the policy's own language", async () => {
  for (const [wish, language] of [
    [undefined, "en"],
    ["de", "de"],
    ["de-AT,de;q=0.9,en;q=0.5", "de"],
    ["fr, de;q=0.4, en;q=0.2", "de"],
    ["en-GB, de;q=0.9", "en"],
    ["de;q=0, en;q=0.1", "en"],
    ["ja", "en"],
    ["*", "en"],
    [";;q=,,de;q=9", "de"],
  ] as const) {
    const answer = await ask("/privacy", wish);
    expect([wish, answer.headers.get("content-language")]).toEqual([wish, language]);
    expect(answer.headers.get("vary")).toContain("Accept-Language");
    expect(await languageOf(answer)).toBe(language);
  }
  expect(await languageOf(await ask("/privacy?language=en", "de"))).toBe("en");
  for (const none of ["fr", "", "../../de", "constructor"])
    expect(await languageOf(await ask(`/privacy?language=${none}`))).toBe("en");
  expect(await languageOf(await ask("/nowhere", "de"))).toBe("de");
});

test("P1: each page says to search engines where it is found in each language", async () => {
  const { page } = await openPerson(browser, upheld.url);
  await page.goto("/privacy?language=de");
  const at = `${upheld.url}/privacy`;
  const links = await page
    .locator("link[rel=canonical], link[rel=alternate]")
    .evaluateAll((all) => all.map((one) => [one.getAttribute("hreflang"), one.getAttribute("href")]));
  expect(links).toEqual([
    [null, `${at}?language=de`],
    ["en", `${at}?language=en`],
    ["de", `${at}?language=de`],
    ["x-default", at],
  ]);
});

test("P1: the forms and notices say in German what is asked and recorded, and what was wrong with an answer", async () => {
  const { page } = await openPerson(browser, upheld.url, { javaScriptEnabled: false });
  await page.goto("/register?language=de");
  const notice = (await page.locator("section:has(#passive)").textContent()) ?? "";
  for (const part of ["Ihre Internetadresse", "mit Ihrer Registrierung"]) expect(notice).toContain(part);
  await page.fill("#user-name", "Gerda");
  await page.fill("#password", "kurz");
  await page.fill("#email", "gerda@nirgends");
  await page.check("#agree");
  await page.click("button:has-text('Konto eröffnen')");
  await page.locator("#email-error", { hasText: "name@example.org" }).waitFor();
  expect(await page.locator("#password-error").textContent()).toContain("mindestens 10 Zeichen");
  expect(await page.locator("html").getAttribute("lang")).toBe("de");
  expect(await page.inputValue("#user-name")).toBe("Gerda");
});

test("R1: what is held about somebody is read in German from page to page, data and rules too, with no script", async () => {
  const own = await openPerson(browser, upheld.url);
  await register(own.page, "Gerda Deutsch", { email: "gerda@deutsch.example" });
  const { page, context } = await openPerson(browser, upheld.url, { javaScriptEnabled: false });
  await context.addCookies(await own.context.cookies());
  await page.goto("/account/data?language=de");
  const main = page.locator("main");
  for (const part of ["Was über Sie gespeichert ist", "Als Technikerin oder Techniker registrieren"])
    expect(await main.innerText()).toContain(part);
  await page.locator("#profile summary").click();
  expect(await page.locator("#profile .held-facts").innerText()).toMatch(
    /unser Mail.*zurzeit nicht|zurzeit nicht.*unser Mail/s,
  );
  const hrefs = await main
    .locator("a[href^='/']")
    .evaluateAll((all) => all.map((one) => one.getAttribute("href") ?? ""));
  expect(hrefs.filter((href) => !/[?&]language=de(#|$)/.test(href))).toEqual([]);
  for (const [link, title] of [
    ["Wann es endet", "Wann es endet"],
    ["Was über Sie gespeichert ist", "Was über Sie gespeichert ist"],
  ] as const) {
    await page.click(`main a:has-text('${link}')`);
    await page.locator("h1", { hasText: title }).waitFor();
  }
});

test("C6: an account is read and looked after in German from page to page, refusals too, with no script", async () => {
  const own = await openPerson(browser, upheld.url);
  await register(own.page, "Konrad Konto", { email: "konrad@konto.example" });
  const { page, context } = await openPerson(browser, upheld.url, { javaScriptEnabled: false });
  await context.addCookies(await own.context.cookies());
  const main = page.locator("main");
  const isGerman = async (title: string): Promise<void> => {
    await page.locator("h1", { hasText: title }).waitFor();
    expect([title, await page.locator("html").getAttribute("lang")]).toEqual([title, "de"]);
    const led = await main
      .locator("a[href^='/'], form")
      .evaluateAll((all) => all.map((one) => one.getAttribute("href") ?? one.getAttribute("action") ?? ""));
    expect(led.filter((to) => !/[?&]language=de(#|$)/.test(to))).toEqual([]);
  };
  for (const [path, title] of [
    ["/account", "Ihr Konto"],
    ["/account/choices", "Ihre Wahl"],
    ["/account/use", "Nutzung Ihrer Daten"],
    ["/account/erasure", "Ihre Daten löschen"],
    ["/account/security", "Wie Sie sich anmelden"],
    ["/account/address", "Ihre E-Mail-Adresse"],
    ["/account/user-name", "Berichtigen"],
    ["/account/password", "Passwort ändern"],
    ["/account/passkeys", "Einen Passkey hinzufügen"],
    ["/account/code-app", "App einrichten"],
  ] as const) {
    await page.goto(`${path}?language=de`);
    await isGerman(title);
  }
  await page.goto("/account/code-app?language=de");
  await page.fill("#code", "000000");
  await page.click("main button");
  await page.locator("#code-error", { hasText: "Dieser Code stimmt nicht" }).waitFor();

  await page.goto("/account/address?language=de");
  await page.fill("#email", "konrad@nirgends");
  await page.click("main button.primary");
  await page.locator("#email-error", { hasText: "wie name@example.org." }).waitFor();
  expect(await page.inputValue("#email")).toBe("konrad@nirgends");
  await page.fill("#email", "konrad@anders.example");
  await page.click("main button.primary");
  await page.getByText("Sie geht an konrad@anders.example.").waitFor();

  await page.goto("/account/choices?language=de");
  await page.click("#news button[value=no]");
  await page.locator("#news .tag", { hasText: "Sie haben Nein gesagt" }).waitFor();
  await page.locator("#news summary").click();
  expect(await page.locator("#news details").innerText()).toContain("in Ihrem Profil");

  await page.goto("/account/use?language=de");
  await page.click("main button:has-text('Nutzung einschränken')");
  await page.locator(".state.holds", { hasText: "Eingeschränkt" }).waitFor();
  await page.goto("/console?language=de");
  await page.locator("h1", { hasText: "Diese Verwendung haben Sie eingeschränkt" }).waitFor();
  await page.goto("/account/use?language=de");
  await page.click("main button:has-text('Einschränkung aufheben')");
  await page.locator("main button:has-text('Nutzung einschränken')").waitFor();

  await page.goto("/account/erasure?language=de");
  await page.click("main button:has-text('Mein Konto schließen')");
  await isGerman("Ihr Konto ist geschlossen");
});
