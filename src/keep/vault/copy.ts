// The one copy of the vault, in a second place: whole, sealed under the root key, and replaced only by a newer one that was read back (K1, K4).
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { openStream, sealStream } from "../backup/sealed-file.ts";
import { migrate } from "../migrate.ts";
import { withClient, type Place } from "../place.ts";
import type { RootKey } from "../root-key.ts";
import { StartError } from "../start-error.ts";
import type { Halves } from "./halves.ts";

const fileName = "vault.sealed";
const keyName = "vault-copy";
const page = 5_000;

/** Tables and their keys, in an order in which they can be put back. */
const tables = [
  { name: "epoch", key: "id" },
  { name: "subject_key", key: "subject" },
  { name: "address", key: "(kind, hash, subject)" },
  { name: "secret", key: "name" },
  { name: "journal", key: "seq" },
  { name: "installation", key: "name" },
] as const;

const isOther = (table: string, row: { name?: string }): boolean =>
  table !== "installation" || !row.name?.startsWith("migration:");

/** Rows as PostgreSQL writes them in JSON, which it reads again as they were. */
async function* linesOf(client: pg.Client, halves: Halves): AsyncGenerator<Buffer> {
  yield Buffer.from(`${JSON.stringify({ halves: await halves.all() })}\n`);
  for (const { name, key } of tables) {
    await client.query(
      `declare rows no scroll cursor for select to_jsonb(t) as row from ${name} t order by ${key.replace(/[()]/g, "")}`,
    );
    for (;;) {
      const { rows } = await client.query<{ row: { name?: string } }>(`fetch ${page} from rows`);
      const lines = rows.flatMap(({ row }) =>
        isOther(name, row) ? [JSON.stringify({ table: name, row })] : [],
      );
      if (lines.length > 0) yield Buffer.from(`${lines.join("\n")}\n`);
      if (rows.length < page) break;
    }
    await client.query("close rows");
  }
}

const unusable = (folder: string, fault: unknown): StartError =>
  new StartError(
    "vault-copy",
    `The vault can't be copied to ${folder} (${(fault as NodeJS.ErrnoException).code ?? "unknown"}). ` +
      "Make room there or bring it back; until then there is no newer copy of it.",
  );

const drain = async (source: AsyncIterable<Uint8Array>): Promise<void> => {
  for await (const bytes of source) void bytes;
};

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Copies the vault as it is in one moment; the copy before it stands until the new one was read back. */
export const copyVault = async (
  place: Place,
  halves: Halves,
  rootKey: RootKey,
  folder: string,
): Promise<void> => {
  const key = rootKey.derive(keyName);
  const file = path.join(folder, fileName);
  const part = `${file}.part`;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await withClient(place, async (client) => {
      await client.query("begin isolation level repeatable read read only");
      await pipeline(
        sealStream(key, fileName, linesOf(client, halves)),
        createWriteStream(part, { mode: 0o600, flush: true }),
      );
    });
    await drain(openStream(key, fileName, createReadStream(part)));
    await rename(part, file);
    await syncFolder(folder);
  } catch (fault) {
    await rm(part, { force: true }).catch(() => undefined);
    throw /^E[A-Z]+$/.test((fault as NodeJS.ErrnoException).code ?? "") ? unusable(folder, fault) : fault;
  }
};

async function* linesIn(source: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest = Buffer.alloc(0);
  for await (const bytes of source) {
    const all = Buffer.concat([rest, bytes]);
    const end = all.lastIndexOf(10);
    if (end >= 0) yield* all.subarray(0, end).toString().split("\n");
    rest = all.subarray(end + 1);
  }
}

type Line = { halves: Record<string, string> } | { table: string; row: object };

const putRows = async (client: pg.Client, table: string, rows: readonly object[]): Promise<void> => {
  if (rows.length === 0) return;
  const identity = table === "journal" ? "overriding system value" : "";
  await client.query(
    `insert into ${table} ${identity} select * from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
    [JSON.stringify(rows)],
  );
};

const putAll = async (client: pg.Client, lines: AsyncIterable<string>, halves: Halves): Promise<void> => {
  const known = new Set<string>(tables.map(({ name }) => name));
  let table = "";
  let rows: object[] = [];
  const flush = async (): Promise<void> => {
    await putRows(client, table, rows);
    rows = [];
  };
  for await (const text of lines) {
    const line = JSON.parse(text) as Line;
    if ("halves" in line) {
      // Before any key that needs one; those of the vault that is being replaced may be needed if this fails.
      await halves.replace({ ...(await halves.all().catch(() => ({}))), ...line.halves });
      continue;
    }
    if (!known.has(line.table)) throw new Error("the copy is of another version");
    if (line.table !== table || rows.length >= page) await flush();
    table = line.table;
    rows.push(line.row);
  }
  await flush();
  await client.query(
    "select setval(pg_get_serial_sequence('journal', 'seq'), (select coalesce(max(seq), 0) + 1 from journal), false)",
  );
};

/**
 * Puts the copy in the place of whatever is in the vault at `place`, in one transaction.
 * @throws StartError when there is no copy, or it is not of this root key
 */
export const putVaultBack = async (
  place: Place,
  halves: Halves,
  rootKey: RootKey,
  folder: string,
  migrations: string,
): Promise<void> => {
  const file = path.join(folder, fileName);
  const lines = linesIn(openStream(rootKey.derive(keyName), fileName, createReadStream(file)));
  await withClient(place, async (client) => {
    await migrate(client, migrations);
    await client.query("begin");
    await client.query("truncate epoch, subject_key, address, secret, journal");
    await client.query("delete from installation where name not like 'migration:%'");
    await putAll(client, lines, halves);
    await client.query("commit");
  }).catch((fault: unknown) => {
    if ((fault as NodeJS.ErrnoException).code !== "ENOENT") throw fault;
    throw new StartError(
      "vault-copy",
      `There is no copy of the vault in ${folder}. Name its folder with UPHELD_VAULT_COPY.`,
    );
  });
};
