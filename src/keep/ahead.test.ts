// What is under way at a time, and in which order it comes.
import { expect, test } from "vitest";
import { inTurn, type Coming } from "./ahead.ts";

/** Some pieces of work that end when they are told to, in whatever order. */
const works = (count: number) => {
  const ends: ((fault?: Error) => void)[] = [];
  const state = { begun: 0, closed: false };
  async function* source(): AsyncGenerator<Coming<number>> {
    try {
      for (let number = 0; number < count; number += 1) {
        state.begun += 1;
        const coming = new Promise<number>((resolve, reject) => {
          ends[number] = (fault) => (fault ? reject(fault) : resolve(number));
        });
        yield { coming };
      }
    } finally {
      state.closed = true;
    }
  }
  return { source: source(), ends, state };
};

test("what ends out of turn comes in its turn, and only so much is under way", async () => {
  const { source, ends, state } = works(5);
  const all = inTurn(source, 3);
  const first = all.next();
  await new Promise((resolve) => setImmediate(resolve));
  expect(state.begun).toBe(3);
  ends[2]?.();
  ends[1]?.();
  ends[0]?.();
  expect((await first).value).toBe(0);
  expect(state.begun).toBe(3);
  expect((await all.next()).value).toBe(1);
  expect(state.begun).toBe(4);
  expect((await all.next()).value).toBe(2);
  expect(state.begun).toBe(5);
  ends[4]?.();
  ends[3]?.();
  expect([(await all.next()).value, (await all.next()).value, (await all.next()).done]).toEqual([3, 4, true]);
});

test("a fault comes in its turn, and ends the source", async () => {
  const { source, ends, state } = works(5);
  const all = inTurn(source, 3);
  const first = all.next();
  await new Promise((resolve) => setImmediate(resolve));
  ends[1]?.(new Error("broken"));
  ends[0]?.();
  expect((await first).value).toBe(0);
  await expect(all.next()).rejects.toThrow("broken");
  expect(state.closed).toBe(true);
});

test("whoever leaves ends the source, and is told of no fault behind it", async () => {
  const { source, ends, state } = works(5);
  const all = inTurn(source, 2);
  const first = all.next();
  await new Promise((resolve) => setImmediate(resolve));
  ends[0]?.();
  expect((await first).value).toBe(0);
  await all.return(undefined);
  ends[1]?.(new Error("broken"));
  expect([state.begun, state.closed]).toEqual([2, true]);
});
