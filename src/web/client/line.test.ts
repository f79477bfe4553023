import { expect, it } from "vitest";
import { waitBefore } from "./line.ts";

it("comes back soon at first, ever more patiently, and never later than a quarter of a minute", () => {
  const waits = [0, 1, 2, 3, 4, 5, 6, 60].map((tries) => waitBefore(tries, 1));
  expect(waits[0]).toBe(400);
  expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  expect(waits.at(-1)).toBe(15_000);
});

it("spreads a crowd over half of each wait, so that a restarted server is not run over", () => {
  expect(waitBefore(3, 0)).toBe(waitBefore(3, 1) / 2);
});
