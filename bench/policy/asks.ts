// Every ask that sixty-rules.yaml can answer, and some of them to be timed on: plain objects with plain words, as callers write them.
import type { Ask, Evidence, Policy } from "../../dist/policy/core.js";
import { ages, choiceStates, evidences, statuses } from "../../dist/policy/states.js";

/** A word as a program's own source has it, not cut out of a file that was read. */
const literal = (word: string): string => Object.keys({ [word]: true })[0] ?? "";

type Person = Pick<Ask, "region" | "age" | "status" | "choice">;

const personsOf = (policy: Policy): Person[] =>
  Object.keys(policy.regions).flatMap((region) =>
    ages.flatMap((age) =>
      statuses.flatMap((status) => choiceStates.map((choice) => ({ region, age, status, choice }))),
    ),
  );

/** Each act's asks are written at their own place and name only what the act needs. */
export function* everyAsk(policy: Policy): Generator<Ask> {
  const points = policy.collect.map(({ point }) => literal(point));
  const persons = personsOf(policy);
  for (const category of Object.keys(policy.categories))
    for (const purpose of Object.keys(policy.purposes))
      for (const { region, age, status, choice } of persons) {
        for (const point of points)
          yield { act: "collect", category, purpose, point, region, age, status, choice };
        yield { act: "use", category, purpose, region, age, status, choice };
        for (const role of Object.keys(policy.roles))
          yield { act: "look", category, purpose, role, region, age, status, choice };
        for (const recipient of Object.keys(policy.recipients))
          for (const evidence of evidences as readonly Evidence[])
            yield { act: "share", category, purpose, recipient, evidence, region, age, status, choice };
        yield { act: "keep", category, purpose, region, age, status, choice };
      }
}

/** Numbers from 0 to below 1, the same in every run. */
const random = (): (() => number) => {
  let state = 1;
  return () => (state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff) / 0x80000000;
};

/** So many asks in no order: of each act as many as of any other, and of each as many allowed as refused. */
export const someAsks = (policy: Policy, isAllowed: (ask: Ask) => boolean, count: number): Ask[] => {
  const next = random();
  const all = [...everyAsk(policy)];
  const kinds = [...Map.groupBy(all, (ask) => `${ask.act} ${String(isAllowed(ask))}`).values()];
  const drawn = kinds.flatMap((kind) =>
    Array.from({ length: Math.ceil(count / kinds.length) }, () => kind[Math.floor(next() * kind.length)]),
  );
  return drawn
    .filter((ask) => ask !== undefined)
    .map((ask) => ({ at: next(), ask: { ...ask } }))
    .sort((a, b) => a.at - b.at)
    .map(({ ask }) => ask);
};
