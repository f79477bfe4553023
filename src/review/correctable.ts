// What of somebody's data they can correct, and why the rest is not: from the register and the policy alone (R2).
import { collectionPoint, purposesFor, type Compiled, type Field, type Policy } from "../policy/core.ts";
import type { Column, Table } from "../keep/register.ts";
import type { HeldTable } from "./held-tables.ts";
import { purpose } from "./needs.ts";

/** A field in which a value is corrected; `required` as where it was collected. */
export type CorrectField = Field & { required: boolean };

/**
 * Why data is not corrected here. `record`: the service noted it as it happened; `shared`: others take part in it;
 * `secret`: it says who somebody is; `no-right`: the policy grants none.
 */
export type NotCorrected = "record" | "shared" | "secret" | "no-right";

/** Every field that a table takes in from forms, where it came in and where it is corrected. */
export const correctionFields = (policy: Policy, { at, correctedAt }: Table): CorrectField[] => {
  const points = [at, correctedAt].flatMap((id) => (id ? (collectionPoint(policy, id) ?? []) : []));
  const fields = points.flatMap(({ require, offer }) => [
    ...require.map((field) => ({ ...field, required: true })),
    ...offer.map((field) => ({ ...field, required: false })),
  ]);
  return fields.filter(
    ({ category }, place) => place === fields.findIndex((one) => one.category === category),
  );
};

/** A piece is sealed anew as a whole: what could not be opened would be lost. */
const opensWhole = (compiled: Compiled, { categories }: Column): boolean =>
  categories
    .filter((category) => category in compiled.policy.categories)
    .every((category) => purposesFor(compiled, category).includes(purpose));

/** Fields of a sealed column that its owner gave and may correct with it; those apart have a page of their own. */
export const correctFields = (compiled: Compiled, { table }: HeldTable, name: string): CorrectField[] => {
  const column = table.columns[name];
  if (!column?.sealed || column.shown === "nobody" || !compiled.policy.rights.correct) return [];
  if (!table.grants.desk?.includes("update") || !opensWhole(compiled, column)) return [];
  return correctionFields(compiled.policy, table).filter(({ category }) =>
    column.categories.includes(category),
  );
};

/** Categories of a table that can be corrected, each with the column that it is sealed in. */
export const correctableIn = (
  compiled: Compiled,
  held: HeldTable,
): Map<string, { column: string; apart: boolean }> =>
  new Map(
    Object.entries(held.table.columns).flatMap(([column, { apart = [] }]) =>
      correctFields(compiled, held, column).map(
        ({ category }) => [category, { column, apart: apart.includes(category) }] as const,
      ),
    ),
  );

/** Why nothing of a table can be corrected. */
export const whyNot = (policy: Policy, { table, fields }: HeldTable): NotCorrected => {
  if (!policy.rights.correct) return "no-right";
  const values = fields.filter(({ category }) => category !== null);
  if (
    values.length > 0 &&
    values.every(({ hidden, sealed }) => hidden || !sealed) &&
    values.some(({ hidden }) => hidden)
  )
    return "secret";
  return table.sharedBy ? "shared" : "record";
};
