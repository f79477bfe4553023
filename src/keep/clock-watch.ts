// Tells a clock that jumped from one that went on, across restarts too: by a clock that is ahead nothing is ended (K6).
import { readFileSync } from "node:fs";
import { uptime } from "node:os";
import type { Clock } from "./clock.ts";
import { damagedInVault, objectIn } from "./damaged-row.ts";
import type { Vault } from "./vault/vault.ts";

/** How long this machine has been on, in seconds, whatever its clock was set to; `boot` tells one time on from another. */
export type Steady = () => { boot: string; seconds: number };

/** A moment that was believed: milliseconds since 1970, and the steady count then. */
type Seen = { clock: number; boot: string; seconds: number };

export type ClockTrouble = { which: "ahead" | "behind"; now: Date; believed: Date };

export type ClockWatch = {
  /** Looks at the clock; null when it is where it should be. `ahead`: nothing may be ended by it. */
  trouble(): ClockTrouble | null;
  isAhead(): boolean;
  /** Keeps what is believed for the next start, and takes over what somebody said meanwhile ({@link believeClock}). */
  save(): Promise<void>;
};

/** A clock that gains a day on the steady count is wrong, and would end what is not due. */
const implausible = 86_400_000;
/** Nothing counts while the machine is off: a service that was off for longer may have been, or its clock is wrong. */
const longestOff = 14 * 86_400_000;

const bootId = (): string => {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    // Without one, each start counts as another time on.
    return `${process.pid}-${performance.timeOrigin}`;
  }
};

const bootNow = bootId();

export const steadyCount: Steady = () => ({ boot: bootNow, seconds: uptime() });

const name = "clock";

/** Null for what can't have been written by us. */
const readSeen = (text: string): Seen | null => {
  const { clock, boot, seconds } = objectIn(text) ?? {};
  const isRight = Number.isFinite(clock) && typeof boot === "string" && Number.isFinite(seconds);
  return isRight ? { clock: Number(clock), boot, seconds: Number(seconds) } : null;
};

const damaged = () =>
  damagedInVault(
    name,
    "If the clock of this machine is right, run: upheld clock --right. Or put the newest vault back: upheld restore --vault.",
  );

const seenNow = (clock: Clock, steady: Steady): Seen => ({ clock: clock().getTime(), ...steady() });

/** How far, in milliseconds, the clock has gained on what it was believed to be; and what it may. */
const gain = (believed: Seen, now: Seen): { gained: number; most: number } => {
  const gained = now.clock - believed.clock;
  const counted = now.boot === believed.boot && now.seconds >= believed.seconds;
  return counted
    ? { gained: gained - (now.seconds - believed.seconds) * 1000, most: implausible }
    : { gained, most: longestOff };
};

/** The clock is right as it is now, because somebody says so. */
export const believeClock = (
  vault: Pick<Vault, "remember">,
  clock: Clock,
  steady: Steady = steadyCount,
): Promise<void> => vault.remember(name, JSON.stringify(seenNow(clock, steady)));

type Needs = {
  vault: Pick<Vault, "recall" | "remember">;
  clock: Clock;
  /** Where the clock is moved on purpose, it is never wrong. */
  movable: boolean;
  steady?: Steady;
};

/**
 * What is believed lies in the vault, which no restore of the data takes back.
 * @throws StartError when that was damaged: by nothing else is a clock that is ahead found out
 */
export const watchClock = async ({
  vault,
  clock,
  movable,
  steady = steadyCount,
}: Needs): Promise<ClockWatch> => {
  let stored = await vault.recall(name);
  const found = stored === null ? seenNow(clock, steady) : readSeen(stored);
  if (!found) throw damaged();
  let believed = found;
  const trouble = (): ClockTrouble | null => {
    if (movable) return null;
    const now = seenNow(clock, steady);
    const { gained, most } = gain(believed, now);
    const both = { now: new Date(now.clock), believed: new Date(believed.clock) };
    if (gained > most) return { which: "ahead", ...both };
    if (gained < -implausible) return { which: "behind", ...both };
    believed = now;
    return null;
  };
  return {
    trouble,
    isAhead: () => trouble()?.which === "ahead",
    async save() {
      if (movable) return;
      const said = await vault.recall(name);
      // What is damaged while we run is written anew.
      if (said !== null && said !== stored) believed = readSeen(said) ?? believed;
      stored = trouble() === null ? JSON.stringify(believed) : said;
      if (stored !== null && stored !== said) await vault.remember(name, stored);
    },
  };
};

/** In plain words, for whoever looks after the service; empty when all is well. */
export const clockWarnings = (trouble: ClockTrouble | null): string[] => {
  if (!trouble) return [];
  const { which, now, believed } = trouble;
  const jumped = `The clock of this machine says ${now.toISOString()}, and was last believed at ${believed.toISOString()}.`;
  return which === "ahead"
    ? [
        `${jumped} Nothing is ended by it, and no copy removed. Set it right; or, if it is right, run: npx upheld clock --right`,
      ]
    : [`${jumped} It was set back: nothing ends before its day, but all ends later. Set it right.`];
};
