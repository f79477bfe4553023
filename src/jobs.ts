// Due work on our own clock: data that has ended, sessions that everybody left; it halts when the clock jumps ahead (K6, T1).
import type { Clock } from "./keep/clock.ts";
import { tellOnce } from "./keep/tell-once.ts";
import type { Log } from "./http/log.ts";

type Beside = (stopping: () => boolean) => Promise<void>;

type Needs = {
  clock: Clock;
  /** Whether the clock is ahead of what can be believed: then nothing is ended. */
  isAhead: () => boolean;
  sweep: () => Promise<void>;
  endIdle: () => Promise<void>;
  /** Lets data and vault remember how far the other is. */
  beat: () => Promise<void>;
  /** Work that waits for others, and so runs beside the rest, each once at a time; `stopping` asks it to come to an end. */
  beside: readonly Beside[];
  /** The same for work that ends data: it halts with the sweep. */
  ending: readonly Beside[];
  log: Log;
  onFault: (fault: unknown) => void;
};

const lookEvery = 2000;
const sweepEvery = 10 * 60_000;
const endIdleEvery = 20_000;
const beatEvery = 60_000;

const jumped = "jumped ahead: nothing is ended until it is right, or until: upheld clock --right";

const due = (clock: Clock, every: number) => {
  let last = -Infinity;
  return (): boolean => {
    const now = clock().getTime();
    if (now - last < every && now >= last) return false;
    last = now;
    return true;
  };
};

const neverTwice = (work: () => Promise<void>) => {
  let now: Promise<void> | null = null;
  const start = (): Promise<void> =>
    (now ??= work().finally(() => {
      now = null;
    }));
  return Object.assign(start, { ended: () => now ?? Promise.resolve() });
};

/** One step after the other; one that fails is told of, and keeps none of the others from being done. */
export const inTurn =
  (steps: readonly (() => Promise<unknown>)[], onFault: (fault: unknown) => void) =>
  async (): Promise<void> => {
    for (const step of steps) await step().catch(onFault);
  };

/** Starts looking for due work; gives what stops it. */
export const startJobs = ({
  clock,
  isAhead,
  sweep,
  endIdle,
  beat,
  beside,
  ending,
  log,
  onFault,
}: Needs): (() => Promise<void>) => {
  const sweepDue = due(clock, sweepEvery);
  const idleDue = due(clock, endIdleEvery);
  const beatDue = due(clock, beatEvery);
  let halted = false;
  const look = async (): Promise<void> => {
    if (!halted && sweepDue()) await sweep().catch(onFault);
    if (idleDue()) await endIdle().catch(onFault);
    if (beatDue()) await beat().catch(onFault);
  };
  /** Before anything is started: nothing may be ended by the clock that has just jumped. */
  const watch = (): void => {
    if (isAhead() === halted) return;
    halted = !halted;
    log({ event: "clock", code: halted ? jumped : "believed again: what is due is ended" });
  };
  let running = Promise.resolve();
  let stopped = false;
  const once = (work: Beside, stopping: () => boolean) => {
    const telling = tellOnce(onFault);
    return neverTwice(() => work(stopping).catch(telling));
  };
  const aside = beside.map((work) => once(work, () => stopped));
  const ends = ending.map((work) => once(work, () => stopped || halted));
  const timer = setInterval(() => {
    watch();
    running = running.then(look);
    for (const start of halted ? aside : [...aside, ...ends]) void start();
  }, lookEvery);
  return async () => {
    clearInterval(timer);
    stopped = true;
    await Promise.all([running, ...[...aside, ...ends].map((start) => start.ended())]);
  };
};
