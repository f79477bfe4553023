// Finds the session that a link or a spoken code invites to, as long as the invitation holds (T1).
import { service } from "../policy/rows.ts";
import { codeHash, readInviteToken } from "./invite.ts";
import { inviteHolds } from "./open-session.ts";
import { purpose, type SessionNeeds } from "./needs.ts";

export type Invitation = { session: string; technician: string; openedAt: Date };

/** Why somebody can't join: never given out (or mistyped), its time is over, or the session has ended. */
export type NoInvitation = "unknown" | "expired" | "ended";

/** Milliseconds by which two clocks may differ. */
const clocksDiffer = 60_000;

const judge = (
  row: { id: string; technician: string; opened_at: Date; state: string; invite_ends_at: Date } | undefined,
  now: Date,
): Invitation | NoInvitation => {
  if (!row) return "unknown";
  if (row.state === "ended") return "ended";
  const left = row.invite_ends_at.getTime() - now.getTime();
  // One that ends later than any that is made now was made before the clock was set back.
  if (left <= 0 || left > inviteHolds + clocksDiffer) return "expired";
  return { session: row.id, technician: row.technician, openedAt: row.opened_at };
};

const columns = ["id", "technician", "opened_at", "state", "invite_ends_at"] as const;

/** By the token of the join link. */
export const findByToken = async (needs: SessionNeeds, token: string): Promise<Invitation | NoInvitation> => {
  const session = readInviteToken(needs.inviteKey, token);
  if (!session) return "unknown";
  const row = await needs.within({ actor: service, purpose }, (data) =>
    data.selectFrom("session").select(columns).where("id", "=", session).executeTakeFirst(),
  );
  return judge(row, needs.clock());
};

/** By the spoken code; codes of ended sessions are unknown, since they may have been given out again. */
export const findByCode = async (needs: SessionNeeds, code: string): Promise<Invitation | NoInvitation> => {
  const row = await needs.within({ actor: service, purpose }, (data) =>
    data
      .selectFrom("session")
      .select(columns)
      .where("code_hash", "=", codeHash(needs.inviteKey, code))
      .where("state", "<>", "ended")
      .executeTakeFirst(),
  );
  return judge(row, needs.clock());
};
