/** What may be asked of a policy and what it answers: the form of every decision (P1). */
import type { Act, Age, ChoiceState, ShareGround, Status } from "./policy.ts";

/** What the one who shares can show: each ground of a share asks for its own (D1). */
export type Evidence =
  | "consent-record"
  | "request"
  | "agreement"
  | "order"
  | "case-decision"
  | "belief"
  | "transfer-deed"
  | "permission"
  | "group-size";

export const evidenceOf: Record<ShareGround, Evidence> = {
  consent: "consent-record",
  "requested-service": "request",
  processor: "agreement",
  "legal-process": "order",
  "terms-breach": "case-decision",
  "rights-and-safety": "belief",
  "business-transfer": "transfer-deed",
  "within-firm": "permission",
  offers: "consent-record",
  aggregate: "group-size",
};

/**
 * One question: may this category be handled so, for this purpose, about a person in this state?
 * What is left out is read strictly: no region is the policy's `regionIfUnknown`, no age is unknown, no choice is unset,
 * no evidence is none. `status` has to be said. Names that the policy does not know are refused, never an error.
 */
export type Ask = {
  act: Act;
  category: string;
  purpose: string;
  status: Status;
  /** Collection point, for `collect`. */
  point?: string | undefined;
  /** Role of the one who looks, for `look`. */
  role?: string | undefined;
  /** For `share`. */
  recipient?: string | undefined;
  evidence?: Evidence | undefined;
  region?: string | undefined;
  age?: Age | undefined;
  /** State of the one choice that the purpose rests on; where it rests on none, `refused` is an objection to it. */
  choice?: ChoiceState | undefined;
};

export type RuleRef = { id: string; file: string; line: number; column: number };

/** What is owed when an act is allowed. */
export type Obligation =
  | { do: "retain-until"; days: number | null; from: string; then: "erase" | "anonymise" }
  | { do: "record" }
  | { do: "tell-person" }
  | { do: "tell-recipient-on-change" }
  | { do: "anonymise"; smallest: number };

export type Reason =
  | "allowed"
  | "unknown-act"
  | "unknown-category"
  | "unknown-purpose"
  | "unknown-target"
  | "unknown-state"
  | "no-rule"
  | "refused-by-rule"
  | "restricted"
  | "deactivated"
  | "erased"
  | "too-young"
  | "age-unknown"
  | "no-ground"
  | "not-opted-in"
  | "opted-out"
  | "objected"
  | "not-told"
  | "no-evidence";

export type Decision = {
  effect: "allow" | "refuse";
  reason: Reason;
  /** The rules that decided: those that allow, or all of those that refuse; empty where no rule speaks. */
  rules: readonly RuleRef[];
  obligations: readonly Obligation[];
};
