// An erasure that is asked for closes the account in the same transaction, and may be taken back until its day (R4, K4).
import type { Data } from "../keep/database.ts";
import type { Detail } from "../keep/journal-kinds.ts";
import { service } from "../policy/rows.ts";
import type { Due } from "./calendar.ts";
import { closeRequest, dueOf, openRequest } from "./open-request.ts";
import { lockStanding, restrictionOf } from "./restrict.ts";
import { purpose, type RightsNeeds, type StandingNeeds } from "./rights-needs.ts";

const stated = { actor: service, purpose };

/** `child`: what turns out to be a child's is erased at once (C11). */
export type ErasureKind = "erasure" | "child";

export type PendingErasure = {
  id: string;
  askedAt: Date;
  due: Due;
  /** Its day has come: it can't be taken back any more. */
  running: boolean;
};

/** The erasure that was asked for and is not over; null when there is none. */
export const erasureOf = async (data: Data, subject: string): Promise<PendingErasure | null> => {
  const row = await data
    .selectFrom("rights_request")
    .select(["id", "asked_at", "due_at", "zone", "calendar", "state"])
    .where("subject", "=", subject)
    .where("kind", "in", ["erasure", "child"])
    .where("done_at", "is", null)
    .executeTakeFirst();
  if (!row) return null;
  const { id, asked_at: askedAt, due_at: at, zone, calendar, state } = row;
  return { id, askedAt, due: { at, zone, calendar }, running: state === "running" };
};

/** As the journal holds it: the day was fixed when it was asked for, and stays. */
const detailOf = (id: string, kind: ErasureKind, place: string, at: Date, due: Due) => ({
  id,
  kind,
  place,
  at: at.toISOString(),
  due: due.at.toISOString(),
  zone: due.zone,
  calendar: due.calendar,
});

/** Brings a noted request about; false where it was before, or the person is gone. */
export const keepErasureAsked = (needs: StandingNeeds, subject: string, detail: Detail): Promise<boolean> =>
  needs.within(stated, async (data) => {
    if ((await lockStanding(data, subject)) === null) return false;
    const { id, kind, place, at, due, zone, calendar } = detail as ReturnType<typeof detailOf>;
    const since = new Date(at);
    const asked = { subject, kind, place, due: { at: new Date(due), zone, calendar } };
    if (!(await openRequest(needs, data, { ...asked, id, at: since }))) return false;
    await needs.restand(data, subject, { status: "deactivated" });
    await needs.closeSeats(data, subject, since);
    await needs.endSignIns(data, subject, since);
    await needs.ledger.append(data, [{ kind: "erase-asked", about: [subject], purpose, rules: ["erase"] }]);
    return true;
  });

/**
 * Asks for the erasure of all that is held about somebody. When it resolves, nothing is used any more.
 * @returns null when one was asked for before
 */
export const askErasure = async (
  needs: RightsNeeds,
  subject: string,
  { place, kind = "erasure" }: { place: string; kind?: ErasureKind },
): Promise<{ id: string; due: Due } | null> => {
  const at = needs.clock();
  if (await needs.within(stated, (data) => erasureOf(data, subject))) return null;
  const due = await dueOf(needs.policy, kind, at);
  const detail = detailOf(needs.newId(), kind, place, at, due);
  await needs.note({ kind: "erase-asked", at, subject, detail });
  await needs.rooms.takeOut(subject);
  const done = await keepErasureAsked(needs, subject, detail);
  await needs.rooms.readAnew(subject);
  return done ? { id: detail.id, due } : null;
};

/** Brings about that a noted request was taken back; false where that was done before, or its day had come. */
export const keepErasureTakenBack = (
  needs: StandingNeeds,
  subject: string,
  { id }: Detail,
): Promise<boolean> =>
  needs.within(stated, async (data) => {
    await lockStanding(data, subject);
    if (!(await closeRequest(needs, data, String(id), "taken-back", ["open"]))) return false;
    const restricted = (await restrictionOf(data, subject)) !== null;
    await needs.restand(data, subject, { status: restricted ? "restricted" : "active" });
    await needs.ledger.append(data, [
      { kind: "erase-taken-back", about: [subject], purpose, rules: ["erase"] },
    ]);
    return true;
  });

/** @returns false when nothing was asked for, or its day has come */
export const takeErasureBack = async (needs: RightsNeeds, subject: string): Promise<boolean> => {
  const at = needs.clock();
  const pending = await needs.within(stated, (data) => erasureOf(data, subject));
  if (!pending || pending.running) return false;
  const detail = { id: pending.id, at: at.toISOString() };
  await needs.note({ kind: "erase-taken-back", at, subject, detail });
  const done = await keepErasureTakenBack(needs, subject, detail);
  await needs.rooms.readAnew(subject);
  return done;
};
