// Reads a session's messages in order, as somebody who takes part in it; what is not shown leaves its number (T2, R3, R4).
import { sql } from "kysely";
import { tables } from "../keep/tables.ts";
import { purpose, type SessionNeeds } from "./needs.ts";

export type StoredMessage = {
  seq: number;
  clientId: string;
  author: string;
  /** Null where it was erased, or its author lets nobody use it: then nothing but its number is known. */
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

type Numbered = Omit<StoredMessage, "clientId">;

/** Stands where a message is that nobody is shown any more; it has the time of the one before it. */
const withheld = (seq: number, at: Date): StoredMessage => ({
  seq,
  clientId: "",
  author: "",
  text: null,
  at,
});

/** Where the numbers begin and end that have to be there, and the time of what comes before them. */
type Span = { after: number; upTo: number; at: Date };

/** Puts something into each gap of a span. */
export const fillGaps = <Message extends Numbered>(
  messages: readonly Message[],
  { after, upTo, at }: Span,
): (Message | StoredMessage)[] => {
  const filled: (Message | StoredMessage)[] = [];
  let last = after;
  const fill = (to: number): void => {
    while (last < to) filled.push(withheld((last += 1), at));
  };
  for (const message of messages) {
    fill(message.seq - 1);
    filled.push(message);
    ({ seq: last, at } = message);
  }
  fill(upTo);
  return filled;
};

/** The number of the last message of a session, shown or not; 0 when nothing was said. */
export const lastSaid = async (needs: SessionNeeds, actor: string, session: string): Promise<number> => {
  const [row] = await needs.within.one({ actor, purpose }, (data) =>
    sql<{ last: number }>`select last_said(${session}) as last`.compile(data),
  );
  return row?.last ?? 0;
};

/** Numbers up to one whose messages the actor is not shown. */
export const notShown = async (
  needs: SessionNeeds,
  actor: string,
  session: string,
  upTo: number,
): Promise<number[]> => {
  if (upTo === 0) return [];
  const rows = await needs.within.one({ actor, purpose }, (data) =>
    sql<{ seq: number }>`select generate_series(1, least(${upTo}::int, last_said(${session}))) as seq
      except select seq from message where session = ${session} and seq <= ${upTo} order by seq`.compile(
      data,
    ),
  );
  return rows.map(({ seq }) => seq);
};
