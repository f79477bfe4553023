// `upheld diff`: what a new version of a policy file changes, whom it concerns, and what they are owed first (P2, P3).
import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { readConfig } from "../config.ts";
import { changesBetween, isUnchanged, type Changes } from "../changes.ts";
import type { AskChange, Policy } from "../policy/core.ts";
import { formatIssue } from "../policy/issue.ts";
import { en } from "../policy/messages/en.ts";
import { parsePolicy } from "../policy/parse-policy.ts";
import { sayChanges, type SaidChange } from "../say-changes.ts";
import type { Command, Surroundings } from "./command.ts";
import { countConcerned, type Running } from "../running-policy.ts";
import { runningPolicy } from "./running-policy.ts";

type Version = { policy: Policy; people: Running["people"] | null };

/** The policy of a text; null after saying why it can't be had. */
const readText = (text: string, file: string, { complain }: Surroundings): Policy | null => {
  const { policy, issues } = parsePolicy(text, file);
  if (policy !== null) return policy;
  const errors = issues.filter(({ severity }) => severity === "error");
  complain(errors.map((issue) => `${formatIssue(issue, text)}\n\n`).join(""));
  complain(`${file} does not check, so it can't be compared.\n`);
  return null;
};

const readVersion = async (file: string, surroundings: Surroundings): Promise<Version | null> => {
  const text = await readFile(path.resolve(surroundings.cwd, file), "utf8").catch(
    (fault: NodeJS.ErrnoException) => {
      surroundings.complain(`${file} can't be read (${fault.code}).\n`);
      return null;
    },
  );
  const policy = text === null ? null : readText(text, file, surroundings);
  return policy && { policy, people: null };
};

/** The version that runs on the data of these settings, with the people who are under it. */
const readRunning = async (surroundings: Surroundings): Promise<Version | null> => {
  const found = await runningPolicy(readConfig(surroundings.environment, surroundings.cwd));
  if (found === null) {
    surroundings.complain("No policy was put in force on this data yet. Name a file in place of it.\n");
    return null;
  }
  const policy = readText(found.text, found.file, surroundings);
  return policy && { policy, people: found.people };
};

/** How many people of the data at hand a change concerns; absent where two files are compared. */
type Count = (change: AskChange) => { count: number; of: number };

const sayCount = (ask: AskChange | undefined, count: Count | undefined): string | undefined => {
  if (ask === undefined || count === undefined) return undefined;
  const { count: concerned, of } = count(ask);
  return `Here that is ${concerned} of ${of} people.`;
};

const sayItem = ({ text, parts = [], who, first, ask }: SaidChange, count?: Count): string =>
  [
    `  ${text}\n`,
    ...parts.map((part) => `    - ${part}\n`),
    ...[who, sayCount(ask, count), first].flatMap((line) => (line === undefined ? [] : [`    ${line}\n`])),
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

const asText = (before: Policy, after: Policy, changes: Changes, count?: Count): string => {
  const head = `${before.file} (version ${before.version}) to ${after.file} (version ${after.version}), in force from ${after.effective}\n`;
  if (isUnchanged(changes)) return `${head}\nNothing changes.\n`;
  const groups = sayChanges(before, after, changes);
  return [
    head,
    ...changes.warnings.map((warning) => `\nBeware: ${warning}\n`),
    ...(groups.length === 0 ? ["\nWhat is allowed, and how long things are kept, stays as it is.\n"] : []),
    ...groups.map(({ title, items }) => `\n${title}\n${items.map((item) => sayItem(item, count)).join("")}`),
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
       upheld diff running NEW [--json]

Compares two versions of a policy file by every ask there is: what is newly allowed and what is refused from now on,
for whom, what is kept longer or shorter, which texts have a new version, which clauses of the statement change; and
what people are owed first: a notice, and by which day, or a new consent. With "running" in the place of OLD it takes
the version that runs on the data, and says how many people each change concerns.
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
    const was = old === "running" ? await readRunning(surroundings) : await readVersion(old, surroundings);
    const is = await readVersion(young, surroundings);
    if (was === null || is === null) return 2;
    const [before, after] = [was.policy, is.policy];
    const changes = changesBetween(before, after);
    const changed = !isUnchanged(changes);
    const count = was.people === null ? undefined : countConcerned(before, after, was.people);
    const head = {
      changed,
      old: { file: before.file, version: before.version },
      new: { file: young, version: after.version },
    };
    const asks = changes.asks.map((ask) => ({ ...ask, ...(count ? { concerned: count(ask) } : {}) }));
    surroundings.out(
      values.json
        ? `${JSON.stringify({ ...head, ...changes, asks })}\n`
        : asText(before, after, changes, count),
    );
    return changed ? 1 : 0;
  },
};
