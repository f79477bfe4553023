// Slows down guessing: so many tries in a window for one key, kept in memory alone (K3).
import { LRUCache } from "lru-cache";

export type Throttle = {
  /** Counts a try; false when there were too many. */
  allow(key: string): boolean;
  /** Takes back one try that turned out to be none, after a success: earlier wrong ones still count. */
  refund(key: string): void;
};

const mostKeys = 50_000;

/**
 * @param most tries in one window
 * @param window milliseconds from the first try
 */
export const createThrottle = (most: number, window: number, now: () => number): Throttle => {
  const tries = new LRUCache<string, { since: number; count: number }>({ max: mostKeys });
  return {
    allow(key) {
      const seen = tries.get(key);
      const current = seen && now() - seen.since < window ? seen : { since: now(), count: 0 };
      current.count += 1;
      tries.set(key, current);
      return current.count <= most;
    },
    refund(key) {
      const seen = tries.get(key);
      if (seen) seen.count -= 1;
    },
  };
};
