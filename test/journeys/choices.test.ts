// Choices, and what a new version of the policy asks: nothing new begins before a person was told, or said yes (O4, P2, C1).
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { diff } from "../../src/cli/diff.ts";
import { visitor } from "../attacks/visitor.ts";
import { openBrowser, openPerson } from "../browser.ts";
import { runCommand } from "../command.ts";
import { startMailSink } from "../mail-sink.ts";
import { startForTest, type TestUpheld } from "../upheld.ts";
import { versionOf } from "../versions-of.ts";
import { password, register } from "./steps.ts";

let upheld: TestUpheld;
let browser: Browser;

beforeAll(async () => {
  [upheld, browser] = await Promise.all([startForTest(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await upheld.stop();
});

const widerService = [
  "- { data: [email, name, phone], for: provide-service",
  "- { data: [email, name, phone, postal-address], for: provide-service",
] as const;

const stateOf = (page: Page, choice: string) => page.locator(`#${choice} .tag`).textContent();
const usesOf = (page: Page, choice: string) => page.locator(`#${choice} > .rows .row`).allTextContents();

const answer = async (page: Page, choice: string, words: "Yes" | "No") => {
  await Promise.all([
    page.waitForResponse((response) => response.request().method() === "GET"),
    page.locator(`#${choice} button`, { hasText: new RegExp(`^${words}$`) }).click(),
  ]);
  await page.locator(`#${choice} button[aria-pressed="true"]`, { hasText: words }).waitFor();
};

test("O4: nothing that needs a yes is done before the person's own yes, nor after their no, each with its date", async () => {
  const { page } = await openPerson(browser, upheld.url, { javaScriptEnabled: false });
  await register(page, "Chooses Freely");
  await page.goto("/account/choices");
  expect(await stateOf(page, "news")).toBe("You have not said anything");
  expect(await usesOf(page, "news")).toEqual([expect.stringContaining("not done now")]);

  await answer(page, "news", "Yes");
  expect(await stateOf(page, "news")).toBe("You said yes");
  expect(await usesOf(page, "news")).toEqual([expect.stringContaining("allowed now")]);
  expect(await usesOf(page, "research")).toEqual([expect.stringContaining("not done now")]);

  await answer(page, "news", "No");
  expect(await stateOf(page, "news")).toBe("You said no");
  expect(await usesOf(page, "news")).toEqual([expect.stringContaining("not done now")]);
  await page.locator("#news summary").click();
  expect(await page.locator("#news details .row").count()).toBe(2);
});

test("O4: a choice that the policy does not offer here is refused in plain words, and changes nothing", async () => {
  const { page } = await openPerson(browser, upheld.url);
  await register(page, "Forges A Form");
  await page.goto("/account/choices");
  await page.locator("#news input[name=choice]").evaluate((field) => field.setAttribute("value", "nothing"));
  await page.locator("#news button").first().click();
  await page.getByText("There is no such choice here").waitFor();
});

test("P2: a new version is told at the next visit, begins for a person after its notice, and waits where it needs a yes", async () => {
  const { page } = await openPerson(browser, upheld.url);
  await register(page, "Knows Version One", { email: "one@example.org" });
  await page.goto("/account/choices");
  await answer(page, "news", "Yes");

  const wide = await versionOf(2, "2026-11-22", [
    [
      "- { data: [email, name, company, interests], for: direct-marketing",
      "- { data: [email, name, company, interests, phone], for: direct-marketing",
    ],
    widerService,
    ["terms:\n  version: 1", "terms:\n  version: 2"],
  ]);
  upheld = await upheld.restart({ policyFile: wide });
  await page.goto("/console");
  const news = page.locator(".news");
  await news.getByText("has a new version 2").waitFor();
  await news.getByRole("link").click();
  await page.getByRole("heading", { name: "What changed since version 1" }).waitFor();
  await page.locator("main", { hasText: "Postal address" }).first().waitFor();
  expect(await page.locator("main").textContent()).toContain("News and offers");

  await page.getByRole("button", { name: "I agree" }).click();
  await page.getByRole("status").waitFor();
  await page.goto("/account");
  expect(await page.locator("main").textContent()).toMatch(/Terms of use of Selmo, version 2/);

  await page.goto("/account/choices");
  expect(await usesOf(page, "news")).toEqual([expect.stringContaining("allowed now")]);
  await upheld.moveClock(31);
  upheld = await upheld.restart({ policyFile: wide });
  await page.goto("/sign-in?next=/account/choices");
  await page.fill("#user-name", "Knows Version One");
  await page.fill("#password", password);
  await page.locator("main button[type=submit]").first().click();
  await page.waitForURL("**/account/choices");
  // The sweep comes within seconds of a start.
  await expect
    .poll(
      async () => {
        await page.reload();
        return usesOf(page, "news");
      },
      { timeout: 15_000 },
    )
    .toEqual([expect.stringContaining("not done now")]);
  await answer(page, "news", "Yes");
  expect(await usesOf(page, "news")).toEqual([expect.stringContaining("allowed now")]);
  expect(await page.locator(".news").count()).toBe(0);
});

test("P2: whoever gave an address is written to, and what is new begins after the days of notice from that mail", async () => {
  const sink = await startMailSink();
  let service = await startForTest({ SMTP_URL: sink.url });
  try {
    const { page } = await openPerson(browser, service.url);
    await register(page, "Reads Her Mail", { email: "reads@example.org" });
    const { page: silent } = await openPerson(browser, service.url);
    await register(silent, "Gave No Address");
    service = await service.restart({ policyFile: await versionOf(2, "2026-11-22", [widerService]) });
    const [confirm, mail] = [await sink.next("reads@example.org"), await sink.next("reads@example.org")];
    expect(confirm.subject).toBe("Selmo: confirm your address");
    expect(mail.to).toMatchObject({ text: "reads@example.org" });
    expect(mail.subject).toBe("Selmo: version 2 of our privacy statement");
    expect(mail.text).toContain(`${service.url}/privacy/v/2`);
    expect(mail.text).toContain("begins for you 30 days after this mail");

    const told = () =>
      service.asOwner(async (client) => {
        const { rows } = await client.query<{ told: number; by: string | null }>(
          `select s.told, n.by from subject s left join notice n on n.subject = s.id
           where s.kind = 'technician' order by s.told`,
        );
        return rows;
      });
    const oneIsNoted = ({ by }: { by: string | null }) => by === "mail";
    await expect.poll(async () => (await told()).some(oneIsNoted), { timeout: 15_000 }).toBe(true);
    await service.moveClock(31);
    await expect.poll(told, { timeout: 15_000 }).toEqual([
      { told: 1, by: null },
      { told: 2, by: "mail" },
    ]);
    expect(sink.recipients.filter((to) => to.includes("reads@example.org"))).toHaveLength(2);
  } finally {
    await service.stop();
    await sink.close();
  }
});

test("P3: upheld diff running says how many people a new version concerns, before it runs", async () => {
  const service = await startForTest({ UPHELD_TRUSTED_PROXY: "127.0.0.1, ::1" });
  try {
    for (const [name, address] of [
      ["From Boston", "18.9.22.69"],
      ["From Berlin", "141.20.1.31"],
    ] as const) {
      const answer = await visitor(service.url).post(
        "/register",
        { "user-name": name, password, agree: "yes" },
        { "x-forwarded-for": address },
      );
      expect(answer.status).toBe(303);
    }
    const wide = await versionOf(2, "2026-11-22", [
      [
        "- { data: [email, name, company, interests], for: direct-marketing",
        "- { data: [email, name, company, interests, phone], for: direct-marketing",
      ],
    ]);
    const environment = {
      DATABASE_URL: service.config.databaseUrl ?? "",
      UPHELD_DATA: service.config.dataDir,
    };
    const { code, out } = await runCommand(diff, ["running", wide], { environment });
    expect(code).toBe(1);
    expect(out).toContain("selmo/privacy, version 1 (version 1) to");
    // Of the two, the one in the US may be written to until she says no; the one in Berlin has said nothing.
    expect(out).toMatch(/anywhere else, who have not said no\.\n +Here that is 1 of 2 people\./);
    expect(out).toMatch(/who have said yes\.\n +Here that is 0 of 2 people\./);
  } finally {
    await service.stop();
  }
});

test("K7: each person has a region whose rules hold, from the country of their address, and can put it right", async () => {
  const service = await startForTest({ UPHELD_TRUSTED_PROXY: "127.0.0.1, ::1" });
  try {
    const { page, context } = await openPerson(browser, service.url);
    await context.setExtraHTTPHeaders({ "x-forwarded-for": "18.9.22.69" });
    await register(page, "Lives In Boston");
    await page.goto("/account/choices");
    expect(await page.locator("#region select").inputValue()).toBe("US");
    // In the US a good reason is enough until she says no; in the EEA her yes is needed.
    expect(await usesOf(page, "news")).toEqual([expect.stringContaining("allowed now")]);
    await page.selectOption("#region select", "EEA");
    await page.locator("#region button").click();
    await page.waitForURL("**/account/choices#region");
    await expect.poll(() => usesOf(page, "news")).toEqual([expect.stringContaining("not done now")]);
    expect(await page.locator("#region select").inputValue()).toBe("EEA");
  } finally {
    await service.stop();
  }
});
