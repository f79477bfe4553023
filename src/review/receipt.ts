// What became of an erasure, for whoever holds its link, also when nothing is left that the link could belong to (R4).
import type { Within } from "../keep/database.ts";
import { service } from "../policy/rows.ts";
import type { Due } from "./calendar.ts";
import type { RequestState } from "./open-request.ts";

/** Transactions of the role that ends data: no other is shown a row of somebody who was erased. */
export type ReceiptNeeds = { within: Within };

export type ErasureState = {
  state: RequestState;
  askedAt: Date;
  due: Due;
  doneAt: Date | null;
};

export const receiptOf = ({ within }: ReceiptNeeds, request: string): Promise<ErasureState | null> =>
  within({ actor: service, purpose: "end-data" }, async (data) => {
    const row = await data
      .selectFrom("rights_request")
      .selectAll()
      .where("id", "=", request)
      .where("kind", "in", ["erasure", "child"])
      .executeTakeFirst();
    if (!row) return null;
    const { state, asked_at, due_at: at, zone, calendar, done_at } = row;
    return {
      state: state as RequestState,
      askedAt: asked_at,
      due: { at, zone, calendar },
      doneAt: done_at,
    };
  });
