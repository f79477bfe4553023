// The technician's sessions for the console: waiting, live and past (T1).
import { spokenCode } from "./invite.ts";
import { purpose, type SessionNeeds } from "./needs.ts";
import { seatsOf } from "./seat.ts";

export type ListedSession = {
  id: string;
  state: "waiting" | "live" | "ended";
  openedAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  /** Names of the guests, in the order of joining. */
  people: string[];
  code: string;
};

/** The newest sessions of a technician, at most `most` of each state. */
export const listSessions = async (
  needs: SessionNeeds,
  technician: string,
  most: number,
): Promise<ListedSession[]> => {
  const rows = await needs.within({ actor: technician, purpose }, async (data) => {
    const select = (ended: boolean) =>
      data
        .selectFrom("session")
        .selectAll()
        .where("technician", "=", technician)
        .where("state", ended ? "=" : "<>", "ended")
        .orderBy("opened_at", "desc")
        .limit(most)
        .execute();
    return [...(await select(false)), ...(await select(true))];
  });
  return Promise.all(
    rows.map(async (row) => {
      const seats = await seatsOf(needs, technician, row.id);
      return {
        id: row.id,
        state: row.state as ListedSession["state"],
        openedAt: row.opened_at,
        startedAt: row.started_at,
        endedAt: row.ended_at,
        people: seats.filter(({ role }) => role === "guest").map(({ name }) => name),
        code: spokenCode(needs.inviteKey, row.id, row.code_attempt),
      };
    }),
  );
};
