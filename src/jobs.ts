// Due work on our own clock: data that has ended, sessions that everybody left; it halts when the clock jumps ahead (K6, T1).
import type { Clock } from "./keep/clock.ts";
import type { Log } from "./http/log.ts";

type Beside = (stopping: () => boolean) => Promise<void>;

type Needs = {
  clock: Clock;
  /** False where the clock may be moved on purpose. */
  haltOnJump: boolean;
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
/** A clock that gains a day on the machine's own steady count is wrong, and would end what is not due. */
const implausible = 86_400_000;

const due = (clock: Clock, every: number) => {
  let last = -Infinity;
  return (): boolean => {
    const now = clock().getTime();
    if (now - last < every && now >= last) return false;
    last = now;
    return true;
  };
};

const oneAtATime = (work: () => Promise<void>) => {
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
  haltOnJump,
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
  let steady = performance.now();
  let seen = clock().getTime();
  let halted = false;
  const jumped = (): boolean => {
    const gained = clock().getTime() - seen - (performance.now() - steady);
    seen = clock().getTime();
    steady = performance.now();
    return gained > implausible;
  };
  const look = async (): Promise<void> => {
    if (!halted && sweepDue()) await sweep().catch(onFault);
    if (idleDue()) await endIdle().catch(onFault);
    if (beatDue()) await beat().catch(onFault);
  };
  /** Before anything is started: nothing may be ended by the clock that has just jumped. */
  const watch = (): void => {
    if (!jumped() || !haltOnJump || halted) return;
    halted = true;
    log({ event: "clock", code: "jumped ahead by more than a day: nothing is ended until the next start" });
  };
  let running = Promise.resolve();
  let stopped = false;
  const aside = beside.map((work) => oneAtATime(() => work(() => stopped).catch(onFault)));
  const ends = ending.map((work) => oneAtATime(() => work(() => stopped || halted).catch(onFault)));
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
