// `upheld check`: says whether a policy file would run, what is wrong with it, and what nothing enforces yet (P3).
import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { manifestFor } from "../manifest.ts";
import { checkManifest } from "../policy/check/check-manifest.ts";
import type { Policy } from "../policy/core.ts";
import { formatIssue, type Issue } from "../policy/issue.ts";
import { parsePolicy } from "../policy/parse-policy.ts";
import { promisesWithTest } from "../promises.ts";
import { speakPolicy, type WordsFile } from "../speak-policy.ts";
import type { Command } from "./command.ts";
import { sarifOf, type Finding } from "./sarif.ts";

const root = path.resolve(import.meta.dirname, "../..");

type Checked = {
  file: string;
  text: string;
  runs: boolean;
  issues: readonly Issue[];
  /** Where policy and running code differ; null where the policy can't be read far enough to tell. */
  differences: readonly Issue[] | null;
  /** Its words in other languages. */
  words: readonly WordsFile[];
};

const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

const summary = ({ file, issues }: Checked): string => {
  const errors = issues.filter(({ severity }) => severity === "error").length;
  const warnings = issues.length - errors;
  const tail = warnings > 0 ? ` ${counted(warnings, "warning")}.` : "";
  return errors > 0 ? `${file}: ${counted(errors, "error")}.${tail}\n` : `${file}: runs.${tail}\n`;
};

/** The section about the running code: two numbers, and every difference on a line where it was asked for. */
const codeSection = (differences: readonly Issue[], all: boolean): string => {
  if (differences.length === 0) return "The running code does what the policy declares, and nothing else.\n";
  const undeclared = differences.filter(({ code }) => code === "not-declared").length;
  const lines = differences.map(({ file, line, message }) => `  ${file}:${line}  ${message}\n`);
  return [
    "Against the running code:\n",
    `  ${counted(differences.length - undeclared, "thing")} declared that nothing in this version of Upheld enforces, `,
    `${undeclared} done that the policy does not declare.\n`,
    ...(all
      ? ["\n", ...lines]
      : ['  The service starts all the same. "--manifest" lists them and makes them count.\n']),
  ].join("");
};

const readChecked = async (file: string, cwd: string): Promise<Checked> => {
  const text = await readFile(path.resolve(cwd, file), "utf8");
  const { policy, issues } = parsePolicy(text, file);
  const runs = policy !== null && !issues.some(({ severity }) => severity === "error");
  const words = policy ? (await speakPolicy(policy, cwd)).files : [];
  return { file, text, runs, issues, differences: policy && (await differencesOf(policy)), words };
};

const differencesOf = async (policy: Policy): Promise<Issue[]> =>
  checkManifest(policy, manifestFor(policy, await promisesWithTest(root))).sort(
    (a, b) => a.line - b.line || a.column - b.column,
  );

const versionOfProgram = async (): Promise<string> =>
  (JSON.parse(await readFile(path.join(root, "package.json"), "utf8")) as { version: string }).version;

/** A language is offered whole or not at all. */
const wordsSection = ({ file, text, issues, spoken }: WordsFile): string =>
  [
    ...issues.map((issue) => `${formatIssue(issue, text)}\n\n`),
    spoken ? `${file}: fits.\n` : `${file}: does not fit, so the language is not offered.\n`,
  ].join("");

const asSarif = async ({ issues, differences, words }: Checked, counts: boolean): Promise<string> => {
  const findings: Finding[] = [
    ...[...issues, ...words.flatMap((one) => one.issues)].map((issue) => ({ issue, level: issue.severity })),
    ...(differences ?? []).map((issue) => ({ issue, level: counts ? issue.severity : ("note" as const) })),
  ];
  return `${JSON.stringify(sarifOf(findings, await versionOfProgram()))}\n`;
};

const asJson = ({ file, runs, issues, differences, words }: Checked): string => {
  const shown = words.map(({ spoken, ...one }) => ({
    file: one.file,
    language: one.language,
    fits: spoken !== null,
    issues: one.issues,
  }));
  return `${JSON.stringify({ file, runs, issues, manifest: differences, words: shown })}\n`;
};

const asText = (checked: Checked, all: boolean): string =>
  [
    ...checked.issues.map((issue) => `${formatIssue(issue, checked.text)}\n\n`),
    summary(checked),
    ...checked.words.map(wordsSection),
    ...(checked.differences === null ? [] : ["\n", codeSection(checked.differences, all)]),
  ].join("");

export const check: Command = {
  name: "check",
  about: "Checks a policy file.",
  help: `
Usage: upheld check [FILE] [--manifest] [--json | --sarif]

Checks a policy file (UPHELD_POLICY, or policies/selmo.yaml) and reports every fault with its line, what is wrong
and what would be right. A policy with an error does not run.
Then it holds the policy against the running code: what the policy declares and nothing in this version of Upheld
enforces, and what the code does and the policy does not declare. Of this it says how much there is; it stops no
start. And it holds the words in other languages, which lie beside the file as words/<policy>.<language>.yaml, against
the policy: a language whose words do not fit is not offered.
  --manifest   lists each such difference, and counts it as a fault
  --json       prints {"file", "runs", "issues": [...], "manifest": [...], "words": [...]}; "manifest" is null where
               the policy has errors
  --sarif      prints SARIF 2.1.0; the differences are notes there, and errors with --manifest

Exit codes: 0 it runs and its words fit (with --manifest: and nothing differs), 1 it has errors, or words that do not
fit (or differs), 2 it could not be read.`,
  async run(args, { out, complain, environment, cwd }) {
    const { values, positionals } = parseArgs({
      args,
      options: { json: { type: "boolean" }, sarif: { type: "boolean" }, manifest: { type: "boolean" } },
      allowPositionals: true,
    });
    if (values.json && values.sarif) {
      complain("--json and --sarif can't both be printed. Choose one.\n");
      return 2;
    }
    const file = positionals[0] ?? environment.UPHELD_POLICY ?? "policies/selmo.yaml";
    const checked = await readChecked(file, cwd).catch((fault: NodeJS.ErrnoException) => {
      if (fault.code === undefined) throw fault;
      complain(`${file} can't be read (${fault.code}).\n`);
      return null;
    });
    if (checked === null) return 2;
    const counts = values.manifest ?? false;
    if (values.sarif) out(await asSarif(checked, counts));
    else out(values.json ? asJson(checked) : asText(checked, counts));
    const differs = counts && (checked.differences?.length ?? 0) > 0;
    return checked.runs && !differs && checked.words.every(({ spoken }) => spoken) ? 0 : 1;
  },
};
