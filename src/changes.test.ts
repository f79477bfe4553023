// What a new version changes is found whole: allowed asks, ends, cookies, countries, texts, and each rule's words.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { changesBetween, isUnchanged, type Changes } from "./changes.ts";
import type { Policy } from "./policy/core.ts";
import { parsePolicy } from "./policy/parse-policy.ts";
import { sayChanges } from "./say-changes.ts";

const text = readFileSync("policies/selmo.yaml", "utf8");

const read = (changed = text): Policy => {
  const { policy, issues } = parsePolicy(changed, "selmo.yaml");
  if (policy === null) throw new Error(JSON.stringify(issues));
  return policy;
};

/** Selmo's policy with some words replaced, as its version 2; the words have to be there. */
const second = (...pairs: [string, string][]): Policy => {
  const start = text.replace(/^version: 1$/m, "version: 2");
  const changed = pairs.reduce((before, [from, to]) => {
    const after = before.replaceAll(from, to);
    if (after === before) throw new Error(`not there: ${from}`);
    return after;
  }, start);
  return read(changed);
};

const selmo = read();
const said = (after: Policy, before = selmo) => {
  const changes = changesBetween(before, after);
  const groups = sayChanges(before, after, changes);
  return { changes, of: (id: string) => groups.find((group) => group.id === id)?.items ?? [], groups };
};
const marketing = "interests], for: direct-marketing";
const withPhone: [string, string] = [marketing, "interests, phone], for: direct-marketing"];

describe("nothing", () => {
  it("changes between a version and itself, a later number, a later date, other comments or other places", () => {
    for (const other of [
      selmo,
      second(),
      second(["effective: 2026-11-22", "effective: 2027-03-01"]),
      second(["controller:", "# one\n\n# two\ncontroller:"]),
    ]) {
      const { changes, groups } = said(other);
      expect(isUnchanged(changes)).toBe(true);
      expect([groups, changes.warnings, changes.owed.tellBy]).toEqual([[], [], null]);
    }
  });
});

describe("a wider use", () => {
  it("is one change for its purpose and each circle of people, with its places and what is due to them first", () => {
    const { changes, groups, of } = said(
      second(withPhone, ["effective: 2026-11-22", "effective: 2027-03-01"]),
    );
    expect(groups.map(({ id }) => id)).toEqual(["allowed"]);
    const collect =
      "collect phone at “Register as a technician”, “Your profile” and “From business partners”";
    const elsewhere = "Concerns people in the United States or anywhere else, who have not said no.";
    expect(of("allowed").map((change) => ({ ...change, ask: undefined }))).toEqual([
      {
        text: "To write to you about specials and new products of ours:",
        parts: [collect, "use phone"],
        who: "Concerns people in the EEA, Switzerland or the UK, who have said yes.",
        first: "Waits for each person’s own yes.",
      },
      {
        text: "To write to you about specials and new products of ours:",
        parts: [collect],
        who: elsewhere,
      },
      {
        text: "To write to you about specials and new products of ours:",
        parts: ["use phone"],
        who: elsewhere,
        first: "We tell them at least 30 days before.",
      },
    ]);
    expect(changes.owed).toEqual({
      notice: ["direct-marketing"],
      consent: ["direct-marketing"],
      tellBy: "2027-01-30",
    });
    expect(changes.rules.map(({ id }) => id)).toEqual(["use.direct-marketing"]);
    expect(changes.warnings).toEqual([]);
  });

  it("waits for consent where the purpose rests on a yes", () => {
    const { changes, of } = said(
      second([
        "to: other-party, data: [name, email, company, phone], for: pass-on",
        "to: other-party, data: [name, email, company, phone, location], for: pass-on",
      ]),
    );
    expect(changes.owed).toEqual({ notice: [], consent: ["pass-on"], tellBy: null });
    expect(of("allowed")[0]).toMatchObject({
      parts: ["give location to a firm or person you name"],
      who: "Concerns people who have said yes.",
      first: "Waits for each person’s own yes.",
    });
  });

  it("is a narrower one when read backwards, and nothing is due", () => {
    const { changes, of } = said(selmo, second(withPhone));
    expect(of("refused")[0]).toMatchObject({
      parts: [expect.stringContaining("collect phone"), "use phone"],
    });
    expect(of("refused")[0]).not.toHaveProperty("first");
    expect(changes.owed).toEqual({ notice: [], consent: [], tellBy: null });
  });

  it("names the regions where it is not about everyone", () => {
    const { of } = said(
      second([
        "ground: legitimate-interest, region: { EEA: opt-in }, choice: news",
        "ground: opt-in, choice: news",
      ]),
    );
    expect(of("refused")[0]?.who).toBe(
      "Concerns people in the United States or anywhere else, who have not chosen.",
    );
  });
});

