// Roles: each sees what the policy lets it see, and whoever is looked at can read that (K3).
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { technician, visitor } from "../attacks/visitor.ts";
import { openBrowser, openPerson } from "../browser.ts";
import { startForTest, type TestUpheld } from "../upheld.ts";
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

test("K3: an administrator gives and ends a role of the policy, and whoever was looked at is told", async () => {
  const { page } = await openPerson(browser, upheld.url);
  await page.goto(new URL(upheld.firstLink ?? "").pathname);
  await page.fill("#user-name", "Grace Admin");
  await page.fill("#password", password);
  await page.check("#agree");
  await page.locator("main button[type=submit]").first().click();
  await page.waitForURL("**/desk");
  const { page: officers } = await openPerson(browser, upheld.url);
  await register(officers, "Olga Officer");
  await officers.goto("/desk");
  await officers.getByText("This is not open to you").waitFor();

  await page.getByRole("link", { name: "Roles" }).click();
  await page.fill("#user-name", "Nobody Of That Name");
  await page.getByRole("button", { name: "Give" }).click();
  await page.getByText("Nobody here has this user name").waitFor();
  expect(await page.inputValue("#user-name")).toBe("Nobody Of That Name");
  await page.fill("#user-name", "olga officer");
  await page.selectOption("select[name=role]", "privacy-officer");
  await page.getByRole("button", { name: "Give" }).click();
  await page.locator("#staff ~ .rows", { hasText: "Olga Officer" }).waitFor();

  await officers.goto("/desk");
  await officers.getByRole("heading", { name: "The ledger" }).waitFor();
  await officers.goto("/desk/staff");
  await officers.getByText("This is not open to you").waitFor();
  const { rows } = await upheld.asOwner((client) =>
    client.query<{ role: string; categories: string; page: string }>(
      `select l.role, l.categories, l.page from look l join staff_role s on s.subject = l.subject`,
    ),
  );
  expect(rows[0]).toEqual({ role: "administrator", categories: "user-name", page: "/desk/staff" });

  await page.getByRole("button", { name: /End the role/ }).click();
  await page.getByText("Nobody yet.").waitFor();
  await officers.goto("/desk");
  await officers.getByText("This is not open to you").waitFor();
});

test("K3: a technician gives nobody a role, and a role that the policy does not know is refused", async () => {
  const person = await technician(upheld.url, "Ambitious Amy");
  const forged = { "user-name": "Ambitious Amy", role: "privacy-officer" };
  expect((await person.post("/desk/staff", forged)).status).toBe(403);
  expect((await visitor(upheld.url).post("/desk/staff", forged)).status).toBe(401);
  const { rows } = await upheld.asOwner((client) =>
    client.query("select 1 from staff_role where ended_at is null"),
  );
  expect(rows).toEqual([]);
});
