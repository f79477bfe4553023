import { expect, test } from "vitest";
import { createKeyCache } from "./key-cache.ts";

const key = Buffer.alloc(32, 1);

test("a key that was read is remembered, and forgotten when it is destroyed", () => {
  const cache = createKeyCache();
  cache.reading()("anna", key);
  expect(cache.get("anna")).toBe(key);
  cache.forget("anna");
  expect(cache.get("anna")).toBeUndefined();
});

test("a key that was destroyed while it was being read does not come back into memory", () => {
  const cache = createKeyCache();
  const remember = cache.reading();
  cache.forget("anna");
  remember("anna", key);
  expect(cache.get("anna")).toBeUndefined();
  cache.reading()("anna", key);
  expect(cache.get("anna")).toBe(key);
});