describe("what is not an ask", () => {
  it("is found: a longer end, a shorter end", () => {
    const { of } = said(
      second(
        ["rating], for: 180 days, from: session-end", "rating], for: 1 year, from: session-end"],
        ["data: sign-ins, for: 90 days", "data: sign-ins, for: 30 days"],
      ),
    );
    expect(of("longer")).toHaveLength(1);
    expect(of("longer")[0]?.text).toContain("1 year after the session ends. Before: 180 days");
    expect(of("shorter")).toEqual([
      { text: "Sign-ins (from “Sign in”): 30 days after we got it. Before: 90 days after we got it." },
    ]);
  });

  it("is found: a cookie that lives longer", () => {
    const { of, changes } = said(second(["life: until the browser closes", "life: 30 days"]));
    expect(changes.clauses).toEqual([]);
    expect(of("cookies")[0]).toEqual({
      text: "__Host-upheld-sign-in: 30 days, for Your account. Before: until you close the browser, for Your account.",
    });
  });

  it("is found: a country that comes under other rules, wherever no region names it", () => {
    const { of } = said(second(["AT, BE, BG,", "AT, BE,"], ["countries: [US]", "countries: [US, BR]"]));
    expect(of("countries").map((one) => one.text)).toEqual([
      "People in BG come under the rules for anywhere else. Before: the EEA, Switzerland or the UK.",
      "People in BR come under the rules for the United States. Before: anywhere else.",
    ]);
  });

  it("is found: terms with a new version, which people agree to anew", () => {
    const { of } = said(second(["terms:\n  version: 1", "terms:\n  version: 2"]));
    expect(of("texts")).toEqual([
      {
        text: "“Terms of use of Selmo”: version 2 in place of version 1.",
        first: "Whoever has an account is asked to agree.",
      },
    ]);
  });

  it("is found, whatever it is: each rule whose words differ, with its lines", () => {
    const at = (line: string) => text.split("\n").findIndex((one) => one.startsWith(line)) + 1;
    const { changes } = said(
      second([
        "  - { data: survey-answers, for: 1 year, keeps: [U9, K6] }\n",
        "  - { data: survey-answers, for: 1 year, keeps: [K6] }\n",
      ]),
    );
    const line = at("  - { data: survey-answers, for: 1 year");
    expect(changes.rules).toEqual([{ id: "keep.survey-answers", before: line, after: line }]);
    expect(isUnchanged(changes)).toBe(false);
  });
});

describe("what would stop the start is said", () => {
  const warnings = (after: Policy, before = selmo): Changes["warnings"] =>
    changesBetween(before, after).warnings;

  it("of a change under the same version, and of terms rewritten under theirs", () => {
    expect(warnings(read(text.replace(...withPhone)))[0]).toContain("The new file says version 1");
    expect(warnings(second(["Use Selmo only for help", "Use Selmo for help"]))).toEqual([
      expect.stringContaining('The text of "Terms of use of Selmo" has changed, and its version is still 1'),
    ]);
  });

  it("of two files that are no versions of one policy", () => {
    const ergo = readFileSync("policies/smartergo.yaml", "utf8");
    expect(warnings(read(ergo))).toEqual([
      'These are two policies, "selmo" and "smartergo", and not two versions of one.',
    ]);
  });
});
