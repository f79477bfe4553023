// Notices from the policy: what is recorded at a collection point, and until when (C2, K6, T1).
import { collectionPoint, endOf, type Policy, type Statement } from "../policy/core.ts";
import { en, type PageWords } from "./messages/en.ts";
import type { Ending, Kept } from "./pages/parts/end.tsx";

type Reads = {
  policy: Policy;
  statement: Statement;
  /** Of the language that policy and statement are in; English where left out. */
  words?: PageWords | undefined;
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const clauseOf = (statement: Statement, rule: string): string | undefined =>
  statement.sections
    .flatMap(({ clauses }) => clauses)
    .find((clause) => clause.rule.some(({ path }) => path === rule))?.id;

/** When a category that came in at a point ends; `from`: the instant of the event that starts its time, once known. */
export const endingOf = (
  { policy, statement, words = en }: Reads,
  category: string,
  point: string,
  from?: Date | null,
): Ending => {
  const end = endOf(policy, category, point);
  if (!end) return { text: words.end.notStored };
  const text =
    end.rule.about ??
    (end.days === null ? words.statement.keepUntil(end.from) : words.statement.keepFor(end.days, end.from));
  const at = end.days !== null && from ? from.getTime() + end.days * 86_400_000 : null;
  return { text, at, days: end.days, clause: clauseOf(statement, end.rule.id) };
};

/** Everything that the points take in, offered or passive, each with its end. */
export const keptAt = (reads: Reads, points: readonly string[], parts: ("offer" | "passive")[]): Kept[] =>
  points.flatMap((at) => {
    const point = collectionPoint(reads.policy, at);
    return parts
      .flatMap((part) => point?.[part] ?? [])
      .map(({ category }) => ({
        about: capital(reads.policy.categories[category]?.about ?? category),
        end: endingOf(reads, category, at),
      }));
  });
