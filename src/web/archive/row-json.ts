// A row of what is held as the download's JSON says it: as it was kept, with when each category of it ends (R1, K6).
import { endOf, type Policy } from "../../policy/core.ts";
import { categoriesIn } from "../../review/held-facts.ts";
import type { HeldRow } from "../../review/open-rows.ts";
import type { HeldTable } from "../../review/held-tables.ts";
import { innerParts, inParts } from "../../review/inner-parts.ts";
import type { RowJson } from "./schema.ts";

const day = 86_400_000;

const minute = 60_000;
const digits = (count: number, width: number): string[] =>
  Array.from({ length: count }, (_, number) => String(number).padStart(width, "0"));
const [ofSeconds, ofMilliseconds] = [digits(60, 2), digits(1000, 3)];

/** Writes instants as `toISOString` does, in half the time where they follow one another: what stands before the seconds is the last one's while it is of the same minute. */
export const isoWriter = (): ((at: Date) => string) => {
  let [last, head] = [NaN, ""];
  return (at) => {
    const ms = at.getTime();
    const begun = Math.floor(ms / minute);
    if (begun !== last) [last, head] = [begun, at.toISOString().slice(0, -"00.000Z".length)];
    const rest = ms - begun * minute;
    return `${head}${ofSeconds[Math.floor(rest / 1000)]}.${ofMilliseconds[rest % 1000]}Z`;
  };
};

type Ends = RowJson["ends"];

/** When each category of a row ends. Rows of one session share their clocks, and so the answer. */
const endsIn = (policy: Policy, held: HeldTable): ((row: HeldRow) => Ends) => {
  const rules = categoriesIn(policy, held).flatMap((category) => {
    const end = endOf(policy, category, held.table.at);
    return end && end.days !== null ? [{ category, from: end.from, ms: end.days * day }] : [];
  });
  let last: { began: HeldRow["began"]; ends: Ends } | null = null;
  return ({ began }) => {
    if (last?.began === began) return last.ends;
    const known = rules.flatMap(({ category, from, ms }) => {
      const at = began[from];
      return at ? [[category, new Date(at.getTime() + ms).toISOString()] as const] : [];
    });
    const ends = known.length > 0 ? Object.fromEntries(known) : undefined;
    last = { began, ends };
    return ends;
  };
};

/** @param nameOf whose row it is, for one that others share */
export const rowsToJson = (
  policy: Policy,
  held: HeldTable,
  nameOf: (row: HeldRow) => string,
): ((row: HeldRow) => RowJson) => {
  const endsOf = endsIn(policy, held);
  const iso = isoWriter();
  const parted = held.fields.filter(({ category }) => category !== null && inParts.has(category));
  const valuesOf = ({ values }: HeldRow): RowJson["values"] => {
    if (parted.length === 0) return values as RowJson["values"];
    const parts = parted.flatMap(({ name }) => {
      const found = innerParts(values[name]);
      return found ? [[name, found] as const] : [];
    });
    return { ...values, ...Object.fromEntries(parts) } as RowJson["values"];
  };
  return (row) => {
    const json: RowJson = { at: iso(row.at), values: valuesOf(row) };
    if (!row.mine) json.by = nameOf(row);
    if (row.hidden.length > 0) json.hidden = [...row.hidden];
    const ends = endsOf(row);
    if (ends) json.ends = ends;
    return json;
  };
};
