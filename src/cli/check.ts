// `upheld check`: says whether a policy file would run, and what is wrong with it (P3).
import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { formatIssue, type Issue } from "../policy/core.ts";
import { parsePolicy } from "../policy/parse-policy.ts";
import type { Command } from "./command.ts";

const summary = (file: string, issues: readonly Issue[]): string => {
  const errors = issues.filter(({ severity }) => severity === "error").length;
  const warnings = issues.length - errors;
  const tail = warnings > 0 ? ` ${warnings} warning${warnings === 1 ? "" : "s"}.` : "";
  return errors > 0
    ? `${file}: ${errors} error${errors === 1 ? "" : "s"}.${tail}\n`
    : `${file}: runs.${tail}\n`;
};

export const check: Command = {
  name: "check",
  about: "Checks a policy file.",
  help: `
Usage: upheld check [FILE] [--json]

Checks a policy file (UPHELD_POLICY, or policies/selmo.yaml) and reports every fault with its line, what is wrong
and what would be right.
  --json   prints {"file", "runs", "issues": [...]}

Exit codes: 0 it runs, 1 it has errors, 2 it could not be read.`,
  async run(args, { out, complain, environment, cwd }) {
    const { values, positionals } = parseArgs({
      args,
      options: { json: { type: "boolean" } },
      allowPositionals: true,
    });
    const file = positionals[0] ?? environment.UPHELD_POLICY ?? "policies/selmo.yaml";
    const text = await readFile(path.resolve(cwd, file), "utf8").catch((fault: NodeJS.ErrnoException) => {
      complain(`${file} can't be read (${fault.code}).\n`);
      return null;
    });
    if (text === null) return 2;
    const { policy, issues } = parsePolicy(text, file);
    const runs = policy !== null && !issues.some(({ severity }) => severity === "error");
    if (values.json) out(`${JSON.stringify({ file, runs, issues })}\n`);
    else {
      for (const issue of issues) out(`${formatIssue(issue, text)}\n\n`);
      out(summary(file, issues));
    }
    return runs ? 0 : 1;
  },
};
