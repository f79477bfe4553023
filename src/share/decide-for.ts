// The policy's answer about one person: by the version that runs, and by the one before it until they were told (D1, P2).
import { decideAll, type Ask, type Compiled, type Decision, type Reason } from "../policy/core.ts";
import type { Standing, Versions } from "../policy/reach.ts";

export type Answer =
  { allowed: true; rules: readonly string[] } | { allowed: false; why: Reason; rules: readonly string[] };

/** Asks of one purpose, about somebody whose permissions hold it: what they chose is in those. */
type Asked = readonly Omit<Ask, "region" | "age" | "status" | "choice">[];

const decisionsOf = (compiled: Compiled, { region, age, status }: Standing, asks: Asked): Decision[] =>
  decideAll(
    compiled,
    asks.map((ask) => ({
      ...ask,
      region: compiled.regions.has(region) ? region : undefined,
      age,
      status,
      choice: "given",
    })),
  );

const rulesOf = (decisions: readonly Decision[]): string[] => [
  ...new Set(decisions.flatMap(({ rules }) => rules.map(({ id }) => id))),
];

const isAllowed = ({ effect }: Decision): boolean => effect === "allow";

/** A version that does not know the purpose says nothing: the permission for it waited, and was given. */
const allowedBefore = ({ earlier }: Versions, standing: Standing, asks: Asked): boolean => {
  const before = earlier.find(({ activation }) => activation === standing.told)?.compiled ?? null;
  if (before === null) return false;
  const known = asks.filter(({ purpose }) => before.purposes.has(purpose));
  return decisionsOf(before, standing, known).every(isAllowed);
};

/** All of the asks have to be allowed; of several refusals the one that says most is told. */
export const decideFor = (versions: Versions, standing: Standing, asks: Asked): Answer => {
  const { running } = versions;
  const decisions = decisionsOf(running.compiled, standing, asks);
  const refused = decisions.filter((decision) => !isAllowed(decision));
  const telling = refused.find(({ reason }) => reason !== "no-rule") ?? refused[0];
  if (telling) return { allowed: false, why: telling.reason, rules: rulesOf([telling]) };
  const rules = rulesOf(decisions);
  return standing.told === running.activation || allowedBefore(versions, standing, asks)
    ? { allowed: true, rules }
    : { allowed: false, why: "not-told", rules };
};
