// All that is held in one archive, to read and for programs: by account, by a guest's own page, by a mailed link (R1).
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import path from "node:path";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dataIn, readArchive } from "../archive.ts";
import { openBrowser, openPerson } from "../browser.ts";
import { startMailSink, type MailSink } from "../mail-sink.ts";
import { startForTest, type TestUpheld } from "../upheld.ts";
import { heard, joinRoom, openRoom, register, say } from "./steps.ts";

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

/** Presses the button and reads what the browser has saved. */
const download = async (page: Page, button: string): Promise<Map<string, string>> => {
  const coming = page.waitForEvent("download");
  await page.click(`button:has-text('${button}')`);
  const saved = await coming;
  expect(saved.suggestedFilename()).toMatch(/^selmo-\d{4}-\d\d-\d\d\.zip$/);
  return readArchive(await readFile(await saved.path()));
};

/** Opens an archive's page as somebody does who has unpacked it. */
const openUnpacked = async (files: Map<string, string>): Promise<Page> => {
  const folder = await mkdtemp(path.join(tmpdir(), "upheld-archive-"));
  const file = path.join(folder, "index.html");
  await writeFile(file, files.get("index.html") ?? "");
  const { page } = await openPerson(browser, upheld.url);
  await page.goto(pathToFileURL(file).href);
  return page;
};

const mailTo = async (address: string, path_: string): Promise<string> => {
  const find = () =>
    sink.mails
      .filter((_, at) => sink.recipients[at]?.includes(address))
      .map(({ text }) => new RegExp(`https?://[^/\\s]+(${path_})\\s`).exec(text ?? "")?.[1] ?? "")
      .find((link) => link !== "") ?? "";
  await expect.poll(find, { timeout: 15_000 }).not.toBe("");
  return find();
};

test("R1: an account holder takes all of it along: chat logs, looks, disclosures, ledger, with source, purpose, end and recipients", async () => {
  const { page } = await openPerson(browser, upheld.url);
  await register(page, "Along Alma", { email: "alma@along.example", company: "Along & Co" });
  const room = await openRoom(page);
  const guest = await openPerson(browser, upheld.url);
  await joinRoom(guest.page, room.link, "Guest Gustav");
  await say(guest.page, "take <this> along");
  await expect.poll(() => heard(page)).toEqual(["take <this> along"]);
  await say(page, "with pleasure");
  await expect.poll(() => heard(guest.page)).toHaveLength(2);

  await page.goto("/account/data");
  await page.click("a:has-text('Take it along')");
  await page.click("button:has-text('Make a link')");
  const link = await mailTo("alma@along.example", "/account/data/download");
  expect(link).toBe("/account/data/download");
  await page.goto(link);
  await page.getByText("works until").waitFor();
  const files = await download(page, "Download");
  // The page itself shows how it went, without being loaded anew.
  await page.getByText("downloaded whole").waitFor();

  const { kinds, ledger } = dataIn(files);
  const kind = (name: string) => kinds.find((one) => one.kind === name);
  expect(kind("message")?.rows.map(({ by, values }) => [by, values["chat-log"]])).toEqual([
    ["Guest Gustav", "take <this> along"],
    [undefined, "with pleasure"],
  ]);
  expect(kind("profile")?.rows[0]?.values).toMatchObject({
    "user-name": "Along Alma",
    email: "alma@along.example",
    company: "Along & Co",
  });
  expect(kind("credential")?.rows[0]?.hidden).toEqual(["password"]);
  expect(kind("profile")?.source?.point).toBe("technician-registration");
  const email = kind("profile")?.data.find(({ category }) => category === "email");
  expect(email?.recipients.map(({ id }) => id)).toContain("mail-carrier");
  expect(JSON.stringify(kind("disclosure")?.rows)).toContain("mail-carrier");
  expect(ledger.entries.map(({ kind: what }) => what)).toEqual(
    expect.arrayContaining(["collected", "shared"]),
  );

  const unpacked = await openUnpacked(files);
  const text = await unpacked.locator("main").innerText();
  for (const part of ["Along Alma", "Along & Co", "take <this> along", "Guest Gustav", "our mail carrier"])
    expect(text).toContain(part);
  await unpacked.locator("#profile summary").click();
  expect(await unpacked.locator("#profile").innerText()).toMatch(/run your account and let you sign in/);
  const schema = await page.request.get("/schemas/download-1.json");
  expect(await schema.text()).toBe(files.get("schema.json"));
});

test("R1: a guest without account and without script takes along what is held of them, in German", async () => {
  const host = await openPerson(browser, upheld.url);
  await register(host.page, "Host Hanne");
  const room = await openRoom(host.page);
  const guest = await openPerson(browser, upheld.url);
  await joinRoom(guest.page, room.link, "Gast Gesine");
  await say(guest.page, "mein Drucker singt");
  await expect.poll(() => heard(host.page)).toEqual(["mein Drucker singt"]);
  const address = await guest.page.locator("#personal-link").inputValue();

  const { page } = await openPerson(browser, upheld.url, { javaScriptEnabled: false, width: 390 });
  await page.goto(new URL(address).pathname);
  await page.click("a:has-text('Take it along')");
  await page.goto(`${page.url()}?language=de`);
  await page.click("button:has-text('Link anlegen')");
  const files = await download(page, "Herunterladen");
  await page.reload();
  expect(await page.locator("main").innerText()).toContain("vollständig heruntergeladen");
  const index = files.get("index.html") ?? "";
  expect(index).toContain('lang="de"');
  for (const part of ["Gast Gesine", "mein Drucker singt", "Was Selmo über Sie gespeichert hat"])
    expect(index).toContain(part);
  expect(index).not.toContain("Host Hanne".toLowerCase());
});

test("R1: whoever came by a mailed link takes it along too, and the mail about it opens until the visit ends", async () => {
  const owner = await openPerson(browser, upheld.url);
  await register(owner.page, "Mailed Mona", { email: "mona@mailed.example" });
  const { page } = await openPerson(browser, upheld.url, { javaScriptEnabled: false });
  await page.goto("/data-request");
  await page.fill("#email", "mona@mailed.example");
  await page.click("button:has-text('Send me the link')");
  await page.goto(await mailTo("mona@mailed.example", "/data-request/[\\w-]+"));
  await page.click("button:has-text('Open it now')");
  await page.click("a:has-text('Take it along')");
  await page.click("button:has-text('Make a link')");
  const link = await mailTo("mona@mailed.example", "/mine/[\\w-]+/download");
  const other = await openPerson(browser, upheld.url);
  await other.page.goto(link);
  const files = await download(other.page, "Download");
  expect(files.get("index.html")).toContain("mona@mailed.example");
  await upheld.moveClock(0.05);
  expect((await other.page.goto(link))?.status()).toBe(410);
});
