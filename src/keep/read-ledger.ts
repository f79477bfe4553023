// Reads the ledger for verification, page by page (K5).
import type { LedgerRow } from "./verify-ledger.ts";

/** Runs SQL on whatever connection its caller has. */
export type Query = (text: string, values: unknown[]) => Promise<{ readonly rows: readonly unknown[] }>;

const page = 2000;

/** Every entry in the order of its number. */
export async function* ledgerRows(query: Query): AsyncGenerator<LedgerRow> {
  for (let after = 0; ;) {
    const { rows } = await query(
      "select seq, entry, hash, signature from ledger where seq > $1 order by seq limit $2",
      [after, page],
    );
    const entries = rows as LedgerRow[];
    yield* entries;
    if (entries.length < page) return;
    after = entries.at(-1)?.seq ?? after;
  }
}

/** Where the chain should end. */
export const ledgerHead = async (query: Query): Promise<{ seq: number; hash: Buffer }> => {
  const { rows } = await query("select seq, hash from ledger_head", []);
  return rows[0] as { seq: number; hash: Buffer };
};
