// Pages that belong to an account: whoever is not signed in is sent to sign in and brought back.
import { Refusal } from "../http/errors.ts";
import type { Policy } from "../policy/core.ts";
import type { Clock } from "../keep/clock.ts";
import type { SignedIn, WebContext } from "./needs.ts";

/** A path of this site to go back to; anything else is dropped. */
export const safeNext = (next: unknown): string | undefined =>
  typeof next === "string" && /^\/(?![/\\])[\w\-./?=&%]*$/.test(next) ? next : undefined;

const minute = 60_000;

/** Minutes for which a proof is good enough to change how one signs in: a browser left open is no proof. */
const provesChange = 5;

/** What is asked of the last proof: to see what the account holds, or to change how one signs in. */
export type Asked = "see" | "change";

type Times = { policy: Pick<Policy, "signIn">; clock: Clock };

/**
 * Whether somebody has proved who they are lately enough (O6). A proof that lies ahead by more than two clocks may
 * differ by comes from before the clock was set back, and is none.
 */
export const hasProved = (
  { policy, clock }: Times,
  { provedAt }: Pick<SignedIn, "provedAt">,
  asked: Asked = "see",
): boolean => {
  const age = clock().getTime() - provedAt.getTime();
  const { askAgainMinutes } = policy.signIn;
  const minutes = asked === "see" ? askAgainMinutes : Math.min(provesChange, askAgainMinutes);
  return age > -minute && age <= minutes * minute;
};

/** The signed-in person, or a refusal that leads to the sign-in page. */
export const mustBeSignedIn = (c: WebContext): SignedIn => {
  const person = c.get("person");
  if (!person) throw new Refusal("sign-in-needed");
  return person;
};
