// How long one answer takes: `decide` against CASL and a table written by hand, and prepared asks against a bare array.
import { decide, prepare, type Ask, type Compiled } from "../../dist/policy/core.js";
import { median } from "../parts/figures.ts";
import { everyAsk, someAsks } from "./asks.ts";
import { writtenByHand, type Found } from "./by-hand.ts";
import { writtenForCasl, type CaslAnswer } from "./casl.ts";

type Casl = ReturnType<typeof writtenForCasl>;
type Hand = (ask: Ask) => Found;

const differs = (ask: Ask): never => {
  throw new Error(`answered otherwise: ${JSON.stringify(ask)}`);
};

/** Our rules of a decision that are rules of the table: a purpose has to allow too, and CASL has it within its rules. */
const named = (rules: Found["rules"]): string[] =>
  rules.map(({ id }) => id).filter((id) => !id.startsWith("purposes."));

/** CASL lists every refusal that holds, we those of the rules before those of the person's state. */
const agrees = ({ effect, rules, reason }: ReturnType<typeof decide>, casl: CaslAnswer): boolean => {
  const theirs = new Set(casl.rules.map((rule) => rule.reason));
  if ((effect === "allow") !== casl.allowed) return false;
  if (effect === "allow")
    return (
      theirs.size === named(rules).length && rules.length > 0 && named(rules).every((id) => theirs.has(id))
    );
  return reason !== "refused-by-rule" || rules.every(({ id }) => theirs.has(id));
};

/** Asks everybody everything; throws at the first answer that differs. The number is how many asks there are. */
export const compareAnswers = (compiled: Compiled, casl: Casl, hand: Hand): number => {
  let count = 0;
  for (const ask of everyAsk(compiled.policy)) {
    const decision = decide(compiled, ask);
    const found = hand(ask);
    const one = casl.one(ask);
    const alike =
      found.effect === decision.effect &&
      found.rules.length === decision.rules.length &&
      found.rules.every(({ id }, i) => id === decision.rules[i]?.id) &&
      (one !== null && !one.inverted) === (decision.effect === "allow");
    if (!alike || !agrees(decision, casl.all(ask))) differs(ask);
    count += 1;
  }
  return count;
};

/** So that no answer can be left out as useless. */
let used = 0;

const timed = (act: () => void, answers: number): number => {
  const began = performance.now();
  act();
  return ((performance.now() - began) / answers) * 1e6;
};

/** Nanoseconds for an answer, of each contender in each round, each in turn within a round. */
const inTurns = <Name extends string>(
  runs: Record<Name, () => void>,
  answers: Record<Name, number>,
  rounds: number,
): Record<Name, number[]> => {
  const names = Object.keys(runs) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>;
  // As many again at first, for the compiler.
  for (let round = -rounds; round < rounds; round += 1)
    for (const name of names) {
      const time = timed(runs[name], answers[name]);
      if (round >= 0) times[name].push(time);
    }
  return times;
};

/** Medians, and the median over the rounds of how many times as long others took as ours. */
const told = <Name extends string>(times: Record<Name, number[]>, ours: Name, others: readonly Name[]) => ({
  ns: Object.fromEntries(Object.entries<number[]>(times).map(([name, all]) => [name, median(all)])),
  times: Object.fromEntries(
    others.map((name) => [name, median(times[ours].map((time, i) => (times[name][i] as number) / time))]),
  ) as Record<Name, number>,
});

const passes = 4;

/** Each has its own loop: in one that they shared, none would be compiled for itself. */
export const timeAnswers = (compiled: Compiled, casl: Casl, hand: Hand, asks: Ask[], rounds: number) => {
  const runs = {
    decide() {
      for (let pass = 0; pass < passes; pass += 1)
        for (const ask of asks) {
          const { effect, rules } = decide(compiled, ask);
          if (effect === "allow") used += rules.length;
        }
    },
    hand() {
      for (let pass = 0; pass < passes; pass += 1)
        for (const ask of asks) {
          const { effect, rules } = hand(ask);
          if (effect === "allow") used += rules.length;
        }
    },
    caslAll() {
      for (const ask of asks) {
        const { allowed, rules } = casl.all(ask);
        if (allowed) used += rules.length;
      }
    },
    caslOne() {
      for (const ask of asks) {
        const rule = casl.one(ask);
        if (rule !== null && !rule.inverted) used += 1;
      }
    },
  };
  const answers = {
    decide: passes * asks.length,
    hand: passes * asks.length,
    caslAll: asks.length,
    caslOne: asks.length,
  };
  return told(inTurns(runs, answers, rounds), "decide", ["hand", "caslAll", "caslOne"]);
};

const preparedPasses = 40;

/** Asks prepared once against an array of which one knew by oneself what stands where; both in an order that jumps. */
export const timePrepared = (compiled: Compiled, asks: Ask[], rounds: number) => {
  const prepared = prepare(compiled, asks);
  const bare = Uint8Array.from(asks, (ask) => (decide(compiled, ask).effect === "allow" ? 1 : 0));
  const order = Uint32Array.from(asks, (_, i) => (i * 7919) % asks.length);
  const runs = {
    prepared() {
      for (let pass = 0; pass < preparedPasses; pass += 1)
        for (const i of order) used += prepared.effects[i] as number;
    },
    bare() {
      for (let pass = 0; pass < preparedPasses; pass += 1) for (const i of order) used += bare[i] as number;
    },
  };
  const count = preparedPasses * asks.length;
  return told(inTurns(runs, { prepared: count, bare: count }, rounds), "prepared", ["bare"]);
};

export const contendersFor = (compiled: Compiled, count: number) => {
  const isAllowed = (ask: Ask): boolean => decide(compiled, ask).effect === "allow";
  const casl = writtenForCasl(compiled.policy);
  const hand = writtenByHand(compiled.policy, everyAsk(compiled.policy), (ask) => decide(compiled, ask));
  return { casl, hand, asks: someAsks(compiled.policy, isAllowed, count), used: () => used };
};
