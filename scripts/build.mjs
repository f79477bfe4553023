// Compiles src/ to dist/ when it has changed since; a compilation that was cut off is done again from the start.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { at, main, plainly, say, workNode } from "./clone.mjs";
import { setUp } from "./setup.mjs";
import { alone } from "./step.mjs";

const compiler = at("node_modules", "typescript", "bin", "tsc");

/** What runs, and everything: `npm start` does not wait for the types of tests. */
const scopes = {
  run: { projects: ["tsconfig.server.json", "tsconfig.client.json"], folders: ["src"] },
  all: { projects: [], folders: ["src", "test", "bench"] },
};

/**
 * Builds "run" (what the service needs) or "all" (tests and benchmarks are type-checked too). Says nothing when
 * nothing has changed. Throws with the compiler's messages when it finds errors.
 */
export async function build(scope = "run") {
  if (isBuilt(scope)) return;
  await alone(async (runStep) => {
    if (!isBuilt(scope)) await compile(scope, runStep);
  });
}

const stampOf = (scope) => at("dist", `.built-${scope}`);
const begun = at("dist", ".building");

function isBuilt(scope) {
  return existsSync(stampOf(scope)) && readFileSync(stampOf(scope), "utf8") === fingerprint(scope);
}

async function compile(scope, runStep) {
  say(scope === "run" ? "Building …" : "Building and checking types …");
  const sources = fingerprint(scope);
  // Left by one that was cut off: what the compiler noted as done may be half written.
  if (existsSync(begun)) rmSync(at("dist"), { recursive: true, force: true });
  rmSync(stampOf(scope), { force: true });
  mkdirSync(at("dist"), { recursive: true });
  writeFileSync(begun, "");
  const args = [compiler, "-b", ...scopes[scope].projects];
  const { code, log, seconds } = await runStep("build", workNode(), args, process.env);
  rmSync(begun, { force: true });
  if (code !== 0) throw plainly(`${readFileSync(log, "utf8").trim()}\nThe build failed.`);
  writeFileSync(stampOf(scope), sources);
  say(`  built in ${seconds} s`);
}

/** A hash of all that the build depends on. Contents, not times: a checkout or a copy may set those at will. */
function fingerprint(scope) {
  const hash = createHash("sha256");
  const configs = readdirSync(at()).filter((name) => /^tsconfig.*\.json$|^package-lock\.json$/.test(name));
  const paths = [...configs, ...scopes[scope].folders.flatMap((folder) => sourcesIn(folder, scope))];
  for (const path of paths.sort((one, other) => (one < other ? -1 : 1)))
    hash.update(`${path}\0`).update(readFileSync(at(path)));
  return hash.digest("hex");
}

function sourcesIn(folder, scope) {
  if (!existsSync(at(folder))) return [];
  return readdirSync(at(folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourcesIn(path, scope);
    const counts =
      /\.tsx?$|\.json$/.test(entry.name) && (scope === "all" || !/\.test\.tsx?$/.test(entry.name));
    return counts ? [path] : [];
  });
}

if (process.argv[1] === at("scripts", "build.mjs")) {
  await main(async () => {
    await setUp();
    await build("all");
  });
}
