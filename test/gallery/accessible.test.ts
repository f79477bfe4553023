// Every page with its sample data, in both colour schemes and sizes: axe finds nothing, nothing overflows, nothing is refused.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults, RunOptions } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "../browser.ts";
import { startGallery } from "./gallery-server.ts";
import { pages } from "./page-samples.ts";
import { messages, noon, people } from "./people-samples.ts";
import { openSmallRoom } from "./small-room.ts";

const rules: RunOptions = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  resultTypes: ["violations"],
};
const looks = [
  { colorScheme: "light", width: 1280 },
  { colorScheme: "dark", width: 360 },
] as const;

let browser: Browser;
let gallery: Awaited<ReturnType<typeof startGallery>>;
let axe: string;

beforeAll(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  gallery = await startGallery(() => Promise.resolve(pages));
  const room = openSmallRoom(gallery.server, people, noon);
  for (const { seq, from, text, at } of messages)
    room.log.push({ t: "said", seq, id: `s${seq}`, from, text, at });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  gallery.server.closeAllConnections();
  gallery.server.close();
});

/** What axe finds, a line each. */
const found = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate<AxeResults, RunOptions>(
    (options) =>
      (globalThis as unknown as { axe: { run: (o: RunOptions) => Promise<AxeResults> } }).axe.run(options),
    rules,
  );
  expect(passes.length).toBeGreaterThan(10);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
};

type Look = { page: Page; errors: string[]; to: (name: string) => Promise<void> };

const look = async ({ colorScheme, width }: (typeof looks)[number]): Promise<Look> => {
  const viewport = { width, height: 800 };
  const context = await browser.newContext({ colorScheme, viewport, reducedMotion: "reduce" });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("pageerror", (error) => errors.push(error.message));
  const to = async (name: string): Promise<void> => {
    errors.length = 0;
    await page.setViewportSize(viewport);
    await page.goto(`${gallery.url}/${name}`);
    if (name.startsWith("room")) await page.locator("[data-link=live]").waitFor();
  };
  return { page, errors, to };
};
const tooWide = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

describe.each(looks)("$colorScheme, $width pixels wide", (how) => {
  let one: Look;
  beforeAll(async () => {
    one = await look(how);
  });
  afterAll(() => one.page.context().close());

  it.each(Object.keys(pages))("%s can be used by everybody", async (name) => {
    await one.to(name);
    expect(await found(one.page)).toEqual([]);
    expect(await tooWide(one.page)).toBeLessThanOrEqual(0);
    await one.page.setViewportSize({ width: 320, height: 640 });
    expect(await tooWide(one.page)).toBeLessThanOrEqual(0);
    expect(one.errors).toEqual([]);
  });
});

it("finds what is planted, so that finding nothing says something", async () => {
  const { page, to } = await look(looks[0]);
  await to("message");
  await page.evaluate(() => {
    document.body.insertAdjacentHTML("beforeend", `<img src="/icon.svg"><input>`);
  });
  expect((await found(page)).map((line) => line.split(":")[0])).toEqual(
    expect.arrayContaining(["image-alt", "label"]),
  );
  await page.context().close();
});

describe("the room on a telephone", () => {
  it("can be used by everybody with its details and its questions open", async () => {
    const { page, to } = await look(looks[1]);
    await to("room");
    await page.click(".side-button");
    await page.locator("#side").waitFor({ state: "visible" });
    expect(await found(page)).toEqual([]);
    await page.keyboard.press("Escape");
    expect(await page.locator("#side").isVisible()).toBe(false);
    await page.click("button:has-text('End')");
    await page.locator("#end-dialog").waitFor({ state: "visible" });
    expect(await found(page)).toEqual([]);
    await page.context().close();
  });
});

describe("a page", () => {
  it("has one first heading and one main part, and says which place it is", async () => {
    const page = await browser.newPage();
    for (const [name, render] of Object.entries(pages)) {
      await page.setContent(
        render()
          .toString()
          .replaceAll(/<(link|script)[^>]*>/g, ""),
      );
      expect([name, await page.locator("h1").count(), await page.locator("main").count()]).toEqual([
        name,
        1,
        1,
      ]);
      expect((await page.title()).length).toBeGreaterThan(4);
    }
    await page.close();
  });

  it("shows focus wherever the keyboard leads", async () => {
    const { page, to } = await look(looks[0]);
    await to("register");
    for (let stop = 0; stop < 12; stop++) {
      await page.keyboard.press("Tab");
      const outline = await page.evaluate(() => {
        const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement ?? document.body);
        return { outlineStyle, outlineWidth };
      });
      expect(outline).toEqual({ outlineStyle: "solid", outlineWidth: "3px" });
    }
    await page.context().close();
  });

  it("of the room says without script what cannot be done, and still lets one leave", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${gallery.url}/room-guest`);
    expect(await page.locator("noscript h2").textContent()).toMatch(/needs script/);
    expect(await page.locator("#composer").isVisible()).toBe(false);
    expect(await page.locator("form[action='/room/5f0c/leave'] button").isVisible()).toBe(true);
    await context.close();
  });
});
