// Verifies the ledger with the public key alone: names each entry that was changed, removed, inserted or reordered (K5).
import { createPublicKey, verify } from "node:crypto";
import { chained } from "./ledger.ts";

export type LedgerRow = { seq: number; entry: string; hash: Buffer; signature: Buffer };

export type Verdict = { entries: number; faults: { seq: number; fault: string }[] };

/**
 * Walks entries in the order of their numbers.
 * @param rows every entry, ascending by `seq`
 * @param publicKey PEM
 * @param head where the chain should end, when that is known
 */
export const verifyLedger = async (
  rows: AsyncIterable<LedgerRow> | Iterable<LedgerRow>,
  publicKey: string,
  head?: { seq: number; hash: Buffer },
): Promise<Verdict> => {
  const key = createPublicKey(publicKey);
  const faults: Verdict["faults"] = [];
  let previous: Buffer = Buffer.alloc(0);
  let entries = 0;
  let expected = 1;
  for await (const { seq, entry, hash, signature } of rows) {
    entries += 1;
    if (seq !== expected) faults.push({ seq: expected, fault: `missing, the next entry is ${seq}` });
    if (seq === expected && !chained(previous, entry).equals(hash))
      faults.push({ seq, fault: "its text or the entry before it was changed" });
    if (!verify(null, hash, key, signature)) faults.push({ seq, fault: "not signed by this service" });
    if (numberIn(entry) !== seq) faults.push({ seq, fault: "stands in another entry's place" });
    previous = hash;
    expected = seq + 1;
  }
  if (head && (head.seq !== expected - 1 || !head.hash.equals(previous)))
    faults.push({ seq: head.seq, fault: "the chain does not end where it should: entries were cut off" });
  return { entries, faults };
};

const numberIn = (entry: string): unknown => {
  try {
    return (JSON.parse(entry) as { seq?: unknown }).seq;
  } catch {
    return null;
  }
};
