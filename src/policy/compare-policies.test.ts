/** What a new version means for the people concerned, by examples. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compare } from "./compare-policies.ts";
import type { Comparison } from "./compare-policies.ts";
import { parsePolicy } from "./parse-policy.ts";
import type { Policy } from "./policy.ts";

const text = readFileSync(new URL("../../policies/smartergo.yaml", import.meta.url), "utf8");

function read(file: string): Policy {
  const { policy, issues } = parsePolicy(file, "p.yaml");
  if (policy === null) throw new Error(JSON.stringify(issues));
  return policy;
}

const before = read(text);

/** The next version, with words put in place of others. */
function after(changes: Record<string, string>): Comparison {
  let next = text.replace("version: 1\neffective", "version: 2\neffective");
  for (const [from, to] of Object.entries(changes)) {
    if (!next.includes(from)) throw new Error(`nothing to change: ${from}`);
    next = next.replace(from, () => to);
  }
  return compare(before, read(next));
}

const advertising = "{ data: [interests, network], for: advertising";

describe("a wider use", () => {
  it("is named with the people whom it concerns, and waits for a notice, or for the yes of those who must be asked", () => {
    const { asks, waits, from, to, noticeDays } = after({
      [advertising]: "{ data: [interests, network, occupation], for: advertising",
    });
    expect([from, to, noticeDays]).toEqual([1, 2, 30]);
    expect(asks.map(({ act, data, target, due }) => [act, ...data, target, due])).toEqual([
      ["collect", "occupation", "profile", "consent"],
      ["collect", "occupation", "profile", "nothing"],
      ["use", "occupation", null, "consent"],
      ["use", "occupation", null, "notice"],
      ["keep", "occupation", null, "consent"],
      ["keep", "occupation", null, "notice"],
    ]);
    expect(asks[2]?.people).toMatchObject({ region: ["EEA"], choice: ["given"] });
    expect(asks[3]).toEqual({
      now: "allowed",
      act: "use",
      data: ["occupation"],
      purpose: "advertising",
      target: null,
      people: {
        region: ["US", "elsewhere"],
        age: ["over", "unknown"],
        status: ["active"],
        choice: ["assumed", "given"],
        evidence: [],
      },
      due: "notice",
      rules: ["use.advertising"],
    });
    expect(waits).toEqual({ advertising: "consent" });
  });

  it("that only a yes allows waits for the yes", () => {
    const { waits } = after({
      "{ data: [breach-case, chat-log":
        "{ data: [phone], for: pass-to-partners }\n  - { data: [breach-case, chat-log",
    });
    expect(waits).toEqual({ "pass-to-partners": "consent" });
  });

  it("that rests on an interest instead of an opt-out tells those who were never asked, and leaves a no a no", () => {
    const ground = "ground: opt-out, region: { EEA: opt-in }, choice: news";
    const interest = "ground: legitimate-interest, because: so, region: { EEA: opt-in }, choice: news";
    const { waits, asks } = after({ [ground]: interest });
    expect(waits["direct-marketing"]).toBe("notice");
    expect(asks.find(({ act }) => act === "use")?.people.choice).toEqual(["unset"]);
  });

  it("that passes over a no waits for a yes", () => {
    const purpose = before.purposes["direct-marketing"]!;
    const purposes = {
      ...before.purposes,
      "direct-marketing": { ...purpose, ground: "contract" as const, region: {}, choice: null },
    };
    const { waits, asks } = compare(before, { ...before, purposes });
    const overruled = asks.filter(({ act, due }) => act === "use" && due === "consent");
    expect(overruled.map(({ people }) => people.choice)).toEqual([["refused"]]);
    expect(waits["direct-marketing"]).toBe("consent");
  });
});

describe("a narrower use", () => {
  it("waits for nothing", () => {
    const { asks, waits } = after({ [advertising]: "{ data: [network], for: advertising" });
    expect(waits).toEqual({});
    expect(asks.map(({ now, due }) => [now, due])).toEqual(asks.map(() => ["refused", "nothing"]));
    expect(asks.flatMap(({ data }) => data)).toContain("interests");
  });
});

describe("another end", () => {
  it("that is later waits for a notice in each use but the law's", () => {
    const { ends, waits } = after({ "{ data: sign-ins, for: 90 days": "{ data: sign-ins, for: 180 days" });
    expect(ends).toEqual([
      {
        category: "sign-ins",
        point: "sign-in",
        now: "longer",
        before: { days: 90, from: "collected" },
        after: { days: 180, from: "collected" },
      },
    ]);
    expect(waits).toEqual({ "manage-account": "notice", "keep-site-running": "notice" });
  });

  it("that is sooner waits for nothing", () => {
    const { ends, waits } = after({ "{ data: sign-ins, for: 90 days": "{ data: sign-ins, for: 9 days" });
    expect(ends.map(({ now }) => now)).toEqual(["shorter"]);
    expect(waits).toEqual({});
  });

  it("without a day is the latest there is", () => {
    const { ends } = after({ "{ data: sign-ins, for: 90 days": "{ data: sign-ins, until: erasure" });
    expect(ends.map(({ now }) => now)).toEqual(["longer"]);
  });

  it("after another event is neither", () => {
    const { ends } = after({
      "{ data: sign-ins, for: 90 days": "{ data: sign-ins, for: 90 days, from: sign-out",
    });
    expect(ends.map(({ now }) => now)).toEqual(["other"]);
  });
});

describe("a new text", () => {
  it("of the terms is named by its versions", () => {
    const { documents } = after({ "terms:\n  version: 1": "terms:\n  version: 2" });
    expect(documents).toEqual([{ id: "terms", title: "Terms of use of SmartErgo", from: 1, to: 2 }]);
  });

  it("of the statement is shown before and after, and nothing else is", () => {
    const { clauses, asks } = after({ "answer: 14 days": "answer: 7 days" });
    expect(asks).toEqual([]);
    expect(clauses).toEqual([
      { id: "rights-answer", before: "We answer within 14 days.", after: "We answer within 7 days." },
    ]);
  });
});
