// Holds an erasure up for a reason that the policy names, with an end, in sight of the person unless the law forbids that (R5, K4).
import type { Selectable } from "kysely";
import type { Data } from "../keep/database.ts";
import type { Detail } from "../keep/journal-kinds.ts";
import { tables, type Database } from "../keep/tables.ts";
import { service } from "../policy/rows.ts";
import { lockStanding } from "./restrict.ts";
import { purpose, type RightsNeeds, type StandingNeeds } from "./rights-needs.ts";

const stated = { actor: service, purpose };
const dayInMs = 86_400_000;

export type Hold = {
  id: string;
  /** As the policy names it, such as `dispute`. */
  kind: string;
  /** The role in which somebody set it. */
  role: string;
  setAt: Date;
  endsAt: Date;
  /** Until when the person is not told of it; null where they are. */
  hiddenUntil: Date | null;
  reason: string;
};

export type NewHold = {
  kind: string;
  /** Days from now; at most what the policy says. */
  days: number;
  reason: string;
  /** Days for which a law forbids to tell the person; 0 where none does. */
  hiddenDays: number;
};

export type HoldFault = { field: "kind" | "days" | "reason" | "hiddenDays"; text: string };

type Staff = { subject: string; role: string };
type Row = Omit<Selectable<Database["hold"]>, "reason" | "subject">;

const mostReason = 2000;

const wholeDays = (days: number): boolean => Number.isInteger(days) && days >= 0;

/** Until when a hold of a kind may last: several of them do not add up to more than the policy allows one. */
const latestEnd = async (
  data: Data,
  subject: string,
  kind: string,
  days: number,
  now: Date,
): Promise<Date> => {
  const first = await data
    .selectFrom("hold")
    .select("set_at")
    .where("subject", "=", subject)
    .where("kind", "=", kind)
    .orderBy("set_at")
    .executeTakeFirst();
  return new Date((first?.set_at ?? now).getTime() + days * dayInMs);
};

const faultsIn = (
  { policy }: Pick<RightsNeeds, "policy">,
  { kind, days, reason, hiddenDays }: NewHold,
  { now, latest }: { now: Date; latest: Date },
): HoldFault[] => {
  const faults: HoldFault[] = [];
  const declared = policy.erase.holds.find(({ id }) => id === kind);
  if (!declared) faults.push({ field: "kind", text: "Choose one of the reasons that the policy names." });
  const left = Math.floor((latest.getTime() - now.getTime()) / dayInMs);
  if (declared && left < 1)
    faults.push({
      field: "days",
      text: `The policy allows ${declared.days} days for this reason, and they are over.`,
    });
  else if (declared && (!wholeDays(days) || days < 1 || days > left))
    faults.push({ field: "days", text: `Give whole days, from 1 to ${left}.` });
  if (reason.trim() === "") faults.push({ field: "reason", text: "Say in a sentence why it has to wait." });
  if (reason.length > mostReason)
    faults.push({ field: "reason", text: `Say it in at most ${mostReason} characters.` });
  if (!wholeDays(hiddenDays) || hiddenDays > days)
    faults.push({ field: "hiddenDays", text: "Give whole days, and no more than the hold lasts." });
  return faults;
};

const pieceOf = ({ pieces }: StandingNeeds, id: string, subject: string, reason: string): Promise<Buffer> =>
  pieces.seal(tables.hold, "reason", { id, subject }, { hold: reason.trim() });

/** Brings a noted hold about; false where it was before, or the person is gone. */
export const keepHeld = (needs: StandingNeeds, subject: string, detail: Detail): Promise<boolean> =>
  needs.within(stated, async (data) => {
    if ((await lockStanding(data, subject)) === null) return false;
    const { reason, ...row } = detail as Row & { reason: string };
    const { numInsertedOrUpdatedRows: written } = await data
      .insertInto("hold")
      .values({ ...row, subject, reason: await pieceOf(needs, row.id, subject, reason) })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (!written) return false;
    const { kind, role } = row;
    await needs.ledger.append(data, [
      { kind: "held", about: [subject], purpose, rules: ["erase", `roles.${role}`], detail: kind },
    ]);
    return true;
  });

