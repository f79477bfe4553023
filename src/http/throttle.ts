// Slows down guessing: so many tries in a window for one key, counted in the database, so that no restart lets anybody start anew (K3).
import { createHmac } from "node:crypto";
import type { Clock } from "../keep/clock.ts";
import type { Within } from "../keep/database.ts";
import { countTry, takeBack } from "../keep/tries.ts";
import { service } from "../policy/rows.ts";

export type Throttle = {
  /** Counts a try; false when there were too many. */
  allow(key: string): Promise<boolean>;
  /** Takes back one try that turned out to be none, after a success: earlier wrong ones still count. */
  refund(key: string): Promise<void>;
};

type Needs = {
  /** Transactions of the door role. */
  within: Within;
  clock: Clock;
  /** 32 bytes from the vault: what is counted can't be found from the hash. */
  key: Buffer;
};

const stated = { actor: service, purpose: "keep-site-running" };

/**
 * @param name tells one throttle from the others
 * @param most tries in one window
 * @param window milliseconds from the first try
 */
export const createThrottle = (
  { within, clock, key: secret }: Needs,
  name: string,
  most: number,
  window: number,
): Throttle => {
  const hash = (key: string) => createHmac("sha256", secret).update(`${name}:${key}`).digest();
  return {
    async allow(key) {
      const now = clock();
      const endsAt = new Date(now.getTime() + window);
      const [row] = await within.one(stated, (data) => countTry(data, hash(key), now, endsAt));
      return (row?.count ?? 0) <= most;
    },
    async refund(key) {
      await within.one(stated, (data) => takeBack(data, hash(key)));
    },
  };
};

/**
 * The network that an address is counted by: one customer's share of IPv6 has more addresses than anybody
 * could try from, so its first 64 bits stand for all of them.
 */
export const networkOf = (address: string): string => {
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.toLowerCase().split("::");
  const left = head.split(":").filter(Boolean);
  const right = (tail ?? "").split(":").filter(Boolean);
  const gap = tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0");
  return [...left, ...gap, ...right]
    .slice(0, 4)
    .map((part) => part.replace(/^0+(?=.)/, ""))
    .join(":");
};
