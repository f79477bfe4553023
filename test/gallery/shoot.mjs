// node test/gallery/shoot.mjs OUT [NAME…]: pictures of the pages, phone and desktop, light and dark. With no OUT it serves them.
import { mkdirSync } from "node:fs";
import { chromium } from "playwright-core";
import { createServer } from "vite";

const [out, ...names] = process.argv.slice(2);
const vite = await createServer({
  server: { middlewareMode: true, ws: false, watch: null },
  appType: "custom",
  logLevel: "error",
  oxc: { jsx: { runtime: "automatic", importSource: "hono/jsx" } },
});
const load = async () => (await vite.ssrLoadModule("/test/gallery/page-samples.ts")).pages;
const { startGallery } = await vite.ssrLoadModule("/test/gallery/gallery-server.ts");
const { openSmallRoom } = await vite.ssrLoadModule("/test/gallery/small-room.ts");
const { people, messages, noon } = await vite.ssrLoadModule("/test/gallery/people-samples.ts");
const { server, url } = await startGallery(load, out ? 0 : Number(process.env.PORT ?? 8090));

const room = openSmallRoom(server, people, noon);
for (const { seq, from, text, at } of messages)
  room.log.push({ t: "said", seq, id: `s${seq}`, from, text, at });

if (!out) console.log(`The gallery is at ${url}/`);
else {
  mkdirSync(out, { recursive: true });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  const all = names.length > 0 ? names : Object.keys(await load());
  for (const colorScheme of ["light", "dark"])
    for (const width of [390, 1280]) {
      const height = width === 390 ? 844 : 800;
      const context = await browser.newContext({
        colorScheme,
        viewport: { width, height },
        reducedMotion: "reduce",
      });
      const page = await context.newPage();
      page.on("console", (message) => message.type() === "error" && console.log(page.url(), message.text()));
      for (const name of all) {
        await page.goto(`${url}/${name}`);
        if (name.startsWith("room")) await page.locator("[data-link=live]").waitFor();
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (wide > 0) console.log(`${name} at ${width}: ${wide} px too wide`);
        await page.screenshot({ path: `${out}/${name}-${width}-${colorScheme}.png`, fullPage: true });
      }
      await context.close();
    }
  await browser.close();
  server.close();
  await vite.close();
}
