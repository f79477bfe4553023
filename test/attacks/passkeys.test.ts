// Attacks on passkeys: answers sent twice, at once, for others, from copies, and from devices that do not ask who holds them (C3, K8).
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addAuthenticator, passkeysOn, type Authenticator } from "../authenticator.ts";
import { openBrowser, openPerson } from "../browser.ts";
import { startForTest, type TestUpheld } from "../upheld.ts";
import { password, technician, visitor } from "./visitor.ts";

let upheld: TestUpheld;
let browser: Browser;

beforeAll(async () => {
  [upheld, browser] = await Promise.all([startForTest(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await upheld.stop();
});

const registered = async (userName: string): Promise<{ page: Page; device: Authenticator }> => {
  const { page } = await openPerson(browser, upheld.url);
  const device = await addAuthenticator(page);
  await page.goto("/register");
  await page.fill("#user-name", userName);
  await page.check("#agree");
  await page.click("button:has-text('Use a passkey')");
  await page.waitForURL("**/console");
  await page.context().clearCookies();
  return { page, device };
};

/** What the browser would send to sign in; it is kept from going out. */
const answerOf = async (page: Page): Promise<Record<string, string>> => {
  const path = "**/sign-in/passkey";
  const sent = new Promise<string>((resolve) => {
    void page.route(path, async (route) => {
      resolve(route.request().postData() ?? "");
      await route.fulfill({ status: 204 });
    });
  });
  await page.goto("/sign-in");
  await page.click("button:has-text('Sign in with a passkey')");
  const form = Object.fromEntries(new URLSearchParams(await sent));
  await page.unroute(path);
  return form;
};

const send = async (form: Record<string, string>) =>
  (await visitor(upheld.url).post("/sign-in/passkey", form)).status;

test("an answer signs in once, one after the other and at once", async () => {
  const { page } = await registered("Once Olga");
  const first = await answerOf(page);
  expect([await send(first), await send(first)]).toEqual([303, 401]);
  const second = await answerOf(page);
  const all = await Promise.all([1, 2, 3, 4].map(() => send(second)));
  expect(all.toSorted()).toEqual([303, 401, 401, 401]);
});

test("an answer to another challenge, changed, cut off or of no form lets nobody in", async () => {
  const { page } = await registered("Changed Carl");
  const form = await answerOf(page);
  const other = await answerOf(page);
  const answer = JSON.parse(form.passkey ?? "{}") as { id: string; response: Record<string, string> };
  const changed = (part: string, value: string) =>
    JSON.stringify({ ...answer, response: { ...answer.response, [part]: value } });
  const victim = await registered("Envied Eva");
  const theirs = JSON.parse((await answerOf(victim.page)).passkey ?? "{}") as typeof answer;
  const bad: Record<string, string>[] = [
    { ...form, "passkey-ticket": other["passkey-ticket"] ?? "" },
    { ...form, "passkey-ticket": "" },
    { ...form, passkey: changed("signature", "AAAA") },
    { ...form, passkey: changed("authenticatorData", "") },
    { ...form, passkey: changed("clientDataJSON", theirs.response.clientDataJSON ?? "") },
    // One's own proof under another's name, and another's passkey under one's own.
    { ...form, passkey: changed("userHandle", theirs.response.userHandle ?? "") },
    { ...form, passkey: JSON.stringify({ ...answer, id: theirs.id, rawId: theirs.id }) },
    { ...form, passkey: "" },
    { ...form, passkey: "null" },
    { ...form, passkey: "[".repeat(10_000) },
    { ...form, passkey: JSON.stringify({ ...answer, response: null }) },
  ];
  for (const [at, one] of bad.entries()) expect([at, await send(one)]).toEqual([at, 401]);
  expect(await send(form)).toBe(303);
});

test("an answer that comes too late lets nobody in", async () => {
  const { page } = await registered("Late Lena");
  const form = await answerOf(page);
  await upheld.moveClock(11 / 1440);
  await expect.poll(() => send(form)).toBe(401);
  expect(await send(await answerOf(page))).toBe(303);
});

test("a copy of a passkey whose counter has not gone up is refused", async () => {
  const { page, device } = await registered("Copied Cleo");
  expect(await send(await answerOf(page))).toBe(303);
  const [credential] = await passkeysOn(device);
  if (!credential) throw new Error("no passkey");
  expect(credential.signCount).toBeGreaterThan(0);
  await device.session.send("WebAuthn.removeCredential", {
    authenticatorId: device.id,
    credentialId: credential.credentialId,
  });
  await device.session.send("WebAuthn.addCredential", {
    authenticatorId: device.id,
    credential: { ...credential, signCount: 0 },
  });
  expect(await send(await answerOf(page))).toBe(401);
});

test("another's passkey does not prove who one is", async () => {
  const { page } = await registered("Lending Lou");
  const form = await answerOf(page);
  const thief = await technician(upheld.url, "Borrowing Bo");
  const proof = { next: "/account", ...form };
  expect((await thief.post("/prove", proof)).status).toBe(401);
});

test("a device that does not check who holds it makes no passkey here", async () => {
  const { page } = await openPerson(browser, upheld.url);
  const device = await addAuthenticator(page, false);
  await page.goto("/register");
  await page.fill("#user-name", "Unchecked Uli");
  await page.check("#agree");
  await page.click("button:has-text('Use a passkey')");
  await page.getByText("No passkey was made").waitFor();
  expect(await passkeysOn(device)).toEqual([]);
});

test("two passkeys removed at once leave one, where there is no password", async () => {
  const { page, device } = await registered("Careless Cal");
  await page.goto("/sign-in");
  await page.click("button:has-text('Sign in with a passkey')");
  await page.waitForURL("**/console");
  // Another device in the place of the first.
  await device.session.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId: device.id });
  await addAuthenticator(page);
  await page.goto("/account/passkeys");
  await page.click("button:has-text('Make the passkey')");
  await page.waitForURL("**/account/security?said=passkey");
  const cookies = await page.context().cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const program = visitor(upheld.url);
  const idsIn = (text: string) =>
    [...text.matchAll(/passkeys\/([0-9a-f-]{36})\/remove/g)].map(([, id]) => id ?? "");
  const ids = idsIn(await page.content());
  expect(ids.length).toBe(2);
  await Promise.all(ids.map((id) => program.post(`/account/passkeys/${id}/remove`, {}, { cookie })));
  await page.goto("/account/security");
  expect(idsIn(await page.content()).length).toBe(1);
});

test("a passkey made for one account is not added to another", async () => {
  const one = await technician(upheld.url, "Making Max");
  const other = await technician(upheld.url, "Missing Mia");
  const { text } = await one.post("/account/passkeys/options", {});
  const { ticket } = JSON.parse(text) as { ticket: string };
  const { status } = await other.post("/account/passkeys", { passkey: "{}", "passkey-ticket": ticket });
  expect(status).toBe(422);
  expect((await visitor(upheld.url).post("/sign-in", { "user-name": "missing mia", password })).status).toBe(
    303,
  );
});

test("nothing of a passkey lies open in the database", async () => {
  const { device } = await registered("Hidden Hal");
  const [credential] = await passkeysOn(device);
  const id = Buffer.from(credential?.credentialId ?? "", "base64");
  expect(id.length).toBeGreaterThan(10);
  const { rows } = await upheld.asOwner((client) =>
    client.query<{ text: string }>("select p::text as text from passkey p"),
  );
  const everything = rows.map(({ text }) => text).join();
  for (const form of ["hex", "base64", "base64url"] as const)
    expect(everything).not.toContain(id.toString(form));
});
