// What the policy says of a kind of data that is held: where it came from, what it serves, who may get it, when it ends (R1, D2).
import { collectionPoint, endOf, purposesFor, type Compiled, type Policy } from "../policy/core.ts";
import type { HeldTable } from "./held-tables.ts";
import type { HeldRow } from "./open-rows.ts";

export type Fact = {
  category: string;
  label: string;
  about: string;
  /** `now`: whether the person's own state and choices allow it at this moment. */
  purposes: { id: string; label: string; about: string; now: boolean }[];
  /** Who may get it, and for what reason, in the policy's words. */
  recipients: { id: string; name: string; because: string | null }[];
};

/** Where data came in, in the policy's words. */
export type Source = { point: string; label: string; from: string | null };

const day = 86_400_000;

const recipientsOf = (policy: Policy, category: string): Fact["recipients"] =>
  policy.share
    .filter(({ data, everything }) => everything || data.includes(category))
    .flatMap(({ to, about }) =>
      to.map((id) => ({ id, name: policy.recipients[id]?.name ?? id, because: about })),
    );

/** @param now purposes that the person's permissions hold */
export const factOf = (compiled: Compiled, category: string, now: ReadonlySet<string>): Fact => {
  const { policy } = compiled;
  const { label = category, about = category } = policy.categories[category] ?? {};
  return {
    category,
    label,
    about,
    purposes: purposesFor(compiled, category).map((id) => ({
      id,
      label: policy.purposes[id]?.label ?? id,
      about: policy.purposes[id]?.about ?? id,
      now: now.has(id),
    })),
    recipients: recipientsOf(policy, category),
  };
};

export const sourceOf = (policy: Policy, { table }: HeldTable): Source | null => {
  const point = table.at === undefined ? null : collectionPoint(policy, table.at);
  if (!point) return null;
  const from = point.from === null ? null : (policy.recipients[point.from]?.name ?? point.from);
  return { point: point.point, label: point.label, from };
};

/** Categories of a table that this policy knows. */
export const categoriesIn = (policy: Policy, { fields }: HeldTable): string[] =>
  [
    ...new Set(
      fields.map(({ category }) => category).filter((one) => one !== null && one in policy.categories),
    ),
  ] as string[];

/** When a value of a row ends; null where that is the erasure, or its clock has not begun. */
export const endsAt = (
  policy: Policy,
  { table }: HeldTable,
  category: string,
  { began }: HeldRow,
): Date | null => {
  const end = endOf(policy, category, table.at);
  const from = end && began[end.from];
  return end && end.days !== null && from ? new Date(from.getTime() + end.days * day) : null;
};
