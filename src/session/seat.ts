// Who sits in a session: found by a guest's cookie or by an account, with the name that others see (T1).
import { service } from "../policy/rows.ts";
import type { Data } from "../keep/database.ts";
import { tables } from "../keep/tables.ts";
import { tokenHash } from "./join-session.ts";
import { purpose, type SessionNeeds } from "./needs.ts";
import type { Role } from "./live/frames.ts";

export type Seat = {
  id: string;
  session: string;
  subject: string;
  role: Role;
  left: boolean;
};

const seatColumns = ["id", "session", "subject", "role", "left_at"] as const;

type SeatRow = { id: string; session: string; subject: string; role: string; left_at: Date | null };

const seatOf = (row: SeatRow): Seat => ({
  id: row.id,
  session: row.session,
  subject: row.subject,
  role: row.role === "technician" ? "technician" : "guest",
  left: row.left_at !== null,
});

/** The guest who holds one of these tokens, in this session and no other. */
export const seatByToken = async (
  needs: SessionNeeds,
  session: string,
  tokens: readonly string[],
): Promise<Seat | null> => {
  if (tokens.length === 0) return null;
  const hashes = tokens.map((token) => tokenHash(needs.inviteKey, token));
  const row = await needs.within({ actor: service, purpose }, (data) =>
    data
      .selectFrom("participant")
      .select(seatColumns)
      .where("session", "=", session)
      .where("token_hash", "in", hashes)
      .executeTakeFirst(),
  );
  return row ? seatOf(row) : null;
};

/** The seat of a signed-in person in a session. */
export const seatBySubject = async (
  needs: SessionNeeds,
  session: string,
  subject: string,
): Promise<Seat | null> => {
  const row = await needs.within({ actor: subject, purpose }, (data) =>
    data
      .selectFrom("participant")
      .select(seatColumns)
      .where("session", "=", session)
      .where("subject", "=", subject)
      .executeTakeFirst(),
  );
  return row ? seatOf(row) : null;
};

/** Where somebody sits in sessions that have not ended; `hosts`: it is their own session. */
export const openSeatsOf = async (
  needs: SessionNeeds,
  subject: string,
): Promise<(Seat & { hosts: boolean })[]> => {
  const rows = await needs.within({ actor: service, purpose }, (data) =>
    data
      .selectFrom("participant")
      .innerJoin("session", "session.id", "participant.session")
      .select([
        "participant.id",
        "participant.session",
        "participant.subject",
        "role",
        "left_at",
        "technician",
      ])
      .where("participant.subject", "=", subject)
      .where("session.state", "<>", "ended")
      .execute(),
  );
  return rows
    .map((row) => ({ ...seatOf(row), hosts: row.technician === subject }))
    .filter(({ hosts, left }) => hosts || !left);
};

/** Those of some sessions in which somebody sat, as far as that may be shown. */
export const satIn = async (
  needs: SessionNeeds,
  subject: string,
  sessions: readonly string[],
): Promise<Set<string>> => {
  if (sessions.length === 0) return new Set();
  const rows = await needs.within({ actor: service, purpose }, (data) =>
    data
      .selectFrom("participant")
      .select("session")
      .where("subject", "=", subject)
      .where("session", "in", sessions)
      .execute(),
  );
  return new Set(rows.map(({ session }) => session));
};

/** The name a technician is shown by: the one given in the account, else the user name. */
export const technicianName = async (needs: SessionNeeds, technician: string): Promise<string> => {
  const row = await needs.within({ actor: technician, purpose }, (data) =>
    data
      .selectFrom("profile")
      .select(["subject", "user_name", "details"])
      .where("subject", "=", technician)
      .executeTakeFirst(),
  );
  if (!row) return "Technician";
  const { name } = await needs.pieces.open(purpose, tables.profile, "details", row);
  if (name) return name;
  const opened = await needs.pieces.open(purpose, tables.profile, "user_name", row);
  return opened["user-name"] ?? "Technician";
};

/** Everybody who ever sat in a session, in the order of joining, with the names that others see. */
export const seatsOf = async (
  needs: SessionNeeds,
  actor: string,
  session: string,
): Promise<(Seat & { name: string; joinedAt: Date; leftAt: Date | null })[]> => {
  const rows = await needs.within({ actor, purpose }, (data: Data) =>
    data
      .selectFrom("participant")
      .selectAll()
      .where("session", "=", session)
      .orderBy("joined_at")
      .orderBy("id")
      .execute(),
  );
  let guests = 0;
  const named = rows.map(async (row) => {
    const seat = seatOf(row);
    const number = seat.role === "guest" ? (guests += 1) : 0;
    const shown = await needs.pieces.open(purpose, tables.participant, "shown_as", row);
    const name =
      seat.role === "technician"
        ? await technicianName(needs, seat.subject)
        : (shown["display-name"] ?? `Guest ${number}`);
    return { ...seat, name, joinedAt: row.joined_at, leftAt: row.left_at };
  });
  return Promise.all(named);
};
