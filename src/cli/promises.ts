// `upheld promises`: which promises the last test run showed kept, which broken, and which nothing has tested yet.
import path from "node:path";
import { parseArgs } from "node:util";
import { readPromised, readRun, standingOf, type Standing } from "../promises.ts";
import type { Command } from "./command.ts";

const root = path.resolve(import.meta.dirname, "../..");

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
    const run = await readRun(root);
    if (run === null) {
      complain('No test results are here. Run "npm test" first.\n');
      return 2;
    }
    const promised = await readPromised(root);
    const rows = promised.map((one) => ({ ...one, standing: standingOf(one.id, run.results) }));
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