/** Sets a hold; gives what is wrong with it where it can't be set. */
export const setHold = async (
  needs: RightsNeeds,
  staff: Staff,
  subject: string,
  hold: NewHold,
): Promise<HoldFault[]> => {
  const now = needs.clock();
  const declared = needs.policy.erase.holds.find(({ id }) => id === hold.kind);
  const latest = await needs.within(stated, (data) =>
    latestEnd(data, subject, hold.kind, declared?.days ?? 0, now),
  );
  const faults = faultsIn(needs, hold, { now, latest });
  if (faults.length > 0) return faults;
  const after = (days: number): string => new Date(now.getTime() + days * dayInMs).toISOString();
  const detail = {
    id: needs.newId(),
    kind: hold.kind,
    staff: staff.subject,
    role: staff.role,
    set_at: now.toISOString(),
    ends_at: after(hold.days),
    hidden: hold.hiddenDays > 0,
    hidden_until: hold.hiddenDays > 0 ? after(hold.hiddenDays) : null,
    ended_at: null,
    reason: hold.reason,
  };
  await needs.note({ kind: "held", at: now, subject, detail });
  await keepHeld(needs, subject, detail);
  return [];
};

/** Brings the noted end of a hold about; false where it was over before. */
export const keepHoldEnded = (needs: StandingNeeds, subject: string, { id, at }: Detail): Promise<boolean> =>
  needs.within(stated, async (data) => {
    const ended = await data
      .updateTable("hold")
      .set({ ended_at: new Date(String(at)) })
      .where("id", "=", String(id))
      .where("ended_at", "is", null)
      .returning("kind")
      .executeTakeFirst();
    if (!ended) return false;
    await needs.ledger.append(data, [
      { kind: "hold-ended", about: [subject], purpose, rules: ["erase"], detail: ended.kind },
    ]);
    return true;
  });

/** Ends a hold before its time; false where there is none, or it is over. */
export const endHold = async (needs: RightsNeeds, id: string): Promise<boolean> => {
  const at = needs.clock();
  const found = await needs.within(stated, (data) =>
    data
      .selectFrom("hold")
      .select("subject")
      .where("id", "=", id)
      .where("ended_at", "is", null)
      .executeTakeFirst(),
  );
  if (!found) return false;
  const detail = { id, at: at.toISOString() };
  await needs.note({ kind: "hold-ended", at, subject: found.subject, detail });
  return keepHoldEnded(needs, found.subject, detail);
};

/** Holds on somebody that are not over, as `actor` may see them: the person is not shown what a law forbids to tell. */
export const holdsOn = async (
  { within, pieces, clock }: StandingNeeds,
  actor: string,
  subject: string,
): Promise<Hold[]> => {
  const rows = await within({ actor, purpose }, (data) =>
    data
      .selectFrom("hold")
      .selectAll()
      .where("subject", "=", subject)
      .where("ended_at", "is", null)
      .where("ends_at", ">", clock())
      .orderBy("ends_at")
      .execute(),
  );
  return Promise.all(
    rows.map(async (row) => {
      const { hold = "" } = await pieces.open(purpose, tables.hold, "reason", row);
      const { id, kind, role, set_at, ends_at, hidden_until } = row;
      return { id, kind, role, setAt: set_at, endsAt: ends_at, hiddenUntil: hidden_until, reason: hold };
    }),
  );
};

/** Ends holds whose time is over, and tells of those that a law let nobody tell of until now. */
export const passHolds = ({ within }: Pick<StandingNeeds, "within">, now: Date): Promise<void> =>
  within(stated, async (data) => {
    await data
      .updateTable("hold")
      .set((column) => ({ ended_at: column.ref("ends_at") }))
      .where("ended_at", "is", null)
      .where("ends_at", "<=", now)
      .execute();
    await data
      .updateTable("hold")
      .set({ hidden: false })
      .where("hidden", "=", true)
      .where("hidden_until", "<=", now)
      .execute();
  });
