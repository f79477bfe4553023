// Installs what Upheld needs, once for each package-lock.json, and again when an installation was cut off.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter } from "node:path";
import { at, main, plainly, say } from "./clone.mjs";
import { alone } from "./step.mjs";

const stamp = at("node_modules", ".upheld-installed");
/** npm writes this one at the end of an installation, and so it tells a whole one that npm was asked for directly. */
const npmsOwn = at("node_modules", ".package-lock.json");

/** Makes sure that node_modules is whole and fits package-lock.json. Says nothing when there is nothing to do. */
export async function setUp() {
  if (Number(process.versions.node.split(".")[0]) < 20)
    throw plainly(
      `This is Node ${process.versions.node}, and Upheld needs 20 or newer: see https://nodejs.org.`,
    );
  if (!isInstalled()) {
    await alone(async (runStep) => {
      if (!isInstalled()) await install(runStep);
    });
  }
  linkOwnCommand();
}

function wanted() {
  const lockFile = readFileSync(at("package-lock.json"));
  return `${createHash("sha256").update(lockFile).digest("hex")} ${process.platform}-${process.arch}\n`;
}

function isInstalled() {
  if (existsSync(stamp))
    return readFileSync(stamp, "utf8") === wanted() && existsSync(at("node_modules/.bin/node"));
  if (!npmInstalledTheSame()) return false;
  writeFileSync(stamp, wanted());
  return true;
}

/** Whether npm's own record names every package of package-lock.json, and each of them is there. */
function npmInstalledTheSame() {
  if (!existsSync(npmsOwn)) return false;
  const { packages: asked } = JSON.parse(readFileSync(at("package-lock.json"), "utf8"));
  const { packages: got } = JSON.parse(readFileSync(npmsOwn, "utf8"));
  return Object.entries(asked).every(([path, { version, optional }]) => {
    if (path === "" || (optional && got[path] === undefined)) return true;
    return got[path]?.version === version && existsSync(at(path, "package.json"));
  });
}

async function install(runStep) {
  say("Installing what Upheld needs (once; usually less than a minute) …");
  for (const record of [stamp, npmsOwn]) rmSync(record, { force: true });
  // The flags stand against what an .npmrc or NODE_ENV=production may say: the build needs all of it.
  const args = [
    "ci",
    "--include=dev",
    "--include=optional",
    "--ignore-scripts=false",
    "--no-audit",
    "--no-fund",
  ];
  const { code, log, seconds } = await runStep("install", "npm", args, outerEnv());
  if (code === 127) throw plainly("npm is missing: install it beside Node.");
  if (code !== 0)
    throw plainly(
      `${lastLines(log)}\nThe installation failed: mend what npm says above (all of it is in ${log}) and start again.`,
    );
  const works = spawnSync(at("node_modules", ".bin", "node"), ["--version"], { encoding: "utf8" });
  if (works.status !== 0 && Number(process.versions.node.split(".")[0]) < 24)
    throw plainly(
      "Node 24 came with the installation, but does not run on this machine: install Node 24 yourself and start again.",
    );
  writeFileSync(stamp, wanted());
  say(`  installed in ${seconds} s`);
}

/** Our own node_modules/.bin is left out of the path: npm must not run on a Node that it is about to replace. */
function outerEnv() {
  const path = (process.env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => !folder.startsWith(at("node_modules")));
  return { ...process.env, PATH: path.join(delimiter) };
}

function lastLines(log) {
  return readFileSync(log, "utf8").trim().split("\n").slice(-12).join("\n");
}

/** `npx upheld` finds the command there; npm itself links only what packages bring, not the clone's own. */
function linkOwnCommand() {
  const link = at("node_modules", ".bin", "upheld");
  if (existsSync(link)) return;
  rmSync(link, { force: true });
  try {
    symlinkSync("../../bin/upheld.mjs", link);
  } catch (fault) {
    if (fault.code !== "EEXIST") throw fault;
  }
}

if (process.argv[1] === at("scripts", "setup.mjs")) await main(setUp);
