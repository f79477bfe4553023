// Tells a browser's family from what it says of itself, and warns of one that is long out of date; nobody is refused for it (K8).

type Engine = "chromium" | "firefox" | "safari" | "explorer";

/** In this order: most browsers name others beside themselves. */
const families: readonly [pattern: RegExp, family: string, engine: Engine][] = [
  [/MSIE |Trident\//, "Internet Explorer", "explorer"],
  [/Edg(?:e|A|iOS)?\//, "Edge", "chromium"],
  [/OPR\//, "Opera", "chromium"],
  [/SamsungBrowser\//, "Samsung Internet", "chromium"],
  [/(?:Firefox|FxiOS)\//, "Firefox", "firefox"],
  [/(?:Chrome|Chromium|CriOS)\//, "Chrome", "chromium"],
  [/Version\/.*Safari\//, "Safari", "safari"],
];

const systems: readonly [pattern: RegExp, system: string][] = [
  [/Windows/, "Windows"],
  [/Android/, "Android"],
  [/iPhone|iPad/, "iOS"],
  [/Mac OS X|Macintosh/, "macOS"],
  [/CrOS/, "ChromeOS"],
  [/Linux|X11/, "Linux"],
];

const familyIn = (agent: string) => families.find(([pattern]) => pattern.test(agent));

/** Such as "Firefox on Linux": enough to know one's own devices by, and no more. */
export const browserFamily = (agent: string): string => {
  const family = familyIn(agent)?.[1] ?? "An unknown browser";
  const system = systems.find(([pattern]) => pattern.test(agent))?.[1];
  return system ? `${family} on ${system}` : family;
};

const day = 86_400_000;

/** A version, the day of its last repair as far as known, and the days from one to the next. Where they come faster, the warning comes late. */
const releases: Readonly<Record<Engine, { in: RegExp; version: number; on: string; every: number } | null>> =
  {
    chromium: { in: /(?:Chrome|Chromium)\/(\d{1,4})/, version: 131, on: "2024-11-12", every: 28 },
    firefox: { in: /Firefox\/(\d{1,4})/, version: 132, on: "2024-10-29", every: 28 },
    safari: { in: /Version\/(\d{1,4})/, version: 26, on: "2026-09-15", every: 365 },
    explorer: null,
  };

/** Safari went from 18 to 26 within a year. */
const counted = (engine: Engine, version: number): number =>
  engine === "safari" && version < 26 ? version + 7 : version;

/** Longer than any browser is still mended: Firefox's long-lived versions end sooner. */
const oldAfter = 540 * day;

/**
 * The family of a browser that has had no repair for a year and a half, or null.
 * One whose version is not told is not warned of: on iOS all browsers are as old as the system.
 */
export const outdatedBrowser = (agent: string, now: Date): string | null => {
  const [, family, engine] = familyIn(agent) ?? [];
  if (!family || !engine) return null;
  const release = releases[engine];
  if (!release) return family;
  const version = Number(release.in.exec(agent)?.[1]);
  const madeAt = Date.parse(release.on) + (counted(engine, version) - release.version) * release.every * day;
  return now.getTime() - madeAt > oldAfter ? `${family} ${version}` : null;
};
