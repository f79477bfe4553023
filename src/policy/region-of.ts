/** Whose rules hold for a person from a country: the region that names it (K7). */
import type { Policy } from "./policy.ts";

/** Null where it is none, or more than one: no order decides between them. */
const only = (found: readonly string[]): string | null => (found.length === 1 ? (found[0] ?? null) : null);

/**
 * The one region that names the country; else the one that names no country at all, which is "anywhere else".
 * @param country ISO 3166-1 alpha-2, or null where nobody knows: then it is the policy's region for that
 */
export function regionOf({ regions, regionIfUnknown }: Policy, country: string | null): string {
  if (country === null) return regionIfUnknown;
  const all = Object.entries(regions);
  const naming = all.filter(([, { countries }]) => countries.includes(country)).map(([id]) => id);
  const rest = all.filter(([, { countries }]) => countries.length === 0).map(([id]) => id);
  return only(naming.length > 0 ? naming : rest) ?? regionIfUnknown;
}
