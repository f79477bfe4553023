/** The statement: plain, whole, each clause traced to its rule and each rule to a clause. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { rulesIn } from "./check-names.ts";
import { dpvOf } from "./json-ld.ts";
import { parsePolicy } from "./parse-policy.ts";
import type { Policy } from "./policy.ts";
import { statement } from "./statement.ts";

const folder = new URL("../../policies/", import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
const textOf = (file: string): string => readFileSync(new URL(file, folder), "utf8");

function read(file: string, text = textOf(file)): Policy {
  const { policy, issues } = parsePolicy(text, file);
  if (policy === null) throw new Error(JSON.stringify(issues));
  return policy;
}

const clausesOf = (policy: Policy) => statement(policy).sections.flatMap(({ clauses }) => clauses);
const wholeText = (policy: Policy): string =>
  clausesOf(policy)
    .map(({ text }) => text)
    .join(" ");

for (const file of files)
  describe(`the statement of ${file}`, () => {
    const policy = read(file);
    const { sections, summary } = statement(policy);
    const clauses = clausesOf(policy);

    it("has no clause without a rule, and no rule that does not exist", () => {
      const ids = new Set(rulesIn(policy).map(({ id }) => id));
      for (const { id, rule } of clauses) {
        expect([id, rule.length]).not.toEqual([id, 0]);
        for (const { path, line } of rule)
          expect([path, ids.has(path), line > 0 || path === "restrict"]).toEqual([path, true, true]);
      }
    });

    it("says every rule that the policy has", () => {
      const said = new Set(clauses.flatMap(({ rule }) => rule.map(({ path }) => path)));
      const tables = sections
        .flatMap(({ tables = [] }) => tables.flatMap(({ rows }) => rows.flat()))
        .join("\n");
      const unsaid = rulesIn(policy).filter(
        ({ id }) => !said.has(id) && !/^(regions|categories|recipients|roles)\.[^.]+$/.test(id),
      );
      const silent = unsaid.filter(({ id }) => {
        const purpose = policy.purposes[id.replace(/^purposes\./, "")];
        return (
          purpose === undefined ||
          !(tables.includes(purpose.label) || wholeText(policy).includes(purpose.about))
        );
      });
      expect(silent.map(({ id }) => id)).toEqual([]);
      for (const { label, about } of Object.values(policy.categories))
        expect(tables).toContain(`${label}\n${about}`);
    });

    it("names each clause once, by a name that can stand in an address", () => {
      const ids = clauses.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of [...ids, ...sections.map((one) => one.id)]) expect(id).toMatch(/^[a-z0-9][a-z0-9-]*$/);
    });

    it("has whole sentences with nothing left open", () => {
      for (const { text } of clauses) {
        expect(text).not.toMatch(/undefined|null|\[object|NaN| {2}|\.\.|: \.|,\s*\./);
        expect(text).toMatch(/^[A-Z0-9“]|^(?:__Host-)?upheld-/);
      }
    });

    it("has a summary of few clauses, all of them from the whole", () => {
      expect(summary.length).toBeGreaterThan(3);
      expect(summary.length).toBeLessThan(25);
      for (const one of summary) expect(clauses).toContainEqual(one);
    });
  });

describe("what the statement says", () => {
  const smallest = textOf("smallest.yaml");

  it("changes with the rule that it comes from, and with nothing else", () => {
    const before = clausesOf(read("a", smallest));
    const after = clausesOf(read("a", smallest.replace("for: 90 days", "for: 2 years")));
    const changed = after.filter(({ text }, i) => text !== before[i]?.text);
    expect(changed.map(({ id, text }) => [id, text])).toEqual([
      ["keep-email", "We keep for 2 years after we got it: e-mail and question."],
    ]);
  });

  it("promises only what its rules are said to keep", () => {
    const tagged = smallest.replace("for: 90 days }", "for: 90 days, keeps: [K6, S-3] }");
    const found = clausesOf(read("a", tagged)).filter(({ promises }) => promises.length > 0);
    expect(found.map(({ id, promises }) => [id, promises])).toEqual([["keep-email", ["K6"]]]);
  });

  it("is different for Selmo and SmartErgo where their statements differ", () => {
    const [selmo, ergo] = [wholeText(read("selmo.yaml")), wholeText(read("smartergo.yaml"))];
    for (const [piece, mine, other] of [
      ["we take it as a yes, and we show it as assumed", ergo, selmo],
      ["children under 13", ergo, selmo],
      ["Data Privacy Framework", ergo, selmo],
      ["Partners receive your details only after your own yes", ergo, selmo],
      ["Statistics are counts that nothing else reads", selmo, ergo],
      ["From our business partners we may get", selmo, ergo],
      ["We must keep it: tax law.", ergo, selmo],
      ["We must keep it: the law on tax and bookkeeping.", selmo, ergo],
      ["From “Join a session” we keep for 180 days after the session ends", selmo, ergo],
      ["make sessions faster and steadier", selmo, ergo],
    ] as const) {
      expect(mine).toContain(piece);
      expect(other).not.toContain(piece);
    }
  });

  it("says both seed statements' sentences that ask for something", () => {
    const kept = (file: string): Set<string> => new Set(rulesIn(read(file)).flatMap(({ keeps }) => keeps));
    const numbered = (letter: string, count: number, without: number[]): string[] =>
      Array.from({ length: count }, (_, i) => i + 1)
        .filter((n) => !without.includes(n))
        .map((n) => `${letter}-${n}`);
    const selmo = kept("selmo.yaml");
    const ergo = kept("smartergo.yaml");
    // Selmo's first, eighth and ninth sentences are a stance, a motive and a heading.
    expect(numbered("S", 53, [1, 8, 9]).filter((id) => !selmo.has(id))).toEqual([]);
    expect(numbered("E", 62, []).filter((id) => !ergo.has(id))).toEqual([]);
  });
});

describe("the statement for machines", () => {
  it("links only to what it defines", () => {
    for (const file of files) {
      const graph = dpvOf(read(file))["@graph"] as Record<string, unknown>[];
      const defined = new Set(graph.map((node) => node["@id"]));
      const links = [...JSON.stringify(graph).matchAll(/"@id":"(#[^"]*)"/g)].map(([, id]) => id);
      expect(links.filter((id) => !defined.has(id))).toEqual([]);
    }
  });

  it("says a purpose with its data, ground, recipients and end", () => {
    const graph = dpvOf(read("selmo.yaml"))["@graph"] as Record<string, unknown>[];
    expect(graph.find((node) => node["@id"] === "#process-audience-reports")).toEqual({
      "@id": "#process-audience-reports",
      "@type": "dpv:Process",
      "dpv:hasPurpose": { "@id": "#purpose-audience-reports" },
      "dpv:hasProcessing": ["dpv:Collect", "dpv:Use", "dpv:Share", "dpv:Store"].map((id) => ({ "@id": id })),
      "dpv:hasPersonalData": [{ "@id": "#data-traffic" }],
      "dpv:hasLegalBasis": [{ "@id": "dpv:LegitimateInterestOfController" }],
      "dpv:hasRecipient": [{ "@id": "#recipient-advertiser" }],
      "dpv:hasStorageCondition": [
        {
          "@type": "dpv:StorageCondition",
          "dpv:hasDuration": { "@type": "dpv:TemporalDuration", "rdfs:label": "P761D after collected" },
        },
      ],
      "dpv:hasDataController": { "@id": "#controller" },
    });
  });
});
