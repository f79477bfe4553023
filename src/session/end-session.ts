// Ends a session: its record is closed, and the ledger says what was collected in it (C10, T1).
import { sql } from "kysely";
import { service } from "../policy/rows.ts";
import type { Data } from "../keep/database.ts";
import { purpose, type SessionNeeds } from "./needs.ts";
import type { EndedWhy } from "./live/frames.ts";

const messagesByAuthor = (data: Data, session: string): Promise<{ author: string; count: number }[]> =>
  data
    .selectFrom("message")
    .select((column) => ["author", column.fn.countAll<number>().as("count")])
    .where("session", "=", session)
    .groupBy("author")
    .execute();

/** Ends it; null when it had ended before. Gives the instant at which it ended. */
export const endSession = (needs: SessionNeeds, session: string, why: EndedWhy): Promise<Date | null> =>
  needs.within({ actor: service, purpose }, async (data) => {
    const at = needs.clock();
    const ended = await data
      .updateTable("session")
      .set({ state: "ended", ended_at: at, ended_why: why, code_hash: null })
      .where("id", "=", session)
      .where("state", "<>", "ended")
      .returning(["technician"])
      .executeTakeFirst();
    if (!ended) return null;
    await data
      .updateTable("participant")
      .set({ left_at: sql<Date>`coalesce(left_at, ${at})` })
      .where("session", "=", session)
      .execute();
    await data
      .insertInto("event")
      .values({ id: needs.newId(), session, subject: ended.technician, kind: "ended", at })
      .execute();
    const written = await messagesByAuthor(data, session);
    await needs.ledger.append(data, [
      ...written.map(({ author, count }) => ({
        kind: "collected" as const,
        about: [author],
        purpose,
        categories: ["chat-log"],
        rules: needs.permit("session", "chat-log").rules,
        count,
      })),
      {
        kind: "ended" as const,
        about: [ended.technician],
        purpose,
        categories: ["session-times"],
        detail: why,
      },
    ]);
    return at;
  });

/** Marks one person as gone; tells whether anybody is still in. */
export const leaveSession = (
  needs: SessionNeeds,
  seat: { id: string; session: string; subject: string },
): Promise<{ anybodyIn: boolean }> =>
  needs.within({ actor: service, purpose }, async (data) => {
    const at = needs.clock();
    const left = await data
      .updateTable("participant")
      .set({ left_at: at })
      .where("id", "=", seat.id)
      .where("left_at", "is", null)
      .returning("id")
      .executeTakeFirst();
    if (left)
      await data
        .insertInto("event")
        .values({ id: needs.newId(), session: seat.session, subject: seat.subject, kind: "left", at })
        .execute();
    const still = await data
      .selectFrom("participant")
      .select("id")
      .where("session", "=", seat.session)
      .where("left_at", "is", null)
      .limit(1)
      .executeTakeFirst();
    return { anybodyIn: still !== undefined };
  });

/** Somebody who had left is back in the same seat. */
export const returnToSession = (
  needs: SessionNeeds,
  seat: { id: string; session: string; subject: string },
) =>
  needs.within({ actor: service, purpose }, async (data) => {
    await data.updateTable("participant").set({ left_at: null }).where("id", "=", seat.id).execute();
    await data
      .insertInto("event")
      .values({
        id: needs.newId(),
        session: seat.session,
        subject: seat.subject,
        kind: "joined",
        at: needs.clock(),
      })
      .execute();
  });
