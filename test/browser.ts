// A real browser, as people have one.
import { existsSync } from "node:fs";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";

const known = [
  process.env.CHROME_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const openBrowser = async (): Promise<Browser> => {
  const executablePath = known.find((file) => file && existsSync(file));
  if (!executablePath) throw new Error("no browser is installed: npm test installs one or says how");
  return chromium.launch({ executablePath, args: flags });
};

/** Somebody with a browser of their own: their cookies are theirs alone. */
export const openPerson = async (
  browser: Browser,
  url: string,
  options: { javaScriptEnabled?: boolean; width?: number } = {},
): Promise<{ page: Page; context: BrowserContext }> => {
  const { javaScriptEnabled = true, width = 1280 } = options;
  const context = await browser.newContext({
    baseURL: url,
    javaScriptEnabled,
    viewport: { width, height: 800 },
  });
  // Long enough for a loaded machine, and less than a test's own limit, so that it says what it waited for.
  context.setDefaultTimeout(10_000);
  return { context, page: await context.newPage() };
};
