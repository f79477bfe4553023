// How much is asked of the data at the moment: what nobody waits for does little while people wait for something (K1, K4, R4).
import { setTimeout as sleep } from "node:timers/promises";

/** Whether people are being served at this moment. */
export type IsBusy = () => boolean;

export type Load = {
  /** Somebody is being served. */
  note: () => void;
  isBusy: IsBusy;
};

/** Transactions in a second above which people may notice what goes on beside them. */
const many = 5;
const second = 1000;

/** @param now milliseconds that only go forward */
export const createLoad = (now: () => number = () => performance.now()): Load => {
  let [since, count, before] = [now(), 0, 0];
  const turn = (): void => {
    const passed = now() - since;
    if (passed < second) return;
    before = passed < 2 * second ? count : 0;
    [since, count] = [now(), 0];
  };
  return {
    note() {
      turn();
      count += 1;
    },
    isBusy() {
      turn();
      return Math.max(before, count) > many;
    },
  };
};

/** Of what is done beside people who are being served: one part work, so many parts rest. */
const restingParts = 19;

/**
 * Rests after a piece of work that nobody waits for, while people are served.
 * @param began by `performance.now()`
 * @param least milliseconds of rest, however quick the piece was
 */
export const peopleFirst = async (isBusy: IsBusy, began: number, least = 0): Promise<void> => {
  if (isBusy()) await sleep(Math.max(least, (performance.now() - began) * restingParts));
};

/** Bytes of which nobody notices that they are written: behind eight times as many, PostgreSQL's own writes wait ten times as long. */
export const fewBytes = 256 << 10;

/** What goes by few bytes at a time is noticed less than what a database is made to write. */
const restingPartsOfBytes = 9;

/** Milliseconds: on a disk that is quick, too, few of people's own writes meet with one of these. */
const leastRest = 30;

/** Hands bytes on few at a time, and rests between them while people are served: eight megabytes a second at most. */
export async function* gently(source: AsyncIterable<Uint8Array>, isBusy: IsBusy): AsyncGenerator<Uint8Array> {
  let began = performance.now();
  for await (const bytes of source)
    for (let at = 0; at < bytes.length; at += fewBytes) {
      yield bytes.subarray(at, at + fewBytes);
      if (isBusy()) await sleep(Math.max(leastRest, (performance.now() - began) * restingPartsOfBytes));
      began = performance.now();
    }
}
