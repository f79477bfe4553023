// The statement, what a version of it changed, and "see it work", with the real policy and made-up test results.
import { readFileSync } from "node:fs";
import { changesBetween } from "../../src/changes.ts";
import { enforcementOf } from "../../src/enforcement.ts";
import { compile, statement, type Policy } from "../../src/policy/core.ts";
import { parsePolicy } from "../../src/policy/parse-policy.ts";
import type { Promised, Standing } from "../../src/promises.ts";
import { sayChanges } from "../../src/say-changes.ts";
import { livePathsOf } from "../../src/web/live-paths.ts";
import type { Site } from "../../src/web/pages/layout.tsx";
import type { Version } from "../../src/web/pages/parts/versions.tsx";
import { SeePage } from "../../src/web/pages/see-page.tsx";
import { StatementPage } from "../../src/web/pages/statement-page.tsx";
import { sourceLines } from "../../src/web/source-lines.ts";
import { noon } from "./people-samples.ts";

const file = "policies/selmo.yaml";
const text = readFileSync(file, "utf8");
const promised = JSON.parse(readFileSync("src/promises.json", "utf8")) as Promised[];

const read = (changed: string): Policy => {
  const { policy } = parsePolicy(changed, file);
  if (!policy) throw new Error(`${file} can't be read`);
  return policy;
};

const visitor: Site = { name: "Selmo", policyVersion: 1, person: null };

const versions: Version[] = [
  { version: 2, href: "/privacy/v/2", effective: "2026-12-01" },
  { version: 1, href: "/privacy/v/1", effective: "2026-11-22" },
];

const standings: readonly Standing[] = ["kept", "not yet tested", "broken"];

const see = (id: string, ranAt: number | null) => {
  const policy = read(text);
  const { sections } = statement(policy);
  const section = sections.find(({ clauses }) => clauses.some((clause) => clause.id === id));
  const clause = section?.clauses.find((one) => one.id === id);
  if (!section || !clause) throw new Error(`no clause ${id}`);
  const enforced = enforcementOf(compile(policy));
  return SeePage({
    site: visitor,
    clause,
    section,
    file: "selmo.yaml",
    language: "en",
    rules: clause.rule.map(({ path, line }) => ({
      path,
      line,
      ...sourceLines(text, line),
      points: enforced(path),
    })),
    live: clause.rule.flatMap(({ path }) => livePathsOf(policy, path)),
    promises: clause.promises.map((one, at) => ({
      id: one,
      promise: promised.find((promise) => promise.id === one)?.promise ?? "",
      standing: ranAt === null ? "not yet tested" : (standings[at % 3] ?? "kept"),
      tests:
        ranAt === null || at % 3 === 1
          ? []
          : [
              {
                name: "what is given comes in, and nothing else",
                status: at % 3 === 0 ? "passed" : "failed",
              },
            ],
    })),
    ranAt,
  });
};

const changed = () => {
  const before = read(text);
  const after = read(
    text
      .replace(/^version: 1$/m, "version: 2")
      .replace("interests], for: direct-marketing", "interests, phone], for: direct-marketing")
      .replace("data: sign-ins, for: 90 days", "data: sign-ins, for: 30 days")
      .replace("life: until the browser closes", "life: 30 days"),
  );
  const changes = changesBetween(before, after);
  return StatementPage({
    site: { ...visitor, policyVersion: 2 },
    statement: statement(after),
    versions,
    changed: {
      language: "en",
      from: 1,
      groups: sayChanges(before, after, changes),
      clauses: changes.clauses,
    },
  });
};

export const policyPages: Record<string, () => { toString(): string }> = {
  statement: () => StatementPage({ site: visitor, statement: statement(read(text)), versions }),
  "statement-old": () =>
    StatementPage({ site: { ...visitor, policyVersion: 3 }, statement: statement(read(text)), versions }),
  "statement-changed": changed,
  see: () => see("collect-technician-registration-need", noon),
  "see-no-results": () => see("choose-news", null),
  "see-many-rules": () => see("share-nothing-else", noon),
};
