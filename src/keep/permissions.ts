// Which purposes a person's data may serve, version by version: what their mask of permissions holds (O4, P2, R3).
import { groundOf, permittedPurposes, type ChoiceState, type Compiled } from "../policy/core.ts";
import { isDuty, type Standing, type Versions } from "../policy/reach.ts";

/** The last that a person said about a choice, and the activation under which they said it. */
export type Answer = { state: ChoiceState; activation: number };

/** A person as the walls see one. */
export type Person = Standing & { choices: Readonly<Record<string, Answer>> };

/** An activation after which a purpose needs a new yes from the people of some regions. */
export type ConsentDue = {
  activation: number;
  purpose: string;
  /** The choice that the purpose rested on before, whose no still stands. */
  choice: string | null;
  regions: readonly string[];
};

export type InForce = { versions: Versions; consents: readonly ConsentDue[] };

const permittedBy = (compiled: Compiled, { region, age, status, choices }: Person): Set<string> => {
  const { regions, regionIfUnknown } = compiled.policy;
  const states = Object.entries(choices).map(([choice, { state }]) => [choice, state]);
  return new Set(
    permittedPurposes(compiled, {
      region: region in regions ? region : regionIfUnknown,
      age,
      status,
      choices: Object.fromEntries(states) as Record<string, ChoiceState>,
    }),
  );
};

const answerTo = (compiled: Compiled, purpose: string, { choices }: Person): Answer | undefined =>
  choices[compiled.policy.purposes[purpose]?.choice ?? ""];

const restsOnYes = (compiled: Compiled, purpose: string, { region }: Person): boolean => {
  const declared = compiled.policy.purposes[purpose];
  return declared !== undefined && groundOf(declared, region).endsWith("opt-in");
};

/** A yes to less is no yes to more, and a no that stood before is not overruled by a notice. */
const lacksConsent = ({ versions, consents }: InForce, person: Person, purpose: string): boolean => {
  const { compiled } = versions.running;
  const answer = answerTo(compiled, purpose, person);
  return consents
    .filter((due) => due.purpose === purpose && due.regions.includes(person.region))
    .filter(({ activation }) => person.told >= activation)
    .some(({ activation, choice }) =>
      restsOnYes(compiled, purpose, person)
        ? answer === undefined || answer.activation < activation
        : choice !== null && person.choices[choice]?.state === "refused",
    );
};

/** Until a person was told in time, what is new waits, but for what they said yes to themselves. */
const waits = ({ versions }: InForce, person: Person): ((purpose: string) => boolean) => {
  const { running, earlier } = versions;
  if (person.told === running.activation) return () => false;
  const before = earlier.find(({ activation }) => activation === person.told)?.compiled ?? null;
  // What the law asks for goes on, also where nobody can tell any more what was allowed before.
  if (before === null) return (purpose) => !isDuty(running.compiled, purpose);
  const old = permittedBy(before, person);
  return (purpose) => {
    if (before.purposes.has(purpose)) return !old.has(purpose);
    const answer = answerTo(running.compiled, purpose, person);
    return !(restsOnYes(running.compiled, purpose, person) && (answer?.activation ?? 0) > person.told);
  };
};

/** The purposes that a person's mask has to hold. */
export const purposesOf = (inForce: InForce, person: Person): string[] => {
  const waiting = waits(inForce, person);
  return [...permittedBy(inForce.versions.running.compiled, person)].filter(
    (purpose) => !waiting(purpose) && !lacksConsent(inForce, person, purpose),
  );
};
