import fc from "fast-check";
import { expect, test } from "vitest";
import { isoWriter } from "./row-json.ts";

test("instants are written as the language itself writes them, whichever came before", () => {
  const near = fc.integer({ min: -200_000_000, max: 200_000_000 }).map((ms) => new Date(ms));
  const any = fc.oneof(near, fc.date({ noInvalidDate: true }));
  fc.assert(
    fc.property(fc.array(any), (all) => {
      expect(all.map(isoWriter())).toEqual(all.map((at) => at.toISOString()));
    }),
  );
});
