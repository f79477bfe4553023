// Says, from register and policy alone, what an erasure takes away, and what a law that the policy names keeps (R4).
import { collectionPoint, endOf, type Policy } from "../policy/core.ts";
import type { Table } from "./register.ts";

/** Kept by a duty: under which law, and until when, in days from an event. */
export type Duty = { categories: string[]; law: string; days: number | null; from: string };

export type ErasePlan = {
  /** Tables whose rows go, in the order in which they may go. */
  erased: readonly Table[];
  /** Tables whose rows stay, all of whose categories a law keeps. */
  kept: readonly { table: Table; duty: Duty }[];
};

/** Categories of a table that the policy lets in there. */
export const heldCategories = (policy: Policy, { columns, at }: Table): string[] => {
  const point = at === undefined ? undefined : collectionPoint(policy, at);
  const declared = point ? [...point.require, ...point.offer, ...point.passive] : [];
  const taken = new Set(declared.map(({ category }) => category));
  const held = Object.values(columns).flatMap(({ categories }) => categories);
  return [...new Set(held)].filter((category) => taken.has(category));
};

const dutyOn = (policy: Policy, table: Table): Duty | null => {
  const categories = heldCategories(policy, table);
  const ends = categories.map((category) => endOf(policy, category, table.at));
  const [first] = ends;
  // What no law keeps must not stay because it lies beside something that one does.
  if (!first?.duty || ends.some((end) => end?.duty == null)) return null;
  return { categories, law: first.duty, days: first.days, from: first.from };
};

export const erasePlan = (policy: Policy, tables: readonly Table[]): ErasePlan => {
  const owned = tables.filter(({ owner, grants }) => owner && grants.end?.includes("delete"));
  const judged = owned.map((table) => ({ table, duty: dutyOn(policy, table) }));
  return {
    // What was declared later may hang on what was declared before, and never the other way round.
    erased: judged
      .flatMap(({ table, duty }) => (duty ? [] : [table]))
      .toSorted((a, b) => b.number - a.number),
    kept: judged.flatMap(({ table, duty }) => (duty ? [{ table, duty }] : [])),
  };
};
