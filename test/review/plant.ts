// Plants a row with marks of its own into each personal table of the register, for tests that ask who forgot a table.
import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { Keep } from "../../src/keep/keep.ts";
import type { Column, Table } from "../../src/keep/register.ts";
import { everyTable } from "../../src/keep/tables.ts";
import type { TestData } from "../keep.ts";

export type Mark = {
  table: string;
  column: string;
  /** Null for what stands beside the values. */
  category: string | null;
  hidden: boolean;
  text: string;
};

export type Planted = { subject: string; session: string; marks: Mark[] };

/** What a text may be where PostgreSQL checks it: the first word that the constraint names. */
const checkedWords = async (client: pg.Client, table: string): Promise<Map<string, string>> => {
  const { rows } = await client.query<{ text: string }>(
    "select pg_get_constraintdef(oid) as text from pg_constraint where contype = 'c' and conrelid = $1::regclass",
    [table],
  );
  const found = rows.flatMap(({ text }) => {
    const [, column, word] = /\((\w+) = ANY \(ARRAY\['([^']+)'/.exec(text) ?? [];
    return column && word ? [[column, word] as const] : [];
  });
  return new Map(found);
};

type Maker = { keep: Keep; client: pg.Client; subject: string; session: string; next: () => number };

const instantOf = (number: number): Date => new Date(Date.UTC(2026, 11, 1, 0, number));

const clearValue = (
  { subject, session, next }: Maker,
  table: Table,
  name: string,
  { type }: Column,
  checked: Map<string, string>,
): unknown => {
  if (name === table.owner) return subject;
  if (name === table.sharedBy) return session;
  if (type === "uuid") return randomUUID();
  if (type === "timestamptz") return instantOf(next());
  if (type === "bytea") return Buffer.from(randomUUID());
  if (type === "bool") return name !== table.hides;
  if (type === "int4" || type === "int8") return 900_000 + next();
  return checked.get(name) ?? `mark-${table.name}-${name}`;
};

const plantRow = async (maker: Maker, table: Table): Promise<Mark[]> => {
  const { keep, client } = maker;
  const checked = await checkedWords(client, table.name);
  const marks: Mark[] = [];
  const columns = Object.entries(table.columns);
  const row: Record<string, unknown> = {};
  for (const [name, column] of columns) {
    // What may be empty and holds no value of the person's may have to be empty in the state that was planted.
    const beside = column.nullable && column.categories.length === 0;
    if (column.sealed || column.generated || beside) continue;
    const value = clearValue(maker, table, name, column, checked);
    row[name] = value;
    if (typeof value === "string" && column.type === "text" && !checked.has(name))
      marks.push(markOf(table, name, column, column.categories[0] ?? null, value));
  }
  const { categories } = keep.inForce.versions.running.compiled.policy;
  for (const [name, column] of columns.filter(([, { sealed }]) => sealed)) {
    const values = Object.fromEntries(
      column.categories
        .filter((category) => category in categories)
        .map((category) => [category, `mark-${table.name}-${category}`]),
    );
    row[name] = await keep.pieces.seal(table, name, row, values);
    for (const [category, text] of Object.entries(values))
      marks.push(markOf(table, name, column, category, text));
  }
  const names = Object.keys(row);
  await client.query(
    `insert into ${table.name} (${names.join(", ")}) values (${names.map((_, at) => `$${at + 1}`).join(", ")})`,
    Object.values(row),
  );
  return marks;
};

const markOf = (table: Table, column: string, { shown }: Column, category: string | null, text: string) => ({
  table: table.name,
  column,
  category,
  hidden: shown === "nobody",
  text,
});

/** Somebody of whom there is a row in every personal table, each value marked with table and category. */
export const plantEverywhere = (data: TestData | Pick<TestData, "asOwner">, keep: Keep): Promise<Planted> =>
  data.asOwner(async (client) => {
    const [subject, session] = [randomUUID(), randomUUID()];
    let number = 0;
    const maker = { keep, client, subject, session, next: () => (number += 1) };
    await keep.vault.createKey(subject);
    const { status, permissions, region, age, told } = keep.newcomer();
    await client.query(
      "insert into subject (id, kind, status, permissions, created_at, region, age, told) values ($1, 'technician', $2, $3, $4, $5, $6, $7)",
      [subject, status, permissions, instantOf(0), region, age, told],
    );
    const marks: Mark[] = [];
    const personal = everyTable.filter(({ owner, name }) => owner && name !== "subject");
    for (const table of personal.toSorted((a, b) => a.number - b.number))
      marks.push(...(await plantRow(maker, table)));
    return { subject, session, marks };
  });
