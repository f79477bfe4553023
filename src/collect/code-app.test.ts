import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { codeAppUrl, newSecret, stepOf } from "./code-app.ts";

/** RFC 6238, appendix B: the secret, and codes of eight digits of which ours are the last six. */
const secret = "12345678901234567890";
const vectors = [
  [59, "287082"],
  [1111111109, "081804"],
  [1111111111, "050471"],
  [1234567890, "005924"],
  [2000000000, "279037"],
  [20000000000, "353130"],
] as const;

test.each(vectors)("knows the RFC's code at second %i", async (seconds, code) => {
  expect(await stepOf(secret, code, new Date(seconds * 1000))).toBe(Math.floor(seconds / 30));
});

test("a code holds one step before and one after, for clocks that are not quite right, and no longer", async () => {
  const at = (step: number) => stepOf(secret, "081804", new Date((37037036 + step) * 30_000));
  expect(await Promise.all([-2, -1, 0, 1, 2].map(at))).toEqual([null, 37037036, 37037036, 37037036, null]);
});

test("an app reads the secret in base32, as the RFCs have it, and computes the same codes", async () => {
  const own = newSecret();
  expect(newSecret()).not.toBe(own);
  const url = new URL(codeAppUrl(own, "Selmo", "Änn & Bob"));
  const letters = url.searchParams.get("secret") ?? "";
  const bits = [...letters].map((letter) =>
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"),
  );
  const key = Buffer.from((bits.join("").match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(41_152_263n);
  const hash = createHmac("sha1", key).update(counter).digest();
  const code = (hash.readUInt32BE((hash[19] ?? 0) & 15) & 0x7fffffff) % 1_000_000;
  expect(await stepOf(own, String(code).padStart(6, "0"), new Date(1_234_567_890_000))).toBe(41_152_263);
  expect(decodeURIComponent(url.pathname)).toContain("Selmo:Änn & Bob");
});
