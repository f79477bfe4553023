// Who may carry a mail to a person for a purpose, by the policy alone; nobody, where no rule says so (D1, D3).
import { decideAll, type Compiled, type Decision, type Policy, type Reason } from "../policy/core.ts";
import type { Standing, Versions } from "../policy/reach.ts";

/** What leaves with each mail. */
export const carried = ["email", "letters"] as const;

export type Carrier =
  | { allowed: true; recipient: string; rules: readonly string[] }
  | { allowed: false; why: Reason; rules: readonly string[] };

/** For a person whose permissions hold the purpose: what they chose is in those. */
export type CarrierFor = (purpose: string, standing: Standing) => Carrier;

const processors = ({ recipients }: Policy): string[] =>
  Object.keys(recipients)
    .filter((id) => recipients[id]?.kind === "processor")
    .sort();

type Asked = { recipient: string; purpose: string; standing: Standing };

const answersOf = (compiled: Compiled, { recipient, purpose, standing }: Asked): Decision[] => {
  const { region, age, status } = standing;
  return decideAll(
    compiled,
    carried.map((category) => ({
      act: "share",
      category,
      purpose,
      recipient,
      evidence: "agreement",
      ...(compiled.regions.has(region) ? { region } : {}),
      age,
      status,
      choice: "given",
    })),
  );
};

const allAllow = (decisions: readonly Decision[]): boolean =>
  decisions.every(({ effect }) => effect === "allow");

const rulesOf = (decisions: readonly Decision[]): string[] => [
  ...new Set(decisions.flatMap(({ rules }) => rules.map(({ id }) => id))),
];

/** Somebody who was not told of the running version in time is under the one before it too. */
const wasTold = ({ running, earlier }: Versions, asked: Asked): boolean => {
  const { told } = asked.standing;
  if (told === running.activation) return true;
  const before = earlier.find(({ activation }) => activation === told)?.compiled ?? null;
  if (before === null) return false;
  return !before.purposes.has(asked.purpose) || allAllow(answersOf(before, asked));
};

/** Of several refusals the one that says most: where no rule speaks of a recipient, it is just not the carrier. */
const refusalOf = (answers: readonly Decision[][]): Carrier => {
  const refused = answers.flat().filter(({ effect }) => effect === "refuse");
  const telling = refused.find(({ reason }) => reason !== "no-rule");
  return { allowed: false, why: telling?.reason ?? "no-rule", rules: rulesOf(telling ? [telling] : []) };
};

/** The carrier is the processor that share rules let have the address and what is written. */
export const carrierIn =
  (versions: Versions): CarrierFor =>
  (purpose, standing) => {
    const { compiled } = versions.running;
    const answers = processors(compiled.policy).map((recipient) => ({
      recipient,
      decisions: answersOf(compiled, { recipient, purpose, standing }),
    }));
    const found = answers.find(({ decisions }) => allAllow(decisions));
    if (!found) return refusalOf(answers.map(({ decisions }) => decisions));
    const { recipient, decisions } = found;
    return wasTold(versions, { recipient, purpose, standing })
      ? { allowed: true, recipient, rules: rulesOf(decisions) }
      : { allowed: false, why: "not-told", rules: rulesOf(decisions) };
  };
