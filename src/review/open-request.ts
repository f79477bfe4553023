// Opens what a person asks for about their data, with the day on which it is due fixed for good (R4, R6).
import type { Clock } from "../keep/clock.ts";
import type { Data } from "../keep/database.ts";
import type { Pieces } from "../keep/pieces.ts";
import { tables } from "../keep/tables.ts";
import type { Policy } from "../policy/core.ts";
import { dueAfter, type Due } from "./calendar.ts";

export type RequestKind =
  "access" | "correction" | "restriction" | "erasure" | "objection" | "comment" | "child";

/** Under way are `open` and `running`: a restriction that is in force runs, and an erasure whose day has come. */
export type RequestState = "open" | "running" | "done" | "refused" | "taken-back";

export type Asked = {
  subject: string;
  kind: RequestKind;
  /** Where it was asked for: `profile`, `contact-page`, `mail`, `letter`, `session`. */
  place: string;
  /** What the person wrote with it; kept sealed. */
  words?: string;
  due: Due;
  /** Given where the request was noted elsewhere before it is written here. */
  id?: string;
  at?: Date;
  state?: "open" | "running";
};

export type OpenRequestNeeds = { pieces: Pieces; clock: Clock; newId: () => string };

/**
 * When a request of a kind is due that is made now; an erasure when the policy's delay is over, a child's at once, all
 * others within the time in which the policy says that it answers.
 */
export const dueOf = (
  { erase, contact }: Pick<Policy, "erase" | "contact">,
  kind: RequestKind,
  now: Date,
): Promise<Due> => {
  if (kind === "erasure") return dueAfter(now, erase);
  const amount = kind === "child" || kind === "restriction" ? 0 : contact.answerDays;
  return dueAfter(now, { amount, unit: "days", calendar: null });
};

/**
 * Writes the request into the caller's transaction, which is one of the desk's for answering people.
 * @returns its id; null when it was written before, or an erasure of that person is under way already
 */
export const openRequest = async (
  { pieces, clock, newId }: OpenRequestNeeds,
  data: Data,
  { subject, kind, place, words, due, id = newId(), at = clock(), state = "open" }: Asked,
): Promise<string | null> => {
  const row = { id, subject };
  const written = await data
    .insertInto("rights_request")
    .values({
      ...row,
      kind,
      state,
      asked_at: at,
      due_at: due.at,
      zone: due.zone,
      calendar: due.calendar,
      place,
      done_at: null,
      words: words ? await pieces.seal(tables.rights_request, "words", row, { request: words }) : null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  return written?.id ?? null;
};

/** Closes a request that is under way, or in `from` alone; false when it is not. */
export const closeRequest = async (
  { clock }: Pick<OpenRequestNeeds, "clock">,
  data: Data,
  id: string,
  state: "done" | "refused" | "taken-back",
  from: readonly RequestState[] = ["open", "running"],
): Promise<boolean> => {
  const closed = await data
    .updateTable("rights_request")
    .set({ state, done_at: clock() })
    .where("id", "=", id)
    .where("state", "in", from)
    .returning("id")
    .executeTakeFirst();
  return closed !== undefined;
};
