// What is promised, which tests try it, and what the last test run showed of it: kept, broken, not yet tested (P1, P4).
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";

export type Promised = { id: string; from: string[]; promise: string };
export type TestResult = { fullName: string; status: string };
/** `at` in milliseconds since 1970 UTC. */
export type TestRun = { at: number; results: TestResult[] };
export type Standing = "kept" | "broken" | "not yet tested";

/** Where `npm test` leaves its results, under the program's own folder. */
export const resultsFile = ".upheld/test-results.json";

type Written = { startTime?: number; testResults: { assertionResults: TestResult[] }[] };

/** The last test run under `root`; null where there was none, or its results can't be read. */
export const readRun = async (root: string): Promise<TestRun | null> => {
  const file = path.join(root, resultsFile);
  try {
    const { startTime, testResults } = JSON.parse(await readFile(file, "utf8")) as Written;
    const results = testResults.flatMap(({ assertionResults }) =>
      assertionResults.map(({ fullName, status }) => ({ fullName, status })),
    );
    return results.length === 0 ? null : { at: startTime ?? (await stat(file)).mtimeMs, results };
  } catch {
    return null;
  }
};

/** Reads the last run anew only when its file has changed: a page asks each time it is shown. */
export const watchRun = (root: string): (() => Promise<TestRun | null>) => {
  let known: { changed: number; run: Promise<TestRun | null> } | null = null;
  return async () => {
    const changed = await stat(path.join(root, resultsFile)).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    );
    if (known?.changed !== changed)
      known = { changed, run: changed === 0 ? Promise.resolve(null) : readRun(root) };
    return known.run;
  };
};

/** Every promise, in the order of the table. */
export const readPromised = async (root: string): Promise<Promised[]> =>
  JSON.parse(await readFile(path.join(root, "src/promises.json"), "utf8")) as Promised[];

/** The results of the tests that carry a promise's id as the first word of their names. */
export const resultsOf = (id: string, results: readonly TestResult[]): TestResult[] =>
  results.filter(({ fullName }) => new RegExp(`(^|\\s)${id}:`).test(fullName));

/** Where a promise stands: one failed test breaks it, one passed test and no failed one keeps it. */
export const standingOf = (id: string, results: readonly TestResult[]): Standing => {
  const own = resultsOf(id, results);
  if (own.some(({ status }) => status === "failed")) return "broken";
  return own.some(({ status }) => status === "passed") ? "kept" : "not yet tested";
};

const named = /\b(?:test|it)(?:\.\w+)*(?:\([^()]*\))?\(\s*["'`]([A-Z]\d+):/g;

/** The promise ids that begin the names of tests in a source text. */
export const idsInTests = (source: string): string[] => [...source.matchAll(named)].map(([, id]) => id ?? "");

/**
 * Promises that some test under `root` carries in its name, each once.
 * Null where the tests are not there, as in a copy that has the built program alone: then nothing can be said.
 */
export const promisesWithTest = async (root: string): Promise<string[] | null> => {
  const folder = path.join(root, "test");
  const files = await readdir(folder, { recursive: true }).catch(() => null);
  if (files === null) return null;
  const sources = await Promise.all(
    files
      .filter((file) => /\.test\.tsx?$/.test(file))
      .map((file) => readFile(path.join(folder, file), "utf8")),
  );
  return [...new Set(sources.flatMap(idsInTests))].sort();
};
