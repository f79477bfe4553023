// The record that a session leaves: start, length, participants, features used, addresses, chat log, technician, and nothing beyond (C10).
import { tables } from "../keep/tables.ts";
import { inviteToken, spokenCode } from "./invite.ts";
import { purpose, type SessionNeeds } from "./needs.ts";
import { fillGaps, lastSaid, readMessages, type StoredMessage } from "./read-messages.ts";
import { seatsOf, type Seat } from "./seat.ts";

export type SessionFacts = {
  id: string;
  technician: string;
  state: "waiting" | "live" | "ended";
  openedAt: Date;
  endedAt: Date | null;
  inviteEndsAt: Date;
  code: string;
  token: string;
};

/** The bare facts of a session that the actor takes part in; null for one that is not the actor's. */
export const sessionFacts = async (
  needs: SessionNeeds,
  actor: string,
  session: string,
): Promise<SessionFacts | null> => {
  const row = await needs.within({ actor, purpose }, (data) =>
    data.selectFrom("session").selectAll().where("id", "=", session).executeTakeFirst(),
  );
  if (!row) return null;
  return {
    id: row.id,
    technician: row.technician,
    state: row.state as SessionFacts["state"],
    openedAt: row.opened_at,
    endedAt: row.ended_at,
    inviteEndsAt: row.invite_ends_at,
    code: spokenCode(needs.inviteKey, row.id, row.code_attempt),
    token: inviteToken(needs.inviteKey, row.id),
  };
};

export type SessionRecord = {
  facts: SessionFacts;
  seats: (Seat & { name: string; joinedAt: Date; leftAt: Date | null; address: string | null })[];
  features: string[];
  messages: StoredMessage[];
};

const page = 1000;

const allMessages = async (
  needs: SessionNeeds,
  actor: string,
  { id: session, openedAt: at }: SessionFacts,
): Promise<StoredMessage[]> => {
  const messages: StoredMessage[] = [];
  for (;;) {
    const more = await readMessages(needs, actor, session, messages.at(-1)?.seq ?? 0, page);
    messages.push(...more);
    if (more.length < page)
      return fillGaps(messages, { after: 0, upTo: await lastSaid(needs, actor, session), at });
  }
};

const addressesOf = async (
  needs: SessionNeeds,
  actor: string,
  session: string,
): Promise<Map<string, string>> => {
  const rows = await needs.within({ actor, purpose }, (data) =>
    data
      .selectFrom("participant")
      .select(["id", "subject", "network"])
      .where("session", "=", session)
      .execute(),
  );
  const opened = rows.map(async (row) => {
    const values = await needs.pieces.open(purpose, tables.participant, "network", row);
    return [row.id, values["ip-address"]] as const;
  });
  return new Map((await Promise.all(opened)).flatMap(([id, address]) => (address ? [[id, address]] : [])));
};

/** What an event of a session is called in its record; openings, comings and goings are no features. */
const notFeatures = new Set(["opened", "joined", "left", "ended"]);

const featuresOf = async (needs: SessionNeeds, actor: string, session: string): Promise<string[]> => {
  const rows = await needs.within({ actor, purpose }, (data) =>
    data.selectFrom("event").select("kind").distinct().where("session", "=", session).execute(),
  );
  return rows.map(({ kind }) => kind).filter((kind) => !notFeatures.has(kind));
};

/** Opens the record for one who took part; the others are told of the look at their data before it is shown (K3). */
export const openRecord = async (
  needs: SessionNeeds,
  actor: string,
  session: string,
): Promise<SessionRecord | null> => {
  const facts = await sessionFacts(needs, actor, session);
  if (!facts) return null;
  const seats = await seatsOf(needs, actor, session);
  await needs.noteLook({
    staff: actor,
    role: "technician",
    about: seats.map(({ subject }) => subject),
    purpose,
    categories: ["chat-log", "display-name", "ip-address", "participants", "session-times"],
    page: "session record",
  });
  const addresses = await addressesOf(needs, actor, session);
  return {
    facts,
    seats: seats.map((seat) => ({ ...seat, address: addresses.get(seat.id) ?? null })),
    features: await featuresOf(needs, actor, session),
    messages: await allMessages(needs, actor, facts),
  };
};
