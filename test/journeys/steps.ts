// What people do, as steps that journeys are made of.
import type { Page } from "playwright-core";

export const password = "seven green kettles";

/** Registers a technician with the least, or with more. */
export const register = async (
  page: Page,
  userName: string,
  more: Readonly<Record<string, string>> = {},
): Promise<void> => {
  await page.goto("/register");
  await page.fill("#user-name", userName);
  await page.fill("#password", password);
  for (const [field, value] of Object.entries(more)) await page.fill(`#${field}`, value);
  await page.check("#agree");
  await page.click("button:has-text('Open the account')");
  await page.waitForURL("**/console");
};

/** Opens a session; gives the link and the code to invite with. */
export const openRoom = async (page: Page): Promise<{ link: string; code: string; id: string }> => {
  await page.goto("/console");
  await page.click("button:has-text('Open a session')");
  await page.waitForURL("**/room/*");
  const link = await page.locator("input[data-copy]").first().inputValue();
  const code = (await page.locator(".spoken").first().textContent()) ?? "";
  return { link, code: code.trim(), id: new URL(page.url()).pathname.split("/").at(-1) ?? "" };
};

/** Joins by link, with or without a name. */
export const joinRoom = async (page: Page, link: string, name = ""): Promise<void> => {
  await page.goto(link);
  if (name) await page.fill("#display-name", name);
  await page.click("button:has-text('Join')");
  await page.waitForURL("**/room/*");
};

/** Writes a message and waits until it is acknowledged. */
export const say = async (page: Page, text: string): Promise<void> => {
  await page.locator("#composer").waitFor({ state: "visible" });
  await page.fill("#message", text);
  await page.press("#message", "Enter");
};

/** Texts in the log, in order. */
export const heard = (page: Page): Promise<string[]> =>
  page.locator("#messages .msg[id^=m] .text").allTextContents();

/** Presses what sends a form, and waits for the page that answers. */
export const press = async (page: Page, selector: string): Promise<void> => {
  const answered = page.waitForEvent("domcontentloaded");
  await page.click(selector);
  await answered;
};
