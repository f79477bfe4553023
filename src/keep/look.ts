// The form in which any room tells that staff looked at somebody's data: the person can read it, and the ledger has it (K3, R1).
import type { Data } from "./database.ts";

export type Look = {
  /** Whoever looks. The person is told the role, and not who it was. */
  staff: string;
  /** As the policy names it: `technician`, `privacy-officer`. */
  role: string;
  /** Whose data is looked at; nothing is noted of somebody who looks at their own. */
  about: readonly string[];
  purpose: string;
  categories: readonly string[];
  /** The rules of the policy that let this role look. */
  rules?: readonly string[];
  /** What it was shown on, in a word or two: "record of a session". Nothing personal. */
  page: string;
};

/**
 * Notes a look in the caller's transaction, as its last statements and before anything is shown. It is one of the
 * desk's for answering people, and acts as whoever looks, or as the service.
 */
export type NoteLook = (data: Data, look: Look) => Promise<void>;
