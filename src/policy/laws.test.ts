/** The laws of deciding, tried on random policies and on every ask that each of them can be asked. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Ask, Decision } from "./ask.ts";
import { evidenceOf } from "./ask.ts";
import { compile } from "./compile.ts";
import { decide } from "./decide.ts";
import { askOf, everyAsk, outcomes, spokenCells } from "./enumerate.ts";
import type { Policy } from "./policy.ts";
import { build, C, fileOf, must, P, policies, refusal, rules, some } from "./random-policy.test.ts";

/** The meaning of the language written out once more, as plainly and slowly as can be. */
function slowly(policy: Policy, ask: Ask): boolean {
  const any = (list: string[], one: string | undefined): boolean =>
    list.length === 0 || (one !== undefined && list.includes(one));
  const names = (list: string[], one: string): boolean => list.includes(one);
  const refused = policy.refuse.some(({ scope: s }) => {
    const act = s.act === null || s.act === ask.act;
    const target =
      (s.to.length === 0 || ask.act === "share") && (s.to.length === 0 || names(s.to, ask.recipient ?? ""));
    const taken =
      names(s.except.data, ask.category) ||
      names(s.except.for, ask.purpose) ||
      (ask.act === "share" && names(s.except.to, ask.recipient ?? ""));
    return (
      act &&
      target &&
      !taken &&
      any(s.data, ask.category) &&
      any(s.for, ask.purpose) &&
      any(s.region, ask.region) &&
      any(s.age, ask.age) &&
      any(s.status, ask.status)
    );
  });
  if (refused) return false;

  const own = policy.purposes[ask.purpose]!;
  const basis = own.region[ask.region!] ?? own.ground;
  const yes = ask.choice === "given";
  const assumed = yes || ask.choice === "assumed";
  const grounds: Record<string, boolean> = {
    contract: true,
    "legal-obligation": true,
    "vital-interest": true,
    // A no where there is no choice is an objection; what it stops is every act but keeping.
    "legitimate-interest": ask.choice !== "refused" || (own.choice === null && ask.act === "keep"),
    "opt-in": yes,
    "explicit-opt-in": yes,
    "opt-out": assumed,
  };
  if (grounds[basis] !== true) return false;
  const left = names(policy.erase.leaves, ask.purpose);
  if (ask.act !== "keep" && (ask.status === "erased" || (ask.status !== "active" && !left))) return false;
  if (policy.age !== null && ask.age === "under" && !(ask.act === "use" && left)) return false;
  if (policy.age?.unknown === "refuse" && ask.age === "unknown") return false;

  const speaks = (rule: { data: string[]; for: string[] }): boolean =>
    names(rule.data, ask.category) && names(rule.for, ask.purpose);
  if (ask.act === "use") return policy.use.some(speaks);
  if (ask.act === "look") return policy.roles[ask.role!]!.look.some(speaks);
  if (ask.act === "collect")
    return policy.collect.some(
      (p) =>
        p.point === ask.point &&
        names(p.for, ask.purpose) &&
        policy.use.some(speaks) &&
        p.offer.some((f) => f.category === ask.category),
    );
  if (ask.act === "share")
    return policy.share.some((rule) => {
      const shown = evidenceOf[rule.ground] === ask.evidence;
      const chosen = rule.ground === "consent" ? yes : rule.ground === "offers" ? assumed : true;
      return speaks(rule) && names(rule.to, ask.recipient!) && shown && chosen;
    });
  return (
    policy.use.some(speaks) &&
    policy.keep.some(
      (k) =>
        names(k.data, ask.category) &&
        (ask.status !== "erased" || (k.duty !== null && own.ground === "legal-obligation")),
    )
  );
}

const effects = (policy: Policy): Map<string, Decision> => {
  const compiled = compile(policy);
  return new Map([...everyAsk(compiled)].map((ask) => [JSON.stringify(ask), decide(compiled, ask)]));
};

