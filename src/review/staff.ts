// Who of the staff has which role of the policy; what a role may look at, the policy says (K3).
import type { Clock } from "../keep/clock.ts";
import type { Within } from "../keep/database.ts";
import type { Ledger } from "../keep/ledger.ts";
import { decide, type Compiled } from "../policy/core.ts";
import { service } from "../policy/rows.ts";
import { purpose } from "./needs.ts";

export type StaffNeeds = {
  /** Transactions of the desk role. */
  within: Within;
  ledger: Ledger;
  clock: Clock;
  newId: () => string;
  compiled: Compiled;
};

export type StaffRole = { id: string; subject: string; role: string; givenAt: Date };

/** The role that everybody has who registers. */
export const roleByRegistering = "technician";

/** Roles that are given by hand: those in which somebody may look at data of people with whom they hold no session. */
export const rolesToGive = ({ compiled }: Pick<StaffNeeds, "compiled">): { id: string; label: string }[] =>
  Object.entries(compiled.policy.roles)
    .filter(([id]) => id !== roleByRegistering)
    .map(([id, { label }]) => ({ id, label }));

/** The roles that somebody has now. */
export const rolesOf = async ({ within }: StaffNeeds, subject: string): Promise<string[]> => {
  const rows = await within({ actor: subject, purpose }, (data) =>
    data
      .selectFrom("staff_role")
      .select("role")
      .where("subject", "=", subject)
      .where("ended_at", "is", null)
      .execute(),
  );
  return rows.map(({ role }) => role);
};

/** Everybody who has a role now, in the order in which they were given. */
export const staffNow = async ({ within }: StaffNeeds): Promise<StaffRole[]> => {
  const rows = await within({ actor: service, purpose }, (data) =>
    data
      .selectFrom("staff_role")
      .select(["id", "subject", "role", "given_at"])
      .where("ended_at", "is", null)
      .orderBy("given_at")
      .execute(),
  );
  return rows.map(({ given_at, ...row }) => ({ ...row, givenAt: given_at }));
};

/** @returns false where the policy has no such role to give; one that is there already is left as it is */
export const giveRole = async (needs: StaffNeeds, subject: string, role: string): Promise<boolean> => {
  if (!rolesToGive(needs).some(({ id }) => id === role)) return false;
  const { within, ledger, clock, newId } = needs;
  await within({ actor: service, purpose }, async (data) => {
    const { numInsertedOrUpdatedRows } = await data
      .insertInto("staff_role")
      .values({ id: newId(), subject, role, given_at: clock(), ended_at: null })
      .onConflict((conflict) =>
        conflict.columns(["subject", "role"]).where("ended_at", "is", null).doNothing(),
      )
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows === 0n) return;
    await ledger.append(data, [{ kind: "role-given", about: [subject], rules: [`roles.${role}`] }]);
  });
  return true;
};

/** Ends a role; it stays on record until when it was had. */
export const endRole = async ({ within, ledger, clock }: StaffNeeds, id: string): Promise<void> =>
  within({ actor: service, purpose }, async (data) => {
    const ended = await data
      .updateTable("staff_role")
      .set({ ended_at: clock() })
      .where("id", "=", id)
      .where("ended_at", "is", null)
      .returning(["subject", "role"])
      .executeTakeFirst();
    if (!ended) return;
    await ledger.append(data, [
      { kind: "role-ended", about: [ended.subject], rules: [`roles.${ended.role}`] },
    ]);
  });

/**
 * The first of somebody's roles in which they may look at all of these kinds of data for a purpose; null where none
 * allows it.
 */
export const lookingAs = (
  { compiled }: Pick<StaffNeeds, "compiled">,
  roles: readonly string[],
  categories: readonly string[],
  stated: string,
): string | null =>
  roles.find((role) =>
    categories.every(
      (category) =>
        decide(compiled, { act: "look", role, category, purpose: stated, status: "active" }).effect ===
        "allow",
    ),
  ) ?? null;
