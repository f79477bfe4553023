import { expect, test } from "vitest";
import { browserFamily, outdatedBrowser } from "./browser.ts";

const agents = {
  chrome: (version: number) =>
    `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Safari/537.36`,
  edge: (version: number) =>
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Safari/537.36 Edg/${version}.0.0.0`,
  firefox: (version: number) =>
    `Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:${version}.0) Gecko/20100101 Firefox/${version}.0`,
  safari: (version: number) =>
    `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/${version}.1 Safari/605.1.15`,
  chromeOnIphone:
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/131.0.6778.73 Mobile/15E148 Safari/604.1",
  explorer: "Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko",
};
const now = new Date("2026-11-24");

test("a browser is named by its family and its system, and by nothing that would tell it from others", () => {
  expect(browserFamily(agents.chrome(140))).toBe("Chrome on Linux");
  expect(browserFamily(agents.edge(140))).toBe("Edge on Windows");
  expect(browserFamily(agents.firefox(140))).toBe("Firefox on macOS");
  expect(browserFamily(agents.safari(26))).toBe("Safari on macOS");
  expect(browserFamily(agents.chromeOnIphone)).toBe("Chrome on iOS");
  expect(browserFamily(agents.explorer)).toBe("Internet Explorer on Windows");
  for (const unknown of ["", "curl/8.5.0", "x".repeat(500)])
    expect(browserFamily(unknown)).toBe("An unknown browser");
});

test("a browser without repairs for a year and a half is warned of, by name", () => {
  expect(outdatedBrowser(agents.chrome(120), now)).toBe("Chrome 120");
  expect(outdatedBrowser(agents.edge(110), now)).toBe("Edge 110");
  expect(outdatedBrowser(agents.firefox(115), now)).toBe("Firefox 115");
  expect(outdatedBrowser(agents.safari(16), now)).toBe("Safari 16");
  expect(outdatedBrowser(agents.explorer, now)).toBe("Internet Explorer");
});

test("a browser of the last year, of the years to come, or that tells no version, is not warned of", () => {
  for (const agent of [
    agents.chrome(156),
    agents.chrome(145),
    agents.chrome(9999),
    agents.firefox(140),
    agents.safari(26),
    agents.safari(18),
    agents.chromeOnIphone,
    "",
    "curl/8.5.0",
    "Chrome/x",
  ])
    expect([agent, outdatedBrowser(agent, now)]).toEqual([agent, null]);
});
