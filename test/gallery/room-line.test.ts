// T2 in the browser's half: the page against a line that breaks, a server that forgets to answer, and hostile words.
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { openBrowser } from "../browser.ts";
import { startGallery } from "./gallery-server.ts";
import { pages } from "./page-samples.ts";
import { hostile, noon, people } from "./people-samples.ts";
import { openSmallRoom, type SmallRoom } from "./small-room.ts";

let browser: Browser;
let gallery: Awaited<ReturnType<typeof startGallery>>;
let room: SmallRoom;
const open: Page[] = [];
/** Frames that pages have been sent. */
let frames = 0;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  gallery = await startGallery(() => Promise.resolve(pages));
  room = openSmallRoom(gallery.server, people, noon);
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((page) => page.context().close()));
  gallery.server.closeAllConnections();
  gallery.server.close();
});

const enter = async (name: "room" | "room-guest", clock: "real" | "ours" = "real"): Promise<Page> => {
  const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
  const page = await context.newPage();
  open.push(page);
  page.on("websocket", (line) => line.on("framereceived", () => (frames += 1)));
  if (clock === "ours") await page.clock.install();
  await page.goto(`${gallery.url}/${name}`);
  await page.locator("[data-link=live]").waitFor();
  return page;
};
const say = async (page: Page, text: string): Promise<void> => {
  await page.fill("#message", text);
  await page.press("#message", "Enter");
};
const shown = (page: Page): Promise<string[]> =>
  page.locator("#messages .msg[id^=m] .bubble").allInnerTexts();
const waiting = (page: Page): Promise<string[]> => page.locator("#messages .waiting .bubble").allInnerTexts();
const eventually = (what: () => Promise<unknown>) => {
  // Awaited where it is used.
  const { poll } = expect;
  return poll(what, { timeout: 15_000, interval: 50 });
};

it("shows both sides the same messages, the author's too only once the room has them", async () => {
  const [mara, jonas] = [await enter("room"), await enter("room-guest")];
  await say(jonas, "Hello?");
  await say(mara, "Good morning");
  for (const page of [mara, jonas]) await eventually(() => shown(page)).toEqual(["Hello?", "Good morning"]);
  room.down = true;
  await say(jonas, "Are you there?");
  await eventually(() => waiting(jonas)).toEqual(["Are you there?"]);
  expect(await shown(jonas)).toHaveLength(2);
});

it("sends once and in order what was written while the line was down, through a reload", async () => {
  const jonas = await enter("room-guest");
  await say(jonas, "one");
  await eventually(() => shown(jonas)).toEqual(["one"]);
  room.down = true;
  room.cut();
  await jonas.locator("[data-link=reconnecting]").waitFor();
  for (const text of ["two", "three"]) await say(jonas, text);
  await jonas.fill("#message", "half writ");
  await jonas.reload();
  await eventually(() => waiting(jonas)).toEqual(["two", "three"]);
  expect(await jonas.inputValue("#message")).toBe("half writ");
  room.say("mara", "meanwhile");
  room.down = false;
  await eventually(() => shown(jonas)).toEqual(["one", "meanwhile", "two", "three"]);
  expect(await waiting(jonas)).toEqual([]);
  expect(room.log.map(({ text }) => text)).toEqual(["one", "meanwhile", "two", "three"]);
});

it("does not say a message twice when its acknowledgement was lost with the line", async () => {
  const jonas = await enter("room-guest");
  room.loseNext = true;
  await say(jonas, "only once");
  await eventually(() => shown(jonas)).toEqual(["only once"]);
  await eventually(() => waiting(jonas)).toEqual([]);
  expect(room.log).toHaveLength(1);
});

it("asks again when a message was lost on the way", async () => {
  const jonas = await enter("room-guest");
  room.log.push({ t: "said", seq: 1, id: "lost", from: "mara", text: "lost on the way", at: noon });
  room.say("mara", "arrived");
  await eventually(() => shown(jonas)).toEqual(["lost on the way", "arrived"]);
});

it("keeps a refused message with the reason, to be tried again or discarded", async () => {
  const jonas = await enter("room-guest");
  room.strict = true;
  await say(jonas, "first");
  await say(jonas, "second");
  await eventually(() => jonas.locator(".refused").count()).toBe(2);
  expect(await jonas.locator(".refused .meta").first().textContent()).toMatch(/too much at once/);
  room.strict = false;
  await jonas.getByRole("button", { name: "Try again" }).first().click();
  await jonas.getByRole("button", { name: "Discard" }).last().click();
  await eventually(() => shown(jonas)).toEqual(["first"]);
  await eventually(() => jonas.locator(".refused").count()).toBe(0);
});

