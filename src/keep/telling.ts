// The form in which any room asks that recipients be told of a value that is no longer right (R2, D3).
import type { Selectable } from "kysely";
import { service } from "../policy/rows.ts";
import type { Data, Within } from "./database.ts";
import type { Detail } from "./journal-kinds.ts";
import type { Database } from "./tables.ts";
import type { Journal } from "./vault/journal.ts";

/**
 * Notes what is owed to whoever got an old value, in the caller's transaction: one of the desk's, of the person, for
 * answering them. Gives the recipients.
 */
export type OweTelling = (data: Data, subject: string, categories: readonly string[]) => Promise<string[]>;

type Row = Selectable<Database["telling"]>;

/** Notes what is owed, or that it was done, before it is committed: no copy that is put back lets it be forgotten. */
export const noteTelling = async (
  note: Journal["note"],
  at: Date,
  { subject, owed_at, told_at, record, ...row }: Row,
): Promise<void> => {
  const instants = { owed_at: owed_at.toISOString(), told_at: told_at?.toISOString() ?? null };
  const detail = { ...row, ...instants, record: record.toString("base64") };
  await note({ kind: "telling", at, subject, detail });
};

/** Brings it about again, as it was last. */
export const keepTelling = (within: Within, subject: string, detail: Detail): Promise<void> =>
  within({ actor: service, purpose: "answer-person" }, async (data) => {
    const there = await data.selectFrom("subject").select("id").where("id", "=", subject).executeTakeFirst();
    if (!there) return;
    const noted = detail as Record<"id" | "recipient" | "state" | "owed_at" | "record", string> & {
      told_at: string | null;
    };
    const now = {
      state: noted.state,
      told_at: noted.told_at === null ? null : new Date(noted.told_at),
      record: Buffer.from(noted.record, "base64"),
    };
    const { id, recipient } = noted;
    await data
      .insertInto("telling")
      .values({ id, subject, recipient, owed_at: new Date(noted.owed_at), ...now })
      .onConflict((conflict) => conflict.column("id").doUpdateSet(now))
      .execute();
  });
