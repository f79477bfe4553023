// From what is held to what a page says of it: labels, instants, ends and names, all in the policy's words (R1).
import { objectionTo } from "../policy/core.ts";
import { endsAt } from "../review/held-facts.ts";
import type { HeldRow, HeldValue } from "../review/open-rows.ts";
import type { HeldField, HeldTable } from "../review/held-tables.ts";
import { innerParts } from "../review/inner-parts.ts";
import { endingOf } from "./kept.ts";
import { en, type PageWords } from "./messages/en.ts";
import type { WebNeeds } from "./needs.ts";
import type { Ending } from "./pages/parts/end.tsx";
import type { ShownRow, ShownValue } from "./pages/parts/held-rows.tsx";

type Reads = Pick<WebNeeds, "policy" | "statement"> & {
  /** Of the language that policy and statement are in; English where left out. */
  words?: PageWords | undefined;
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** "opened_at" as people read it. */
const wordsOf = ({ words = en }: Reads, name: string): string =>
  words.archive.columns[name] ?? name.replaceAll(/[_-]/g, " ");

/** What a name of the policy's is called; anything else stays as it is. */
const called = ({ policy, words = en }: Reads, name: string, value: string): string => {
  const objected = (id: string): string | undefined => {
    const found = Object.entries(policy.purposes).find(([purpose]) => objectionTo(purpose) === id);
    return found && words.object.called(found[1].label);
  };
  const one = (id: string): string | undefined => {
    if (name === "purpose") return policy.purposes[id]?.label;
    if (name === "role") return policy.roles[id]?.label;
    if (name === "choice") return policy.choices[id]?.label ?? objected(id);
    if (name === "recipient") return policy.recipients[id]?.name;
    if (name === "categories") return policy.categories[id]?.label;
    return undefined;
  };
  const all = name === "categories" ? value.split(" ") : [value];
  return all.map((id) => one(id) ?? id).join(", ");
};

const plain = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(plain).join(" ");
  return typeof value === "string" ? value : JSON.stringify(value);
};

const valueOf = (reads: Reads, name: string, value: HeldValue): Pick<ShownValue, "text" | "at" | "parts"> => {
  if (value instanceof Date) return { at: value.getTime() };
  const parts = innerParts(value);
  if (!parts) return { text: called(reads, name, String(value)) };
  return {
    parts: Object.entries(parts).map(([part, inner]) => ({
      label: capital(wordsOf(reads, part)),
      text: called(reads, part, plain(inner)),
    })),
  };
};

/** Several columns may hold the same kind of data: each is then told apart by its name. */
const labelOf = (reads: Reads, { fields }: HeldTable, { category, name, sealed }: HeldField): string => {
  const label =
    category === null
      ? capital(wordsOf(reads, name))
      : (reads.policy.categories[category]?.label ?? category);
  const others = fields.filter((other) => other.category === category);
  return category === null || sealed || others.length === 1 ? label : `${label}: ${wordsOf(reads, name)}`;
};

export type RowView = {
  /** Whose row it is, where others' are shown beside one's own. */
  nameOf?: (subject: string) => string | null;
  /** Where a value of the row is corrected; null where it is not. */
  correct?: (category: string) => string | null;
};

const shownValue = (
  reads: Reads,
  held: HeldTable,
  row: HeldRow,
  field: HeldField,
  { correct = () => null }: RowView,
): ShownValue[] => {
  const { name, category } = field;
  const label = labelOf(reads, held, field);
  const end = category === null ? null : endingOfRow(reads, held, category, row);
  if (row.hidden.includes(name)) return [{ label, end, hidden: true }];
  const value = row.values[name];
  if (value === undefined) return [];
  const href = category === null || !field.sealed ? null : correct(category);
  return [{ label, end, ...(href === null ? {} : { correct: href }), ...valueOf(reads, name, value) }];
};

const endingOfRow = (reads: Reads, held: HeldTable, category: string, row: HeldRow): Ending => ({
  ...endingOf(reads, category, held.table.at ?? ""),
  at: endsAt(reads.policy, held, category, row)?.getTime() ?? null,
});

/** Ids lead nowhere that a person could go; pages leave them out, the download has them. */
const isSaid = ({ table }: HeldTable, { column }: HeldField): boolean =>
  table.columns[column]?.type !== "uuid";

export const shownRow = (reads: Reads, held: HeldTable, row: HeldRow, view: RowView = {}): ShownRow => {
  const said = held.fields.filter((field) => isSaid(held, field) && field.name !== held.instant);
  const values = said.filter(({ category }) => category !== null);
  const instant = held.fields.find(({ name }) => name === held.instant);
  const timed = instant?.category ?? values[0]?.category ?? null;
  return {
    at: row.at.getTime(),
    by: row.mine ? null : (view.nameOf?.(row.owner) ?? (reads.words ?? en).archive.somebody),
    mine: row.mine,
    end: timed === null ? null : endingOfRow(reads, held, timed, row),
    values: values.flatMap((field) => shownValue(reads, held, row, field, view)),
    beside: said
      .filter(({ category }) => category === null)
      .flatMap((field) => shownValue(reads, held, row, field, view)),
  };
};

/** What a table is called: the kinds of data that it holds. */
export const titleOf = ({ policy, words = en }: Reads, held: HeldTable): string => {
  const categories = [...new Set(held.fields.map(({ category }) => category))];
  const labels = categories.flatMap((id) =>
    id && policy.categories[id] ? [policy.categories[id].label] : [],
  );
  return labels.length === 0 ? words.archive.noKind : labels.join(", ");
};
