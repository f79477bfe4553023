// `upheld diff`: what a new version of a policy file changes, whom it concerns, and what they are owed first (P2, P3).
import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { changesBetween, isUnchanged, type Changes } from "../changes.ts";
import { formatIssue, type Policy } from "../policy/core.ts";
import { en } from "../policy/messages/en.ts";
import { parsePolicy } from "../policy/parse-policy.ts";
import { sayChanges, type SaidChange } from "../say-changes.ts";
import type { Command, Surroundings } from "./command.ts";

/** The policy of a file; null after saying why it can't be had. */
const readVersion = async (file: string, { complain, cwd }: Surroundings): Promise<Policy | null> => {
  const text = await readFile(path.resolve(cwd, file), "utf8").catch((fault: NodeJS.ErrnoException) => {
    complain(`${file} can't be read (${fault.code}).\n`);
    return null;
  });
  if (text === null) return null;
  const { policy, issues } = parsePolicy(text, file);
  if (policy !== null) return policy;
  const errors = issues.filter(({ severity }) => severity === "error");
  complain(errors.map((issue) => `${formatIssue(issue, text)}\n\n`).join(""));
  complain(`${file} does not check, so it can't be compared.\n`);
  return null;
};

const sayItem = ({ text, parts = [], who, first }: SaidChange): string =>
  [
    `  ${text}\n`,
    ...parts.map((part) => `    - ${part}\n`),
    ...[who, first].flatMap((line) => (line === undefined ? [] : [`    ${line}\n`])),
  ].join("");

const sayClauses = ({ clauses }: Changes): string =>
  clauses.length === 0
    ? ""
    : `\nClauses of the statement\n${clauses
        .map(
          ({ id, before, after }) =>
            `  § ${id}\n${before === null ? "" : `    - ${before}\n`}${after === null ? "" : `    + ${after}\n`}`,
        )
        .join("")}`;

const sayOwed = ({ owed, effective, noticeDays }: Changes, { purposes }: Policy): string => {
  const named = (ids: readonly string[]) => en.list(ids.map((id) => purposes[id]?.label ?? id));
  const lines = [
    ...(owed.tellBy === null
      ? []
      : [
          `A notice, by ${owed.tellBy}: ${en.time(noticeDays)} before ${effective}. For whoever is told later, it begins that much later.`,
          `  For: ${named(owed.notice)}.`,
        ]),
    ...(owed.consent.length === 0
      ? []
      : [
          `A new consent, from ${effective}: nothing begins for a person before their own yes.`,
          `  For: ${named(owed.consent)}.`,
        ]),
  ];
  return lines.length === 0
    ? "\nNobody is owed a notice or asked for a consent.\n"
    : `\nWhat is owed first\n${lines.map((line) => `  ${line}\n`).join("")}`;
};

const place = (file: string, line: number | null): string => (line === null ? file : `${file}:${line}`);

const sayRules = ({ rules }: Changes, old: string, young: string): string =>
  rules.length === 0
    ? ""
    : `\nRules written differently\n${rules
        .map(({ id, before, after }) => {
          if (before === null && after !== null) return `  ${id}  new, ${place(young, after)}\n`;
          return after === null && before !== null
            ? `  ${id}  gone, was ${place(old, before)}\n`
            : `  ${id}  ${place(young, after)}\n`;
        })
        .join("")}`;

const asText = (before: Policy, after: Policy, changes: Changes): string => {
  const head = `${before.file} (version ${before.version}) to ${after.file} (version ${after.version}), in force from ${after.effective}\n`;
  if (isUnchanged(changes)) return `${head}\nNothing changes.\n`;
  const groups = sayChanges(before, after, changes);
  return [
    head,
    ...changes.warnings.map((warning) => `\nBeware: ${warning}\n`),
    ...(groups.length === 0 ? ["\nWhat is allowed, and how long things are kept, stays as it is.\n"] : []),
    ...groups.map(({ title, items }) => `\n${title}\n${items.map(sayItem).join("")}`),
    sayOwed(changes, after),
    sayClauses(changes),
    sayRules(changes, before.file, after.file),
  ].join("");
};

export const diff: Command = {
  name: "diff",
  about: "Says what a new version of a policy changes.",
  help: `
Usage: upheld diff OLD NEW [--json]

Compares two versions of a policy file by every ask there is: what is newly allowed and what is refused from now on,
for whom, what is kept longer or shorter, which texts have a new version, which clauses of the statement change; and
what people are owed first: a notice, and by which day, or a new consent.
  --json   prints {"changed", "old", "new", "asks", "ends", "documents", "clauses", "cookies", "countries", "rules",
           "waits", "owed": {"notice", "consent", "tellBy"}, "warnings", ...}

Exit codes: 0 nothing changes, 1 something changes, 2 a file could not be read or does not check.`,
  async run(args, surroundings) {
    const { values, positionals } = parseArgs({
      args,
      options: { json: { type: "boolean" } },
      allowPositionals: true,
    });
    const [old, young, ...others] = positionals;
    if (old === undefined || young === undefined || others.length > 0) {
      surroundings.complain("Name two policy files: upheld diff OLD NEW.\n");
      return 2;
    }
    const before = await readVersion(old, surroundings);
    const after = await readVersion(young, surroundings);
    if (before === null || after === null) return 2;
    const changes = changesBetween(before, after);
    const changed = !isUnchanged(changes);
    const head = {
      changed,
      old: { file: old, version: before.version },
      new: { file: young, version: after.version },
    };
    surroundings.out(
      values.json ? `${JSON.stringify({ ...head, ...changes })}\n` : asText(before, after, changes),
    );
    return changed ? 1 : 0;
  },
};
