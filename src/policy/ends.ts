/** Says when a kind of data ends: everything that is collected has an end, and the soonest one holds (K6). */
import type { KeepRule, Policy } from "./policy.ts";

export type End = {
  /** Days from the event `from`, 0 where it is the end itself; null where data is kept until it is erased. */
  days: number | null;
  from: string;
  then: "erase" | "anonymise";
  /** The law that keeps it even after an erasure, or null. */
  duty: string | null;
  rule: KeepRule;
};

const sooner = (a: KeepRule, b: KeepRule): number => (a.days ?? Infinity) - (b.days ?? Infinity);

/**
 * When a category ends. A rule for the collection point goes before one for all; of several the soonest holds.
 * Null where nothing is declared, which the check reports, so that a running policy has an end for all it collects.
 */
export function endOf(policy: Policy, category: string, point?: string): End | null {
  const about = policy.keep.filter(({ data }) => data.includes(category));
  const here = point === undefined ? [] : about.filter(({ points }) => points.includes(point));
  const rule = (here.length > 0 ? here : about.filter(({ points }) => points.length === 0)).toSorted(
    sooner,
  )[0];
  if (rule === undefined) return null;
  return { days: rule.days, from: rule.from, then: rule.then, duty: rule.duty, rule };
}
