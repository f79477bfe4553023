/** Says which data two versions of a policy keep longer or shorter, and where (K6 P2). */
import { categoriesAt } from "./speak.ts";
import { endOf } from "./ends.ts";
import type { End } from "./ends.ts";
import type { Policy } from "./policy.ts";

type Ending = { days: number | null; from: string };

export type EndChange = {
  category: string;
  /** The collection point that it is about. */
  point: string;
  now: "longer" | "shorter" | "other";
  before: Ending;
  after: Ending;
};

const ending = ({ days, from }: End): Ending => ({ days, from });

/** Until an event that may never come is longer than any number of days. */
function direction(before: End, after: End): EndChange["now"] {
  const [was, is] = [before.days ?? Infinity, after.days ?? Infinity];
  if (before.from !== after.from && was !== Infinity && is !== Infinity) return "other";
  return is > was ? "longer" : is < was ? "shorter" : "other";
}

/** Each category at each place where both versions collect it, and its end differs. */
export function compareEnds(before: Policy, after: Policy): EndChange[] {
  return after.collect.flatMap((point) => {
    const old = before.collect.find((one) => one.point === point.point);
    const both = categoriesAt(point).filter(
      (category) => old !== undefined && categoriesAt(old).includes(category),
    );
    return [...new Set(both)].flatMap((category) => {
      const was = endOf(before, category, point.point);
      const is = endOf(after, category, point.point);
      if (was === null || is === null || (was.days === is.days && was.from === is.from)) return [];
      return [
        { category, point: point.point, now: direction(was, is), before: ending(was), after: ending(is) },
      ];
    });
  });
}
