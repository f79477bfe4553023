/** The laws of comparing, tried on pairs of random policies and on every ask of both. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Ask } from "./ask.ts";
import { compare, isConcerned } from "./compare-policies.ts";
import type { AskChange } from "./compare-policies.ts";
import { compile } from "./compile.ts";
import { decide } from "./decide.ts";
import { everyAsk } from "./enumerate.ts";
import { build, fileOf, must, policies, rules } from "./random-policy.test.ts";
import type { Person } from "./states.ts";

describe("comparing", () => {
  const both = fc
    .tuple(rules, rules)
    .map(([one, other]) => [build(fileOf(one)), build(fileOf(other))] as const);

  it("finds no difference between a policy and itself", () => {
    fc.assert(
      fc.property(policies, (policy) => {
        expect(compare(policy, policy)).toMatchObject({
          asks: [],
          ends: [],
          documents: [],
          clauses: [],
          waits: {},
        });
      }),
      { numRuns: 20 },
    );
  });

  it("names every ask that is answered otherwise, and none that is answered alike", () => {
    fc.assert(
      fc.property(both, ([before, after]) => {
        const [old, young] = [compile(before), compile(after)];
        const changes = compare(before, after).asks;
        const isAbout = (change: AskChange, ask: Ask): boolean =>
          change.act === ask.act &&
          change.data.includes(ask.category) &&
          change.purpose === ask.purpose &&
          change.target === (ask.point ?? ask.role ?? ask.recipient ?? null) &&
          isConcerned(change, ask as Person) &&
          (ask.evidence === undefined || change.people.evidence.includes(ask.evidence));
        const met = new Set<AskChange>();
        for (const ask of everyAsk(young)) {
          if (ask.act === "collect" && !before.collect.some(({ point }) => point === ask.point)) continue;
          const [was, is] = [decide(old, ask), decide(young, ask)];
          if (was.effect === is.effect) continue;
          const now = is.effect === "allow" ? "allowed" : "refused";
          const found = changes.filter((change) => change.now === now && isAbout(change, ask));
          must(found.length > 0, ask, is);
          for (const change of found) met.add(change);
        }
        const shared = changes.filter(
          ({ act, target }) =>
            act !== "collect" ||
            [before, after].every((one) => one.collect.some(({ point }) => point === target)),
        );
        expect(shared.filter((change) => !met.has(change))).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it("lets no purpose that grew go without its notice or consent", () => {
    fc.assert(
      fc.property(both, ([before, after]) => {
        const { asks, waits } = compare(before, after);
        for (const { now, due, purpose } of asks) {
          if (now === "refused") expect(due).toBe("nothing");
          if (due !== "nothing") expect(waits[purpose]).toBeDefined();
          if (due === "consent") expect(waits[purpose]).toBe("consent");
        }
      }),
      { numRuns: 30 },
    );
  });
});
