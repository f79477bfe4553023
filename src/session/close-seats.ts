// Closes, in the transaction in which a person's standing changes, what was opened since they were taken out (R3, R4).
import { sql } from "kysely";
import type { Data } from "../keep/database.ts";

/**
 * From the moment of the commit nothing of theirs can be written any more, not even the end of their sessions: so
 * none may stay open, or it would never be over. The transaction is one of the desk's, as actor `service`.
 */
export const closeSeats = async (data: Data, subject: string, at: Date): Promise<void> => {
  const own = data.selectFrom("session").select("id").where("technician", "=", subject);
  await data
    .updateTable("participant")
    .set({ left_at: at })
    .where("left_at", "is", null)
    .where((where) => where.or([where.eb("subject", "=", subject), where.eb("session", "in", own)]))
    .execute();
  await data
    .updateTable("session")
    .set({
      state: "ended",
      ended_at: at,
      ended_why: sql<string>`coalesce(ended_why, 'technician')`,
      code_hash: null,
    })
    .where("technician", "=", subject)
    .where("state", "<>", "ended")
    .execute();
};
