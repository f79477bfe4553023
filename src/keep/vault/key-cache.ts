// Unwrapped keys in memory, few and for a short time; one that is destroyed is gone from here too, even while it is being read (K3, R4).
import { LRUCache } from "lru-cache";

const cachedKeys = 20_000;
const cachedFor = 5 * 60 * 1000;

/** Remembers a key that was read, unless one was destroyed since the reading began. */
export type Remember = (subject: string, key: Buffer) => void;

export type KeyCache = {
  get(subject: string): Buffer | undefined;
  /** A key that was made just now. */
  add: Remember;
  /** To be called before a key is looked up: what the look-up finds may be destroyed before it comes back. */
  reading(): Remember;
  forget(subject: string): void;
};

export const createKeyCache = (): KeyCache => {
  const cache = new LRUCache<string, Buffer>({ max: cachedKeys, ttl: cachedFor });
  let destroyed = 0;
  const add: Remember = (subject, key) => void cache.set(subject, key);
  return {
    get: (subject) => cache.get(subject),
    add,
    reading() {
      const since = destroyed;
      return (subject, key) => (since === destroyed ? add(subject, key) : undefined);
    },
    forget(subject) {
      destroyed += 1;
      cache.delete(subject);
    },
  };
};
