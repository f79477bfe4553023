// Looks whether a restored database is whole: every page is read, the ledger verified, and values opened (K1, K5).
import type { Client } from "pg";
import { compareRegister } from "../compare-register.ts";
import { ledgerHead, ledgerRows, type Query } from "../read-ledger.ts";
import type { Table } from "../register.ts";
import { boundTo, SealError, unseal } from "../seal.ts";
import { everyTable } from "../tables.ts";
import { verifyLedger } from "../verify-ledger.ts";

export type Checked = {
  rows: number;
  /** Sealed values that were tried, and how many of them are of people whose keys are gone. */
  opened: number;
  erased: number;
  entries: number;
  /** In plain words; empty when all is well. */
  faults: string[];
};

type Needs = {
  client: Client;
  keyOf: (subject: string) => Promise<Buffer | null>;
  /** PEM, of the ledger. */
  publicKey: string;
};

/** Of each table, so many rows have their values opened. */
const tried = 200;

/** Reads every page: PostgreSQL compares each with its checksum. */
const readAll = async (client: Client, { name }: Table): Promise<number> => {
  await client.query("set local enable_indexonlyscan = off; set local enable_indexscan = off");
  const { rows } = await client.query<{ count: number }>(`select count(*) as count from ${name}`);
  return rows[0]?.count ?? 0;
};

const openSome = async (
  { client, keyOf }: Needs,
  table: Table,
): Promise<Pick<Checked, "opened" | "erased">> => {
  const sealed = Object.entries(table.columns).flatMap(([name, column]) => (column.sealed ? [name] : []));
  const counted = { opened: 0, erased: 0 };
  if (sealed.length === 0) return counted;
  const { rows } = await client.query<Record<string, unknown>>(
    `select * from ${table.name} order by ${table.key.join(", ")} limit ${tried}`,
  );
  for (const row of rows) {
    const key = await keyOf(String(row[table.owner ?? ""]));
    if (!key) counted.erased += 1;
    else
      for (const column of sealed) {
        const value = row[column];
        if (!(value instanceof Uint8Array)) continue;
        unseal(key, boundTo(table, column, row), Buffer.from(value));
        counted.opened += 1;
      }
  }
  return counted;
};

const faultOf = (table: Table, fault: unknown): string => {
  if (fault instanceof SealError) return `${table.name}: ${fault.message}`;
  // The message of a damaged page names file and block alone.
  const { code, message } = fault as { code?: string; message?: string };
  return code === "XX001"
    ? `${table.name}: ${message}`
    : `${table.name} can't be read (${code ?? "unknown"})`;
};

/** @param needs the client is a superuser's, in no transaction */
export const checkRestored = async (needs: Needs): Promise<Checked> => {
  const { client, publicKey } = needs;
  const query: Query = (text, values) => client.query(text, values);
  const faults = await compareRegister(query, everyTable);
  const checked: Checked = { rows: 0, opened: 0, erased: 0, entries: 0, faults };
  for (const table of everyTable) {
    await client.query("begin");
    try {
      checked.rows += await readAll(client, table);
      const { opened, erased } = await openSome(needs, table);
      checked.opened += opened;
      checked.erased += erased;
    } catch (fault) {
      faults.push(faultOf(table, fault));
    } finally {
      await client.query("rollback");
    }
  }
  const verdict = await verifyLedger(ledgerRows(query), publicKey, await ledgerHead(query));
  faults.push(...verdict.faults.map(({ seq, fault }) => `entry ${seq} of the ledger: ${fault}`));
  return { ...checked, entries: verdict.entries };
};
