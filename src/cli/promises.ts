// `upheld promises`: which promises the last test run showed kept, which broken, and which nothing has tested yet.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import type { Command } from "./command.ts";

type Promised = { id: string; from: string; promise: string };
type Result = { fullName: string; status: string };
type Standing = "kept" | "broken" | "not yet tested";

const root = path.resolve(import.meta.dirname, "../..");

const readResults = async (file: string): Promise<Result[]> => {
  const text = await readFile(file, "utf8").catch(() => null);
  if (text === null) return [];
  const { testResults } = JSON.parse(text) as { testResults: { assertionResults: Result[] }[] };
  return testResults.flatMap(({ assertionResults }) => assertionResults);
};

/** Where a promise stands: a journey test carries its id as the first word of its name. */
export const standingOf = (id: string, results: readonly Result[]): Standing => {
  const own = results.filter(({ fullName }) => new RegExp(`(^|\\s)${id}:`).test(fullName));
  if (own.some(({ status }) => status === "failed")) return "broken";
  return own.some(({ status }) => status === "passed") ? "kept" : "not yet tested";
};

export const promises: Command = {
  name: "promises",
  about: "Shows which promises the last test run kept.",
  help: `
Usage: upheld promises [--json]

Prints every promise with its standing in the last run of "npm test": kept, broken or not yet tested.
  --json   prints [{"id", "from", "promise", "standing"}]

Exit codes: 0 none is broken, 1 one is, 2 the tests have not been run.`,
  async run(args, { out, complain }) {
    const { values } = parseArgs({ args, options: { json: { type: "boolean" } } });
    const results = await readResults(path.join(root, ".upheld/test-results.json"));
    if (results.length === 0) {
      complain('No test results are here. Run "npm test" first.\n');
      return 2;
    }
    const promised = JSON.parse(await readFile(path.join(root, "src/promises.json"), "utf8")) as Promised[];
    const rows = promised.map((one) => ({ ...one, standing: standingOf(one.id, results) }));
    if (values.json) out(`${JSON.stringify(rows)}\n`);
    else {
      for (const { id, standing, promise } of rows)
        out(`${id.padEnd(4)} ${standing.padEnd(15)} ${promise}\n`);
      const count = (standing: Standing) => rows.filter((row) => row.standing === standing).length;
      out(`\n${count("kept")} kept, ${count("broken")} broken, ${count("not yet tested")} not yet tested\n`);
    }
    return rows.some(({ standing }) => standing === "broken") ? 1 : 0;
  },
};
