import { generateKeyPairSync, sign } from "node:crypto";
import { expect, test } from "vitest";
import { chained } from "./ledger.ts";
import { verifyLedger, type LedgerRow } from "./verify-ledger.ts";

const keys = generateKeyPairSync("ed25519");
const publicKey = keys.publicKey.export({ format: "pem", type: "spki" }).toString();

const chain = (length: number): LedgerRow[] => {
  const rows: LedgerRow[] = [];
  for (let seq = 1; seq <= length; seq += 1) {
    const entry = JSON.stringify({ seq, kind: "collected" });
    const hash = chained(rows.at(-1)?.hash ?? Buffer.alloc(0), entry);
    rows.push({ seq, entry, hash, signature: sign(null, hash, keys.privateKey) });
  }
  return rows;
};

const faultsIn = async (rows: readonly LedgerRow[], head?: LedgerRow) =>
  (await verifyLedger(rows, publicKey, head)).faults.map(({ seq }) => seq);

const row = (rows: readonly LedgerRow[], at: number): LedgerRow => {
  const found = rows[at];
  if (!found) throw new Error("no such row");
  return found;
};

test("finds nothing in an unbroken chain", async () => {
  const rows = chain(5);
  expect(await verifyLedger(rows, publicKey, row(rows, 4))).toEqual({ entries: 5, faults: [] });
});

test("names an entry whose text was changed", async () => {
  const rows = chain(5);
  rows[2] = { ...row(rows, 2), entry: '{"seq":3,"kind":"erased"}' };
  expect(await faultsIn(rows)).toEqual([3]);
});

test("names an entry that was changed and hashed again, since nobody else can sign it", async () => {
  const rows = chain(5);
  const entry = '{"seq":3,"kind":"erased"}';
  rows[2] = { ...row(rows, 2), entry, hash: chained(row(rows, 1).hash, entry) };
  expect(await faultsIn(rows)).toEqual(expect.arrayContaining([3, 4]));
});

test("names a removed entry, in the middle and at the end", async () => {
  const rows = chain(5);
  expect(await faultsIn(rows.toSpliced(2, 1))).toEqual([3]);
  expect(await faultsIn(rows.slice(0, 4), row(rows, 4))).toEqual([5]);
});

test("names an inserted and a reordered entry", async () => {
  const rows = chain(5);
  const inserted = rows.toSpliced(2, 0, row(rows, 2));
  expect((await faultsIn(inserted)).length).toBeGreaterThan(0);
  const [first, second, third, ...rest] = rows;
  if (!first || !second || !third) throw new Error("too short");
  const swapped = [first, { ...third, seq: 2 }, { ...second, seq: 3 }, ...rest];
  expect(await faultsIn(swapped)).toEqual(expect.arrayContaining([2, 3]));
});
