/** Brings the short forms that a file may use into one even form, so that every reader finds the same shape (P1). */
import type { About, Place, Rule } from "./policy.ts";

export type Path = readonly (string | number)[];
export type PlaceOf = (path: Path) => Place;
export type OneOrMore<T> = T | readonly T[] | undefined;

export const list = <T>(one: OneOrMore<T>): T[] =>
  one === undefined ? [] : Array.isArray(one) ? [...(one as readonly T[])] : [one as T];

/** Names stand without a prototype, so that a category called "constructor" is a category and nothing else. */
export function table<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  const made = Object.create(null) as Record<string, T>;
  for (const [name, value] of entries) made[name] = value;
  return made;
}

/** The word that stands for each category that the file declares. */
export const everything = "everything";

/** "everything" spelt out. */
export function aboutData(names: OneOrMore<string>, declared: Record<string, unknown>): About {
  const given = list(names);
  const all = given.includes(everything);
  return { data: all ? Object.keys(declared) : given, everything: all };
}

type Tagged = { keeps?: string[] | undefined };

/** Declarations, which are named by their key: the rule's id is "section.key". */
export function declared<F extends Tagged, T>(
  from: Readonly<Record<string, F>> | undefined,
  section: string,
  placeOf: PlaceOf,
  make: (value: F, rule: Rule, name: string) => T,
): Record<string, T> {
  return table(
    Object.entries(from ?? {}).map(([name, value]) => {
      const rule = { id: `${section}.${name}`, at: placeOf([section, name]), keeps: value.keeps ?? [] };
      return [name, make(value, rule, name)];
    }),
  );
}

/**
 * Rules in a list: the id is "section." and the writer's own name, or else what the rule is about.
 * Made-up names that are equal get a number; the writer's own are left equal, for the check to find.
 */
export function listed<F extends Tagged & { id?: string | undefined }, T>(
  from: readonly F[] | undefined,
  section: string,
  placeOf: PlaceOf,
  about: (value: F) => string,
  make: (value: F, rule: Rule) => T,
): T[] {
  const seen = new Map<string, number>();
  return (from ?? []).map((value, i) => {
    const base = `${section}.${value.id ?? about(value)}`;
    const count = (seen.get(base) ?? 0) + 1;
    seen.set(base, count);
    const id = count === 1 || value.id !== undefined ? base : `${base}.${count}`;
    return make(value, { id, at: placeOf([section, i]), keeps: value.keeps ?? [] });
  });
}
