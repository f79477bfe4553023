// npm test: sets up what is missing, a browser included, runs every test, and says last how many passed.
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { findBrowser } from "./browser.mjs";
import { build } from "./build.mjs";
import { at, main } from "./clone.mjs";
import { runNode } from "./run-node.mjs";
import { setUp } from "./setup.mjs";

const results = at(".upheld", "test-results.json");

await main(async () => {
  await setUp();
  await build("run");
  const env = { ...process.env, CHROME_PATH: findBrowser() };
  mkdirSync(at(".upheld"), { recursive: true });
  rmSync(results, { force: true });
  const reports = ["--reporter=default", "--reporter=json", `--outputFile.json=${results}`];
  const vitest = at("node_modules", "vitest", "vitest.mjs");
  const code = await runNode([vitest, "run", "--root", at(), ...reports, ...process.argv.slice(2)], env);
  const counted = count(code);
  process.exitCode = code === 0 && counted.failed > 0 ? 1 : code;
  const skipped = counted.skipped > 0 ? `, ${counted.skipped} skipped` : "";
  process.stdout.write(`\n${counted.passed} passed, ${counted.failed} failed${skipped}\n`);
});

/**
 * A file that could not even be loaded counts as one failed test, and so does a run that ended badly although every
 * test in it passed: the last line never looks better than the exit code.
 */
function count(code) {
  const { files, passed, failed, skipped } = read();
  const broken = files.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  ).length;
  const all = failed + broken;
  return { passed, skipped, failed: all === 0 && code !== 0 ? 1 : all };
}

function read() {
  try {
    const told = JSON.parse(readFileSync(results, "utf8"));
    return {
      files: told.testResults,
      passed: told.numPassedTests,
      failed: told.numFailedTests,
      skipped: told.numPendingTests + told.numTodoTests,
    };
  } catch {
    return { files: [], passed: 0, failed: 1, skipped: 0 };
  }
}
