// Ends copies as the policy says: a base copy when its time is over, and the log that only it needed (K2).
import { listBases, removeBase, type Manifest } from "./base-copy.ts";
import type { Store } from "./store.ts";

const dayInMs = 86_400_000;

/** A segment's place in the log, whatever its timeline. */
const placeInLog = (name: string): string => name.slice(8, 24);

/** What a kill left in the middle of being written, or without its manifest. */
const tidy = async (store: Store, bases: readonly Manifest[]): Promise<void> => {
  await store.tidy();
  for (const name of await store.list("base"))
    if (!name.endsWith(".manifest") && !bases.some(({ id }) => id === name)) await store.remove("base", name);
};

/**
 * Removes what is older than `days`, but for the newest copy: that one stays until there is a newer one.
 * Nobody else may be writing to the store.
 * @returns the copies that are kept, oldest first
 */
export const prune = async (store: Store, now: Date, days: number | null): Promise<Manifest[]> => {
  const bases = await listBases(store);
  await tidy(store, bases);
  if (days === null) return bases;
  const newest = bases.at(-1);
  const isOver = ({ at }: Manifest): boolean => now.getTime() - new Date(at).getTime() > days * dayInMs;
  const kept = bases.filter((base) => base === newest || !isOver(base));
  for (const base of bases) if (!kept.includes(base)) await removeBase(store, base.id);
  const first = kept.map(({ needs }) => placeInLog(needs)).sort()[0];
  if (first !== undefined)
    for (const name of await store.list("log"))
      if (name.length >= 24 && placeInLog(name) < first) await store.remove("log", name);
  return kept;
};
