// Objecting to a use: where it rests on a choice it ends at once there, else the objection is a request with a day on which it is due (R3, R6).
import { groundOf } from "../policy/core.ts";
import type { Data } from "../keep/database.ts";
import { purposesOf } from "../keep/permissions.ts";
import { personIn } from "../keep/standing.ts";
import { tables } from "../keep/tables.ts";
import type { CorrectNeeds } from "./correct-row.ts";
import { innerParts } from "./inner-parts.ts";
import { purpose, type ReviewNeeds } from "./needs.ts";
import { dueOf, openRequest } from "./open-request.ts";

export type ObjectNeeds = Pick<ReviewNeeds, "within" | "pieces" | "ledger" | "clock" | "newId" | "inForce"> &
  Pick<CorrectNeeds, "compiled">;

export type Objectable = {
  purpose: string;
  label: string;
  about: string;
  /** The interest on which it rests, in the policy's words. */
  because: string | null;
  /** The choice that ends it at once; null where there is none, and an objection is weighed. */
  choice: string | null;
  allowed: boolean;
  /** An objection that is under way. */
  objected: { at: Date; due: Date } | null;
};

const answered: ReadonlySet<string> = new Set([
  "legitimate-interest",
  "opt-out",
  "opt-in",
  "explicit-opt-in",
]);

/** Objections that are under way, by purpose. */
const underWay = async ({ pieces }: ObjectNeeds, data: Data, subject: string) => {
  const rows = await data
    .selectFrom("rights_request")
    .selectAll()
    .where("subject", "=", subject)
    .where("kind", "=", "objection")
    .where("done_at", "is", null)
    .execute();
  const found = new Map<string, { at: Date; due: Date }>();
  for (const row of rows) {
    const { request } = await pieces.open(purpose, tables.rights_request, "words", row);
    const about = innerParts(request)?.purpose;
    if (typeof about === "string") found.set(about, { at: row.asked_at, due: row.due_at });
  }
  return found;
};

const listed = async (needs: ObjectNeeds, data: Data, subject: string): Promise<Objectable[]> => {
  const { policy } = needs.compiled;
  const person = await personIn(data, subject);
  const now = new Set(purposesOf(needs.inForce, person));
  const objections = await underWay(needs, data, subject);
  return Object.entries(policy.purposes)
    .filter(([, declared]) => answered.has(groundOf(declared, person.region)))
    .map(([id, { label, about, because, choice }]) => ({
      purpose: id,
      label,
      about,
      because,
      choice,
      allowed: now.has(id),
      objected: objections.get(id) ?? null,
    }));
};

/** Every use that somebody can object to, and how each stands for them. */
export const objectablesOf = (needs: ObjectNeeds, subject: string): Promise<Objectable[]> =>
  needs.within({ actor: subject, purpose }, (data) => listed(needs, data, subject));

/** @returns false where the policy has no such use to object to, or an objection to it is under way */
export const objectTo = (
  needs: ObjectNeeds,
  subject: string,
  { purpose: id, words, place }: { purpose: string; words: string; place: string },
): Promise<boolean> =>
  needs.within({ actor: subject, purpose }, async (data) => {
    // Locked, so that of two at once the second finds the first.
    await data.selectFrom("subject").select("id").where("id", "=", subject).forUpdate().execute();
    const one = (await listed(needs, data, subject)).find((use) => use.purpose === id);
    if (!one || one.choice !== null || one.objected !== null) return false;
    const due = await dueOf(needs.compiled.policy, "objection", needs.clock());
    const said = JSON.stringify({ purpose: id, words });
    await openRequest(needs, data, { subject, kind: "objection", place, words: said, due });
    await needs.ledger.append(data, [
      { kind: "objected", about: [subject], purpose, rules: [`purposes.${id}`] },
    ]);
    return true;
  });
