// A row of what is held as the download's JSON says it: as it was kept, with when each category of it ends (R1, K6).
import { endOf, type Policy } from "../../policy/core.ts";
import { categoriesIn } from "../../review/held-facts.ts";
import type { HeldRow } from "../../review/open-rows.ts";
import type { HeldTable } from "../../review/held-tables.ts";
import { innerParts, inParts } from "../../review/inner-parts.ts";
import type { RowJson } from "./schema.ts";

const day = 86_400_000;

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
    const json: RowJson = { at: row.at.toISOString(), values: valuesOf(row) };
    if (!row.mine) json.by = nameOf(row);
    if (row.hidden.length > 0) json.hidden = [...row.hidden];
    const ends = endsOf(row);
    if (ends) json.ends = ends;
    return json;
  };
};
