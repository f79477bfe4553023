// Forbids every use of a person's data but keeping, from the moment of the commit until they lift it (R3, K4).
import type { Data } from "../keep/database.ts";
import type { Detail } from "../keep/journal-kinds.ts";
import { service } from "../policy/rows.ts";
import { dueOf, closeRequest, openRequest } from "./open-request.ts";
import { purpose, type RightsNeeds, type StandingNeeds } from "./rights-needs.ts";

const stated = { actor: service, purpose };

/** How the person's account stands, and held until the transaction ends; null when there is no such person. */
export const lockStanding = async (data: Data, subject: string): Promise<string | null> => {
  const row = await data
    .selectFrom("subject")
    .select("status")
    .where("id", "=", subject)
    .forUpdate()
    .executeTakeFirst();
  return row?.status ?? null;
};

/** The restriction that is in force; null when none is. */
export const restrictionOf = async (
  data: Data,
  subject: string,
): Promise<{ id: string; since: Date } | null> => {
  const row = await data
    .selectFrom("rights_request")
    .select(["id", "asked_at"])
    .where("subject", "=", subject)
    .where("kind", "=", "restriction")
    .where("done_at", "is", null)
    .executeTakeFirst();
  return row ? { id: row.id, since: row.asked_at } : null;
};

/** Brings a noted restriction about; false where it was before, or the person is gone. */
export const keepRestricted = (
  needs: StandingNeeds,
  subject: string,
  { id, place, at, calendar, zone }: Detail,
): Promise<boolean> =>
  needs.within(stated, async (data) => {
    if ((await lockStanding(data, subject)) !== "active") return false;
    const since = new Date(String(at));
    const due = { at: since, calendar: String(calendar), zone: String(zone) };
    const asked = { subject, kind: "restriction", place: String(place), due } as const;
    if (!(await openRequest(needs, data, { ...asked, id: String(id), at: since, state: "running" })))
      return false;
    await needs.restand(data, subject, { status: "restricted" });
    await needs.closeSeats(data, subject, since);
    await needs.ledger.append(data, [{ kind: "restricted", about: [subject], purpose, rules: ["restrict"] }]);
    return true;
  });

/** @returns false when the use was restricted before, or the account is being erased */
export const restrictUse = async (needs: RightsNeeds, subject: string, place: string): Promise<boolean> => {
  const at = needs.clock();
  const before = await needs.within(stated, (data) => lockStanding(data, subject));
  if (before !== "active") return false;
  const { zone, calendar } = await dueOf(needs.policy, "restriction", at);
  const detail = { id: needs.newId(), place, at: at.toISOString(), zone, calendar };
  await needs.note({ kind: "restricted", at, subject, detail });
  await needs.rooms.takeOut(subject);
  const done = await keepRestricted(needs, subject, detail);
  await needs.rooms.readAnew(subject);
  return done;
};

/** Brings the noted end of a restriction about; false where it was over before. */
export const keepUnrestricted = (needs: StandingNeeds, subject: string, { id }: Detail): Promise<boolean> =>
  needs.within(stated, async (data) => {
    const status = await lockStanding(data, subject);
    if (!(await closeRequest(needs, data, String(id), "done"))) return false;
    // Whoever asked for erasure meanwhile stays closed: when that is taken back, nothing is restricted any more.
    if (status === "restricted") await needs.restand(data, subject, { status: "active" });
    await needs.ledger.append(data, [
      { kind: "unrestricted", about: [subject], purpose, rules: ["restrict"] },
    ]);
    return true;
  });

/** @returns false when no restriction is in force */
export const liftRestriction = async (needs: RightsNeeds, subject: string): Promise<boolean> => {
  const at = needs.clock();
  const restriction = await needs.within(stated, (data) => restrictionOf(data, subject));
  if (!restriction) return false;
  const detail = { id: restriction.id, at: at.toISOString() };
  await needs.note({ kind: "unrestricted", at, subject, detail });
  const done = await keepUnrestricted(needs, subject, detail);
  await needs.rooms.readAnew(subject);
  return done;
};
