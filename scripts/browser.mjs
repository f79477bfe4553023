// Finds the browser that the journeys run in, and installs one where that can be done without asking.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { plainly, say } from "./clone.mjs";

const candidates = [
  process.env.CHROME_PATH,
  "chromium",
  "google-chrome",
  "google-chrome-stable",
  "chromium-browser",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** The path of a Chrome or Chromium that runs. Throws with what to install where there is none. */
export function findBrowser() {
  if (process.env.CHROME_PATH && !runs(process.env.CHROME_PATH))
    throw plainly(
      `CHROME_PATH is ${process.env.CHROME_PATH}, and that does not run: point it to Chrome or Chromium.`,
    );
  const found = installed();
  if (found !== undefined) return found;
  if (mayInstall()) installChromium();
  const made = installed();
  if (made !== undefined) return made;
  throw plainly(`The tests need Google Chrome or Chromium, and there is none that runs. ${advice()}`);
}

function installed() {
  const name = candidates.find((candidate) => candidate && runs(candidate));
  if (name === undefined || name.includes("/")) return name;
  return spawnSync("/bin/sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).stdout.trim();
}

/** Asked for its version, since Ubuntu's chromium-browser is but a note that says to use another installer. */
function runs(browser) {
  const { status, stdout } = spawnSync(browser, ["--version"], { encoding: "utf8", timeout: 30_000 });
  return status === 0 && /chrom/i.test(stdout);
}

function isDebian() {
  try {
    return /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"));
  } catch {
    return false;
  }
}

function mayInstall() {
  return isDebian() && process.getuid?.() === 0 && spawnSync("apt-get", ["--version"]).status === 0;
}

function installChromium() {
  say("Installing Chromium for the tests (once; a minute or two) …");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const steps = [
    // Mends an installation that was cut off; otherwise it does nothing.
    ["dpkg", "--configure", "-a"],
    ["apt-get", "update", "-q"],
    ["apt-get", "install", "-q", "-y", "--no-install-recommends", "chromium"],
  ];
  for (const [program, ...args] of steps) {
    const { status, stdout, stderr } = spawnSync(program, args, {
      env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
    if (status !== 0)
      throw plainly(
        `${stdout}${stderr}\n"${[program, ...args].join(" ")}" failed: mend what it says, or install Chromium yourself and set CHROME_PATH.`,
      );
  }
}

function advice() {
  if (isDebian())
    return "Run: sudo apt-get update && sudo apt-get install -y --no-install-recommends chromium";
  if (process.platform === "darwin") return "Run: brew install --cask google-chrome";
  return "Install it from https://www.google.com/chrome or with your package manager; if it lies elsewhere, set CHROME_PATH.";
}
