/** What a browser has to load: the engine without the reader is small, and who takes a part of it gets that part alone. */
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { bundledSize } from "../../bench/parts/bundled-size.ts";

const fileOf = (name: string): string => JSON.stringify(fileURLToPath(new URL(name, import.meta.url)));

it("takes less than 15 KB whole, without the reader", async () => {
  const { gzipped, modules } = await bundledSize(`export * from ${fileOf("core.ts")};`);
  expect(gzipped).toBeLessThan(15_000);
  expect(modules.filter((id) => id.includes("node_modules"))).toEqual([]);
});

it("leaves the reader out for whoever only decides", async () => {
  const { gzipped, modules } = await bundledSize(`export { compile, decide } from ${fileOf("index.ts")};`);
  expect(gzipped).toBeLessThan(5_000);
  expect(modules.filter((id) => /node_modules|schema|statement|messages/.test(id))).toEqual([]);
});
