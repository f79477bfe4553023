// Who may carry a mail to a person for a purpose, by the policy alone; nobody, where no rule says so (D1, D3).
import type { Policy, ShareRule } from "../policy/core.ts";
import type { Standing, Versions } from "../policy/reach.ts";
import { decideFor, type Answer } from "./decide-for.ts";

/** What leaves with each mail. */
export const carried = ["email", "letters"] as const;

export type Carrier = (Answer & { allowed: true; recipient: string }) | (Answer & { allowed: false });

/** For a person whose permissions hold the purpose. */
export type CarrierFor = (purpose: string, standing: Standing) => Carrier;

const isProcessor = ({ recipients }: Policy, id: string): boolean => recipients[id]?.kind === "processor";

/** The rules by which mails are carried: to a processor, the address and what is written. */
export const mailRules = (policy: Policy): ShareRule[] =>
  policy.share.filter(
    ({ ground, to, data, everything }) =>
      ground === "processor" &&
      to.some((id) => isProcessor(policy, id)) &&
      (everything || carried.every((category) => data.includes(category))),
  );

/** Recipients that some rule makes carriers, in an order that the file does not change. */
export const mailCarriers = (policy: Policy): string[] =>
  [...new Set(mailRules(policy).flatMap(({ to }) => to))].filter((id) => isProcessor(policy, id)).sort();

/** The first carrier that may have both the address and what is written. */
export const carrierIn = (versions: Versions): CarrierFor => {
  const carriers = mailCarriers(versions.running.compiled.policy);
  return (purpose, standing) => {
    const answers = carriers.map((recipient) => {
      const asks = carried.map((category) => ({
        act: "share" as const,
        category,
        purpose,
        recipient,
        evidence: "agreement" as const,
      }));
      return { recipient, ...decideFor(versions, standing, asks) };
    });
    return (
      answers.find(({ allowed }) => allowed) ?? answers[0] ?? { allowed: false, why: "no-rule", rules: [] }
    );
  };
};
