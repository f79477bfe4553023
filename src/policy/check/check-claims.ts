/** Proves what the file says that its rules come to, and finds claims that contradict each other (P3, C9, D1). */
import type { Compiled } from "../compile.ts";
import { acts } from "../speak.ts";
import type { Cell, Outcome } from "../enumerate.ts";
import { askOf } from "../enumerate.ts";
import { decide } from "../decide.ts";
import { explain } from "../explain.ts";
import type { Issue } from "../issue.ts";
import { meant } from "../near-word.ts";
import type { Act, Claim, Policy, Resolution, Scope, ShareGround } from "../policy.ts";
import type { State } from "../states.ts";
import { ages, choiceStates, statuses } from "../states.ts";
import { finder } from "./finding.ts";
import type { Find } from "./finding.ts";

const within = <T>(narrowed: readonly T[], one: T): boolean =>
  narrowed.length === 0 || narrowed.includes(one);

/** The acts that a scope is about: one that names a place, role or recipient speaks of the act that has such. */
function actsOf({ act, to, at, by }: Scope): Act[] {
  const named: Act[] = [
    ...(to.length > 0 ? (["share"] as const) : []),
    ...(at.length > 0 ? (["collect"] as const) : []),
    ...(by.length > 0 ? (["look"] as const) : []),
  ];
  return acts.filter((one) => (act === null || act === one) && named.every((only) => only === one));
}

function covers(scope: Scope, { act, category, purpose, target }: Cell): boolean {
  const { except } = scope;
  const named = act === "share" ? scope.to : act === "collect" ? scope.at : scope.by;
  return (
    actsOf(scope).includes(act) &&
    within(scope.data, category) &&
    within(scope.for, purpose) &&
    (target === null || within(named, target)) &&
    !except.data.includes(category) &&
    !except.for.includes(purpose) &&
    !(act === "share" && target !== null && except.to.includes(target))
  );
}

const meets = ({ region, age, status, choice }: Scope, state: State): boolean =>
  within(region, state.region) &&
  within(age, state.age) &&
  within(status, state.status) &&
  within(choice, state.choice);

/** The cell with only those of its rules that have a ground which the scope speaks of. */
function onGrounds(scope: Scope, cell: Cell): Cell {
  if (scope.ground.length === 0 && scope.except.ground.length === 0) return cell;
  const speaksOf = (ground: ShareGround): boolean =>
    within(scope.ground, ground) && !scope.except.ground.includes(ground);
  const permits = cell.voices.permits.filter(({ share }) => share === null || speaksOf(share.ground));
  return { ...cell, voices: { ...cell.voices, permits } };
}

type Example = { cell: Cell; state: State };

function firstAllowed(claim: Claim, cells: Cell[], outcome: (cell: Cell) => Outcome): Example | null {
  for (const cell of cells) {
    if (!covers(claim.scope, cell)) continue;
    const narrowed = onGrounds(claim.scope, cell);
    const state = outcome(narrowed).allows.find((one) => meets(claim.scope, one));
    if (state !== undefined) return { cell, state };
  }
  return null;
}

const universe = (policy: Policy) => ({
  data: Object.keys(policy.categories),
  for: Object.keys(policy.purposes),
  to: Object.keys(policy.recipients),
  at: policy.collect.map(({ point }) => point),
  by: Object.keys(policy.roles),
  region: Object.keys(policy.regions),
});

/** Whether some ask lies in both scopes. */
function overlap(policy: Policy, a: Scope, b: Scope): boolean {
  const all = universe(policy);
  const meet = <T>(every: readonly T[], one: readonly T[], other: readonly T[], out: readonly T[]): boolean =>
    every.length === 0 ||
    every.some((value) => within(one, value) && within(other, value) && !out.includes(value));
  const both = actsOf(a).filter((act) => actsOf(b).includes(act));
  const { except: outA } = a;
  const { except: outB } = b;
  return (
    both.length > 0 &&
    meet(all.data, a.data, b.data, [...outA.data, ...outB.data]) &&
    meet(all.for, a.for, b.for, [...outA.for, ...outB.for]) &&
    meet(all.to, a.to, b.to, [...outA.to, ...outB.to]) &&
    meet(all.at, a.at, b.at, []) &&
    meet(all.by, a.by, b.by, []) &&
    meet(all.region, a.region, b.region, []) &&
    meet(ages, a.age, b.age, []) &&
    meet(statuses, a.status, b.status, []) &&
    meet(choiceStates, a.choice, b.choice, []) &&
    meet(shareGrounds(a, b), a.ground, b.ground, [...outA.ground, ...outB.ground])
  );
}

