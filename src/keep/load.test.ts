import { expect, test } from "vitest";
import { createLoad } from "./load.ts";

const begun = () => {
  let now = 0;
  const load = createLoad(() => now);
  return {
    isBusy: () => load.isBusy(),
    serve: (times: number): void => {
      for (let at = 0; at < times; at += 1) load.note();
    },
    pass: (milliseconds: number): void => void (now += milliseconds),
  };
};

test("nobody, and a few now and then, are no load", () => {
  const { isBusy, serve, pass } = begun();
  expect(isBusy()).toBe(false);
  for (let second = 0; second < 10; second += 1) {
    serve(5);
    expect(isBusy()).toBe(false);
    pass(1000);
  }
});

test("many are a load at once, for the whole second after theirs, and no longer", () => {
  const { isBusy, serve, pass } = begun();
  serve(6);
  expect(isBusy()).toBe(true);
  pass(1000);
  expect(isBusy()).toBe(true);
  pass(1000);
  expect(isBusy()).toBe(false);
});

test("many of long ago are no load", () => {
  const { isBusy, serve, pass } = begun();
  serve(100);
  pass(60_000);
  expect(isBusy()).toBe(false);
});