describe("deciding", () => {
  it("gives the answer that the meaning of the rules gives, for every ask", () => {
    fc.assert(
      fc.property(policies, (policy) => {
        const compiled = compile(policy);
        for (const ask of everyAsk(compiled)) {
          const decision = decide(compiled, ask);
          must((decision.effect === "allow") === slowly(policy, ask), ask, decision);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("never permits more when a refusal is added, and lets the refusal win wherever it speaks", () => {
    fc.assert(
      fc.property(rules, refusal, (made, added) => {
        const before = effects(build(fileOf(made)));
        const policy = build(fileOf({ ...made, refuse: [added] }));
        const after = effects(build(fileOf({ ...made, refuse: [...made.refuse, added] })));
        const alone = compile(policy);
        for (const ask of everyAsk(alone)) {
          const key = JSON.stringify(ask);
          if (before.get(key)?.effect === "refuse")
            must(after.get(key)?.effect === "refuse", ask, after.get(key));
          if (decide(alone, ask).reason === "refused-by-rule")
            must(after.get(key)?.reason === "refused-by-rule", ask, after.get(key));
        }
      }),
      { numRuns: 20 },
    );
  });

  it("never refuses more when a rule that allows is added", () => {
    fc.assert(
      fc.property(rules, fc.record({ data: some(C), for: some(P) }), (made, added) => {
        const before = effects(build(fileOf(made)));
        const after = effects(build(fileOf({ ...made, use: [...made.use, added] })));
        for (const [key, { effect }] of before)
          if (effect === "allow") must(after.get(key)?.effect === "allow", key, after.get(key));
      }),
      { numRuns: 20 },
    );
  });

  it("does not depend on the order in which anything stands", () => {
    const turned = <T>(one: T): T =>
      (Array.isArray(one)
        ? one.map(turned).reverse()
        : typeof one === "object" && one !== null
          ? Object.fromEntries(
              Object.entries(one)
                .map(([key, value]) => [key, turned(value as unknown)])
                .reverse(),
            )
          : one) as T;
    const plain = ({ effect, reason, rules: by, obligations }: Decision): string =>
      JSON.stringify([
        effect,
        reason,
        by.map(({ id }) => id).sort(),
        obligations.map((one) => JSON.stringify(one)).sort(),
      ]);
    fc.assert(
      fc.property(rules, (made) => {
        const file = fileOf(made);
        const before = effects(build({ ...file, "region-if-unknown": "A" }));
        const after = effects(build(turned({ ...file, "region-if-unknown": "A" })));
        expect(after.size).toBe(before.size);
        for (const [key, decision] of before) {
          const other = after.get(key);
          must(other !== undefined && plain(other) === plain(decision), key, other);
        }
      }),
      { numRuns: 20 },
    );
  });

  it("says why it refuses, and names a rule whenever a rule or the person's state refused", () => {
    fc.assert(
      fc.property(policies, (policy) => {
        const compiled = compile(policy);
        for (const ask of everyAsk(compiled)) {
          const decision = decide(compiled, ask);
          const { effect, reason, rules: by } = decision;
          must((effect === "allow") === (reason === "allowed"), ask, decision);
          must(reason === "no-rule" || by.length > 0, ask, decision);
        }
      }),
      { numRuns: 20 },
    );
  });

  it("gives the same answer the second time, and the same object", () => {
    fc.assert(
      fc.property(policies, (policy) => {
        const compiled = compile(policy);
        for (const ask of everyAsk(compiled)) {
          const first = decide(compiled, ask);
          must(decide(compiled, { ...ask }) === first, ask, first);
        }
      }),
      { numRuns: 4 },
    );
  });

  it("does not depend on what was asked before", () => {
    fc.assert(
      fc.property(policies, (policy) => {
        const [forwards, backwards] = [compile(policy), compile(policy)];
        const asks = [...everyAsk(forwards)];
        for (const ask of asks) decide(forwards, ask);
        for (const ask of asks.toReversed()) {
          const decision = decide(backwards, ask);
          must(JSON.stringify(decision) === JSON.stringify(decide(forwards, ask)), ask, decision);
        }
      }),
      { numRuns: 4 },
    );
  });

  it("answers whatever it is asked and never throws", () => {
    const compiled = compile(fc.sample(policies, { numRuns: 1, seed: 7 })[0]!);
    const word = fc.oneof(
      fc.anything(),
      fc.constantFrom("use", "share", "c0", "p0", "r0", "A", "active", "__proto__", "constructor"),
    );
    const ask = fc.dictionary(
      fc.constantFrom(
        "act",
        "category",
        "purpose",
        "status",
        "point",
        "role",
        "recipient",
        "evidence",
        "region",
        "age",
        "choice",
      ),
      word,
    );
    fc.assert(
      fc.property(fc.oneof(ask, fc.anything()), (one) => {
        const { effect, reason } = decide(compiled, one as Ask);
        expect(["allow", "refuse"]).toContain(effect);
        expect(reason).toBeTypeOf("string");
      }),
      { numRuns: 2000 },
    );
  });

  it("refuses what names nothing that the policy knows", () => {
    const compiled = compile(fc.sample(policies, { numRuns: 1, seed: 3 })[0]!);
    const ask: Ask = { act: "use", category: "c0", purpose: "p0", status: "active", region: "A" };
    const wrong: [Partial<Record<keyof Ask, string>>, string][] = [
      [{ act: "sell" }, "unknown-act"],
      [{ category: "toString" }, "unknown-category"],
      [{ purpose: "__proto__" }, "unknown-purpose"],
      [{ act: "share" }, "unknown-target"],
      [{ status: "dead" }, "unknown-state"],
      [{ region: "Atlantis" }, "unknown-state"],
      [{ age: "old" }, "unknown-state"],
      [{ choice: "maybe" }, "unknown-state"],
    ];
    for (const [change, reason] of wrong)
      expect(decide(compiled, { ...ask, ...change } as Ask)).toMatchObject({ effect: "refuse", reason });
  });
});

describe("working out every state", () => {
  it("comes to the same as asking one by one", () => {
    fc.assert(
      fc.property(policies, (policy) => {
        const compiled = compile(policy);
        const outcome = outcomes(compiled);
        const worked = new Set(
          [...spokenCells(compiled)].flatMap((cell) =>
            outcome(cell).allows.map((state) => JSON.stringify(askOf(cell, state))),
          ),
        );
        const asked = [...everyAsk(compiled)].filter((ask) => decide(compiled, ask).effect === "allow");
        for (const ask of asked) must(worked.has(JSON.stringify(ask)), ask, undefined);
        expect(worked.size).toBe(asked.length);
      }),
      { numRuns: 10 },
    );
  });
});