/** Grounds that either scope names; naming none, they speak of all, and meet. */
const shareGrounds = (a: Scope, b: Scope): ShareGround[] => [...a.ground, ...b.ground];

const settles = ({ between }: Resolution, a: Claim, b: Claim): boolean =>
  between.includes(a.name) && between.includes(b.name);

function checkPairs(policy: Policy, find: Find): Issue[] {
  const nevers = policy.claims.filter(({ kind }) => kind === "never");
  const mays = policy.claims.filter(({ kind }) => kind === "may");
  const pairs = nevers.flatMap((never) =>
    mays.filter((may) => overlap(policy, never.scope, may.scope)).map((may) => ({ never, may })),
  );
  const settled = new Set<Resolution>();
  const found = pairs.map(({ never, may }) => {
    const resolution = policy.resolve.find((one) => settles(one, never, may));
    const lines = `"${never.name}" (line ${never.at.line}, never) and "${may.name}" (line ${may.at.line}, may) contradict each other`;
    if (resolution === undefined)
      return find(
        may,
        "contradiction",
        `${lines}.`,
        `Settle it under "resolve": between the two, which one to follow, and why.`,
      );
    settled.add(resolution);
    return find(
      resolution,
      "resolved-contradiction",
      `${lines}. The file follows "${resolution.follow}": ${resolution.says}`,
      "Nothing to do: it is settled here.",
      "warning",
    );
  });
  const idle = policy.resolve.filter((one) => !settled.has(one));
  return [
    ...found,
    ...idle.map((one) =>
      find(
        one,
        "never-decides",
        `${one.id} settles two claims that do not contradict each other.`,
        "Leave it out.",
        "warning",
      ),
    ),
  ];
}

function checkResolutions(policy: Policy, find: Find): Issue[] {
  const names = policy.claims.map(({ name }) => name);
  return policy.resolve.flatMap((one) => [
    ...one.between
      .filter((name) => !names.includes(name))
      .map((name) => find(one, "unknown-claim", `There is no claim "${name}".`, meant(name, names, "claim"))),
    ...(one.between.includes(one.follow)
      ? []
      : [
          find(
            one,
            "unknown-claim",
            `"${one.follow}" is not one of the two.`,
            `Follow ${one.between.join(" or ")}.`,
          ),
        ]),
  ]);
}

/** Claims given up by a resolution need not hold; every other one is proved. */
function checkHeld(compiled: Compiled, find: Find, cells: Cell[], outcome: (cell: Cell) => Outcome): Issue[] {
  const { claims, resolve } = compiled.policy;
  const givenUp = new Set(
    resolve.flatMap(({ between, follow }) => between.filter((name) => name !== follow)),
  );
  return claims.flatMap((claim) => {
    if (givenUp.has(claim.name)) return [];
    const example = firstAllowed(claim, cells, outcome);
    if (claim.kind === "may")
      return example === null
        ? [
            find(
              claim,
              "may-broken",
              `"${claim.name}" says that something is done, and no rule allows any of it.`,
              "Add the rule, or leave the claim out.",
            ),
          ]
        : [];
    if (example === null) return [];
    const ask = askOf(example.cell, example.state);
    const { region, age, status, choice } = example.state;
    const message = `"${claim.name}" says never, and yet: ${explain(compiled, ask, decide(compiled, ask))}`;
    return [
      find(
        claim,
        "never-broken",
        message,
        `Take it out of the rule, or narrow the claim. The person here: region ${region}, age ${age}, ${status}, choice ${choice}.`,
      ),
    ];
  });
}

/** Everything about claims: that they hold, and that they agree. */
export function checkClaims(compiled: Compiled, cells: Cell[], outcome: (cell: Cell) => Outcome): Issue[] {
  const find = finder(compiled.policy);
  const wrong = checkResolutions(compiled.policy, find);
  return [...wrong, ...checkPairs(compiled.policy, find), ...checkHeld(compiled, find, cells, outcome)];
}