it("shows hostile words as words, and links as leading out", async () => {
  const jonas = await enter("room-guest");
  let asked = false;
  jonas.on("dialog", () => (asked = true));
  for (const text of [hostile.markup, hostile.long.slice(0, 8000), hostile.rtl]) room.say("mara", text);
  room.say("mara", "see https://docs.example/a.");
  await eventually(() => shown(jonas).then((all) => all.length)).toBe(4);
  expect((await shown(jonas))[0]).toBe(hostile.markup);
  expect(await jonas.locator("#messages script, #messages img").count()).toBe(0);
  expect(asked).toBe(false);
  const link = jonas.locator("#messages a");
  expect(await link.getAttribute("href")).toBe("https://docs.example/a");
  expect(await link.getAttribute("rel")).toBe("noopener noreferrer external");
  expect(await link.getAttribute("target")).toBe("_blank");
  expect(await link.locator(".out-host").innerText()).toContain("docs.example");
  expect(await jonas.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
});

it("takes an erased message out of sight at once, and for those who come later", async () => {
  const [mara, jonas] = [await enter("room"), await enter("room-guest")];
  room.say("jonas", "my secret");
  room.say("jonas", "the rest");
  await eventually(() => shown(mara)).toEqual(["my secret", "the rest"]);
  room.erase(1);
  for (const page of [mara, jonas])
    await eventually(() => shown(page)).toEqual(["This message was erased or withheld.", "the rest"]);
  expect(await mara.content()).not.toContain("my secret");
});

it("begins a line with Shift and Enter, sends with Enter, and counts near the limit", async () => {
  const jonas = await enter("room-guest");
  await jonas.click("#message");
  await jonas.keyboard.type("a");
  await jonas.keyboard.press("Shift+Enter");
  await jonas.keyboard.type("b");
  await jonas.keyboard.press("Enter");
  await eventually(() => Promise.resolve(room.log.map(({ text }) => text))).toEqual(["a\nb"]);
  await jonas.fill("#message", "x".repeat(7990));
  expect(await jonas.textContent("#count-left")).toBe("10 characters left");
  await jonas.fill("#message", "x".repeat(8001));
  expect(await jonas.textContent("#count-left")).toMatch(/^1 characters? too many/);
  await jonas.press("#message", "Enter");
  expect(await jonas.inputValue("#message")).toHaveLength(8001);
  expect(room.log).toHaveLength(1);
});

it("tells who is writing, and for how long only", async () => {
  const [mara, jonas] = [await enter("room"), await enter("room-guest")];
  await jonas.fill("#message", "I th");
  await eventually(() => mara.textContent("#typing")).toContain("Jonas");
  expect(await jonas.textContent("#typing")).toBe("");
  await eventually(() => mara.textContent("#typing")).toBe("");
});

it("stays where one reads, and leads to what came since", async () => {
  const jonas = await enter("room-guest");
  for (let i = 1; i <= 40; i++) room.say("mara", `line ${i}`);
  await eventually(() => shown(jonas).then((all) => all.length)).toBe(40);
  await jonas.locator("#log").evaluate((log) => (log.scrollTop = 0));
  await eventually(() => jonas.locator("#log").evaluate((log) => log.scrollTop)).toBe(0);
  room.say("mara", "the newest");
  await jonas.locator("#jump").waitFor({ state: "visible" });
  expect(await jonas.locator("#log").evaluate((log) => log.scrollTop)).toBe(0);
  await jonas.click("#jump");
  await eventually(() => jonas.getByText("the newest").isVisible()).toBe(true);
  expect(await jonas.locator("#jump").isVisible()).toBe(false);
});

it("asks before the session ends for everybody, and then says who ended it and where to go", async () => {
  const [mara, jonas] = [await enter("room"), await enter("room-guest")];
  await mara.getByRole("button", { name: "End for everybody" }).click();
  await mara.locator("#end-dialog").getByText("Keep it open").click();
  expect(mara.url()).toBe(`${gallery.url}/room`);
  await jonas.fill("#message", "I was about to");
  room.end();
  await eventually(() => jonas.locator("#ended-words").innerText()).toMatch(
    /Mara Lindqvist.* ended the session/,
  );
  expect(await jonas.locator("#composer").isVisible()).toBe(false);
  expect(await jonas.evaluate(() => sessionStorage.length)).toBe(0);
  await mara.locator("#ended-shown a").click();
  expect(new URL(mara.url()).pathname).toBe("/session/5f0c");
});

it("asks before one leaves with something unsent, and goes at once without", async () => {
  const jonas = await enter("room-guest");
  room.strict = true;
  await say(jonas, "not yet there");
  await jonas.locator(".refused").waitFor();
  await jonas.getByRole("button", { name: "Leave" }).click();
  await jonas.locator("#leave-dialog").getByText("Stay").click();
  expect(await jonas.locator(".refused").count()).toBe(1);
  await jonas.getByText("Discard").click();
  await jonas.getByRole("button", { name: "Leave" }).click();
  await jonas.waitForURL("**/room/5f0c/leave");
});

it("copies the invitation", async () => {
  const mara = await enter("room");
  await mara.locator("#side").getByRole("button", { name: "Copy" }).click();
  await mara.locator("#side").getByRole("button", { name: "Copied" }).waitFor();
  expect(await mara.evaluate(() => navigator.clipboard.readText())).toMatch(
    /^https:\/\/selmo\.example\/join\//,
  );
});

it("gives up a line that no longer answers, and leaves a quiet one that does", async () => {
  const page = await enter("room-guest", "ours");
  for (let minute = 0; minute < 3; minute++) {
    const before = frames;
    await page.clock.fastForward(60_000);
    // The answer takes its own time, which is not the page's.
    await eventually(() => Promise.resolve(frames)).toBeGreaterThan(before);
    await page.clock.runFor(1000);
  }
  expect(room.opened).toBe(1);
  room.down = true;
  await page.clock.runFor(45_000);
  await page.locator("[data-link=reconnecting]").waitFor();
  room.down = false;
  await page.clock.runFor(16_000);
  await page.locator("[data-link=live]").waitFor();
  expect(room.opened).toBe(2);
});

it("does not come back where it is not wanted, and says so", async () => {
  const jonas = await enter("room-guest", "ours");
  room.shut();
  await jonas.locator("[data-link=ended]").waitFor();
  expect(await jonas.locator("#ended-words").innerText()).toBe("You are not in this session any more.");
  await jonas.clock.runFor(60_000);
  expect(room.opened).toBe(1);
});
