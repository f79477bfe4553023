/** Random policies, small enough that every ask of them can be tried, for the laws of deciding and comparing. */
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Ask, Decision } from "./ask.ts";
import { buildPolicy } from "./build-policy.ts";
import type { Ground, Policy } from "./policy.ts";
import { policyFile } from "./schema.ts";
import type { PolicyFile } from "./schema.ts";

export const C = ["c0", "c1", "c2"];
export const P = ["p0", "p1", "p2"];
const R = ["r0", "r1"];
const regions = ["A", "B"];

export const some = (all: string[]) => fc.subarray(all, { minLength: 1 });
const ground = fc.constantFrom<Ground>(
  "contract",
  "opt-in",
  "explicit-opt-in",
  "opt-out",
  "legal-obligation",
  "legitimate-interest",
  "never",
);
const shareGround = fc.constantFrom(
  "consent",
  "requested-service",
  "processor",
  "legal-process",
  "offers",
  "aggregate",
);

const purpose = fc.record(
  {
    ground,
    region: fc.dictionary(fc.constantFrom(...regions), ground, { maxKeys: 2 }),
    choice: fc.constant("h"),
  },
  { requiredKeys: ["ground"] },
);

/** One word of a refusal, tried alone as often as together with others, so that each of them is seen to matter. */
const words = {
  act: fc.constantFrom("collect", "use", "look", "share", "keep"),
  data: some(C),
  for: some(P),
  to: some(R),
  region: some(regions),
  age: fc.subarray(["over", "under", "unknown"], { minLength: 1, maxLength: 2 }),
  status: fc.subarray(["active", "restricted", "deactivated", "erased"], { minLength: 1, maxLength: 3 }),
  except: fc.record({ data: some(C), for: some(P), to: some(R) }, { requiredKeys: [] }),
};
export const refusal = fc.oneof(
  fc.record(words, { requiredKeys: [] }),
  ...Object.entries(words).map(([word, value]) => fc.record({ [word]: value as fc.Arbitrary<unknown> })),
);

const keeping = fc.record(
  { data: some(C), for: fc.constant("30 days"), duty: fc.constant("a law") },
  { requiredKeys: ["data", "for"] },
);

export const rules = fc.record({
  purposes: fc.tuple(purpose, purpose, purpose),
  use: fc.array(fc.record({ data: some(C), for: some(P) }), { minLength: 1, maxLength: 4 }),
  share: fc.array(fc.record({ to: some(R), data: some(C), for: some(P), ground: shareGround }), {
    minLength: 1,
    maxLength: 3,
  }),
  look: fc.array(fc.record({ data: some(C), for: some(P) }), { minLength: 1, maxLength: 2 }),
  keep: fc.array(keeping, { maxLength: 3 }),
  collect: fc.array(fc.record({ for: some(P), offer: some(C) }), { maxLength: 2 }),
  refuse: fc.array(refusal, { maxLength: 3 }),
  leaves: fc.subarray(P),
  age: fc.option(fc.constantFrom("allow", "refuse"), { nil: undefined }),
});
type Rules = typeof rules extends fc.Arbitrary<infer T> ? T : never;

/** Each rule is named, so that the order in which they stand cannot show in their names. */
const named = <T extends object>(all: T[], letter: string): (T & { id: string })[] =>
  all.map((rule, i) => ({ ...rule, id: `${letter}${i}` }));

export function fileOf(made: Rules): PolicyFile {
  const text = { version: 1, title: "Terms", text: ["Be kind."] };
  const about = "something";
  return {
    policy: "random",
    version: 1,
    effective: "2026-12-01",
    controller: { name: "Random", email: "a@b.example" },
    terms: text,
    categories: Object.fromEntries(C.map((id) => [id, { dpv: "pd:Name", about }])),
    purposes: Object.fromEntries(
      P.map((id, i) => [id, { dpv: "dpv:Marketing", about, ...made.purposes[i] }]),
    ),
    choices: { h: { label: "H", about, where: "profile" } },
    regions: Object.fromEntries(regions.map((id) => [id, { label: id }])),
    recipients: Object.fromEntries(
      R.map((id) => [id, { name: id, about, dpv: "dpv:ThirdParty", kind: "party" as const }]),
    ),
    roles: { desk: { label: "Desk", about, look: named(made.look, "l") } },
    collect: made.collect.map((point, i) => ({ at: `at${i}`, ...point })),
    use: named(made.use, "u"),
    share: named(made.share, "s"),
    keep: named(made.keep, "k"),
    refuse: named(made.refuse, "d"),
    erase: { after: "10 days", leaves: made.leaves.length === 0 ? undefined : made.leaves },
    restrict: { leaves: made.leaves.length === 0 ? undefined : made.leaves },
    ...(made.age === undefined ? {} : { age: { limit: 13, unknown: made.age, about } }),
    contact: { answer: "14 days" },
    "sign-in": { "ask-again": "30 minutes", notice: about },
    changes: { notice: "30 days", by: ["mail"], about },
  } as PolicyFile;
}

export const build = (file: PolicyFile): Policy =>
  buildPolicy(file, "random.yaml", () => ({ line: 1, column: 1 }));
export const policies = rules.map((made) => build(fileOf(made)));

/** Compares without the cost of an assertion, since there are millions of asks. */
export function must(holds: boolean, ask: Ask | string, decision: Decision | undefined): void {
  if (!holds)
    throw new Error(
      `${typeof ask === "string" ? ask : JSON.stringify(ask)} came to ${JSON.stringify(decision)}`,
    );
}

it("random policies have the shape of a file", () => {
  fc.assert(
    fc.property(rules, (made) => {
      expect(policyFile.safeParse(JSON.parse(JSON.stringify(fileOf(made)))).error).toBeUndefined();
    }),
    { numRuns: 50 },
  );
});
