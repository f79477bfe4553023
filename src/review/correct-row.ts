// Puts right what somebody gave: sealed anew in its place, noted for a restore, and owed to whoever got the old value (R2, K4).
import { createHash } from "node:crypto";
import { sql, type RawBuilder } from "kysely";
import type { Data, Within } from "../keep/database.ts";
import type { Clock } from "../keep/clock.ts";
import type { Ledger } from "../keep/ledger.ts";
import { noteCorrection } from "../keep/note-correction.ts";
import type { Pieces, Values } from "../keep/pieces.ts";
import type { OweTelling } from "../keep/telling.ts";
import type { Journal } from "../keep/vault/journal.ts";
import type { Compiled } from "../policy/core.ts";
import { correctFields, type CorrectField } from "./correctable.ts";
import { heldTableOf, type HeldTable } from "./held-tables.ts";
import { purpose } from "./needs.ts";
import { lockStanding } from "./restrict.ts";

export type CorrectNeeds = {
  /** Transactions of the desk role. */
  within: Within;
  pieces: Pieces;
  ledger: Ledger;
  clock: Clock;
  compiled: Compiled;
  note: Journal["note"];
  oweTelling: OweTelling;
  /** Lets live rooms read anew what they show of somebody. */
  readAnew: (subject: string) => Promise<void>;
};

/** Where a correction is made; `row`: the key of the row, where a person may have several of the kind. */
export type Place = { table: string; column: string; row: string | null };

export type Correctable = {
  held: HeldTable;
  fields: CorrectField[];
  values: Values;
  /** Stands for what was read: another one says that it was changed since. */
  seen: string;
};

export type Corrected =
  | { done: true; changed: string[]; recipients: string[] }
  /** `changed`: somebody corrected it meanwhile, to `now`; `closed`: the person is being erased. */
  | { done: false; why: "gone" | "closed" }
  | { done: false; why: "changed"; now: Correctable };

type Found = Correctable & { column: string; key: Record<string, string>; kept: Values };

const idForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A row's key: the person's own where there is but one, else the id that was given. */
const keyOf = (held: HeldTable, subject: string, row: string | null): Record<string, string> | null => {
  const [name] = held.table.key;
  if (name === undefined || held.table.key.length > 1) return null;
  if (held.single) return row === null ? { [name]: subject } : null;
  return row !== null && idForm.test(row) ? { [name]: row } : null;
};

const matching = (held: HeldTable, subject: string, key: Record<string, string>): RawBuilder<boolean> =>
  sql<boolean>`${sql.join(
    Object.entries({ ...key, [held.owner]: subject }).map(
      ([name, value]) => sql`${sql.ref(name)} = ${value}`,
    ),
    sql` and `,
  )}`;

const stampOf = (piece: Buffer): string =>
  createHash("sha256").update(piece).digest("base64url").slice(0, 22);

const read = async (
  { pieces, compiled }: CorrectNeeds,
  data: Data,
  subject: string,
  { table, column, row }: Place,
  lock: boolean,
): Promise<Found | null> => {
  const held = heldTableOf(table);
  const apart = held?.table.columns[column]?.apart ?? [];
  const fields = held
    ? correctFields(compiled, held, column).filter(({ category }) => !apart.includes(category))
    : [];
  const key = held && keyOf(held, subject, row);
  if (!held || !key || fields.length === 0) return null;
  const { rows } = await sql<Record<string, unknown>>`
    select * from ${sql.table(table)} where ${matching(held, subject, key)} ${lock ? sql`for update` : sql``}`.execute(
    data,
  );
  const found = rows[0];
  const piece = found?.[column];
  if (!found || !Buffer.isBuffer(piece)) return null;
  const kept = await pieces.open(purpose, held.table, column, found);
  const shown = fields.flatMap(({ category }) =>
    category in kept ? [[category, kept[category] ?? ""]] : [],
  );
  return {
    held,
    fields,
    column,
    key,
    kept,
    values: Object.fromEntries(shown) as Values,
    seen: stampOf(piece),
  };
};

/** What stands at a place now, with the fields in which it may be corrected; null where there is nothing such. */
export const correctableAt = (
  needs: CorrectNeeds,
  subject: string,
  place: Place,
): Promise<Correctable | null> =>
  needs.within({ actor: subject, purpose }, (data) => read(needs, data, subject, place, false));

const changedIn = ({ fields, values }: Correctable, typed: Values): string[] =>
  fields
    .map(({ category }) => category)
    .filter((category) => (values[category] ?? "") !== (typed[category] ?? ""));

const put = async (
  needs: CorrectNeeds,
  data: Data,
  subject: string,
  found: Found,
  typed: Values,
): Promise<void> => {
  const { held, column, key, kept, fields } = found;
  const others = Object.entries(kept).filter(([name]) => !fields.some(({ category }) => category === name));
  const piece = await needs.pieces.seal(
    held.table,
    column,
    { ...key, [held.owner]: subject },
    { ...Object.fromEntries(others), ...typed },
  );
  await sql`update ${sql.table(held.table.name)} set ${sql.ref(column)} = ${piece}
    where ${matching(held, subject, key)}`.execute(data);
  await noteCorrection(needs, subject, { table: held.table, column, key }, piece);
};

/**
 * @param typed values by category, checked as where they were collected; a field that is absent was emptied
 * @param seen what the form was shown with
 */
export const correctRow = async (
  needs: CorrectNeeds,
  subject: string,
  place: Place,
  { typed, seen }: { typed: Values; seen: string },
): Promise<Corrected> => {
  const outcome = await needs.within({ actor: subject, purpose }, async (data): Promise<Corrected> => {
    const status = await lockStanding(data, subject);
    if (status !== "active" && status !== "restricted")
      return { done: false, why: status === null ? "gone" : "closed" };
    const found = await read(needs, data, subject, place, true);
    if (!found) return { done: false, why: "gone" };
    const changed = changedIn(found, typed);
    if (changed.length === 0) return { done: true, changed, recipients: [] };
    if (found.seen !== seen) return { done: false, why: "changed", now: found };
    await put(needs, data, subject, found, typed);
    const recipients = await needs.oweTelling(data, subject, changed);
    await needs.ledger.append(data, [
      { kind: "corrected", about: [subject], purpose, categories: changed, rules: ["rights.correct"] },
    ]);
    return { done: true, changed, recipients };
  });
  if (outcome.done && outcome.changed.length > 0) await needs.readAnew(subject);
  return outcome;
};
