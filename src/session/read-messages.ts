// Reads a session's messages in order, as somebody who takes part in it (T2).
import { tables } from "../keep/tables.ts";
import { purpose, type SessionNeeds } from "./needs.ts";

export type StoredMessage = {
  seq: number;
  clientId: string;
  author: string;
  /** Null when it can't be opened any more, because its author was erased. */
  text: string | null;
  at: Date;
};

/** Messages after a number, at most `most`, as the actor may see them. */
export const readMessages = async (
  needs: SessionNeeds,
  actor: string,
  session: string,
  after: number,
  most: number,
): Promise<StoredMessage[]> => {
  const rows = await needs.within({ actor, purpose }, (data) =>
    data
      .selectFrom("message")
      .selectAll()
      .where("session", "=", session)
      .where("seq", ">", after)
      .orderBy("seq")
      .limit(most)
      .execute(),
  );
  return Promise.all(
    rows.map(async (row) => {
      const values = await needs.pieces.open(purpose, tables.message, "body", row);
      return {
        seq: row.seq,
        clientId: row.client_id,
        author: row.author,
        text: values["chat-log"] ?? null,
        at: row.at,
      };
    }),
  );
};
