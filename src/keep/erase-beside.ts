// Erases all of a person's but what a law has kept while a hold stands: that, and the keys that open it, wait for its end (C11, R5).
import { sql } from "kysely";
import { service } from "../policy/rows.ts";
import type { Data } from "./database.ts";
import { erasePlan } from "./erase-plan.ts";
import { eraseRows } from "./erase-rows.ts";
import type { EraseNeeds } from "./erase-subject.ts";
import type { Table } from "./register.ts";
import { everyTable, tables } from "./tables.ts";

const ending = { actor: service, purpose: "end-data" };

/** The person, what was asked for, and what holds it up: without these nobody would know to go on. */
const theCase: readonly Table[] = [tables.subject, tables.rights_request, tables.hold];

type Hangs = { child: string; parent: string };

/** Tables whose rows go with those of another. */
const hanging = async (data: Data): Promise<Hangs[]> =>
  (
    await sql<Hangs>`
      select c.relname as child, p.relname as parent from pg_constraint k
      join pg_class c on c.oid = k.conrelid join pg_class p on p.oid = k.confrelid
      where k.contype = 'f' and c.relnamespace = p.relnamespace`.execute(data)
  ).rows;

const holding = ({ columns }: Table, categories: readonly string[]): boolean =>
  Object.values(columns).some((column) => column.categories.some((one) => categories.includes(one)));

/** Tables that hold some of these kinds of data, and all that they hang on. */
const keptFor = (categories: readonly string[], hangs: readonly Hangs[]): Set<string> => {
  const kept = new Set([
    ...theCase.map(({ name }) => name),
    ...everyTable.filter((table) => holding(table, categories)).map(({ name }) => name),
  ]);
  for (const name of kept) for (const { child, parent } of hangs) if (child === name) kept.add(parent);
  return kept;
};

/** @param categories what stays, with the rows in which it lies */
export const eraseBeside = async (
  { within, policy, vault }: EraseNeeds,
  subject: string,
  categories: readonly string[],
  stopping: () => boolean,
): Promise<void> => {
  const kept = keptFor(categories, await within(ending, hanging));
  const { erased } = erasePlan(policy, everyTable);
  const going = erased.filter(({ name }) => !kept.has(name));
  await vault.release(subject);
  await eraseRows({ within, tables: going, every: everyTable, subject, stopping });
};
