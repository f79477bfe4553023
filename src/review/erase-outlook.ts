// What somebody should know before and after they ask for erasure: when, what goes, what a law keeps, what holds it up (R4, R5).
import type { Table } from "../keep/register.ts";
import { erasePlan, heldCategories, type Duty } from "../keep/erase-plan.ts";
import { service } from "../policy/rows.ts";
import type { Policy } from "../policy/core.ts";
import type { Due } from "./calendar.ts";
import { erasureOf, type PendingErasure } from "./erase-request.ts";
import { dueOf } from "./open-request.ts";
import { restrictionOf } from "./restrict.ts";
import { purpose, type RightsNeeds } from "./rights-needs.ts";

export type Outlook = {
  /** What was asked for; null when nothing was. */
  pending: PendingErasure | null;
  /** When it is due, or would be if it were asked for now. */
  due: Due;
  /** Since when the use is restricted; null when it is not. */
  restrictedSince: Date | null;
};

export const erasureOutlook = (needs: RightsNeeds, subject: string): Promise<Outlook> =>
  needs.within({ actor: service, purpose }, async (data) => {
    const pending = await erasureOf(data, subject);
    return {
      pending,
      due: pending?.due ?? (await dueOf(needs.policy, "erasure", needs.clock())),
      restrictedSince: (await restrictionOf(data, subject))?.since ?? null,
    };
  });

/** Categories that go, and those that a law keeps; what lies in several tables is said once. */
export const whatGoes = (
  policy: Policy,
  tables: readonly Table[],
): { erased: string[]; kept: readonly Duty[] } => {
  const { erased, kept } = erasePlan(policy, tables);
  return {
    erased: [...new Set(erased.flatMap((table) => heldCategories(policy, table)))],
    kept: [
      ...new Map(
        kept.map(({ duty }) => [JSON.stringify([duty.categories, duty.law, duty.days]), duty]),
      ).values(),
    ],
  };
};
