// The one copy of the vault, in a second place: whole, sealed under the root key, and replaced only by a newer one that was read back (K1, K4).
import type pg from "pg";
import { openStream, sealStream } from "../backup/sealed-file.ts";
import type { CopyPlace } from "../copy-place.ts";
import { migrate } from "../migrate.ts";
import { withClient, type Place } from "../place.ts";
import type { RootKey } from "../root-key.ts";
import { copyHomeAt, fileName } from "./copy-home.ts";
import type { Halves } from "./halves.ts";

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
  // Before the moment that is copied and after it: of a re-wrapping that begins or ends in between it needs both.
  const before = await halves.all();
  await client.query("select from epoch limit 1");
  yield Buffer.from(`${JSON.stringify({ halves: { ...before, ...(await halves.all()) } })}\n`);
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

const drain = async (source: AsyncIterable<Uint8Array>): Promise<void> => {
  for await (const bytes of source) void bytes;
};

/** Copies the vault as it is in one moment; the copy before it stands until the new one was read back. */
export const copyVault = async (
  place: Place,
  halves: Halves,
  rootKey: RootKey,
  to: CopyPlace,
): Promise<void> => {
  const key = rootKey.derive(keyName);
  await withClient(place, async (client) => {
    await client.query("begin isolation level repeatable read read only");
    await copyHomeAt(to).replace(sealStream(key, fileName, linesOf(client, halves)), (written) =>
      drain(openStream(key, fileName, written)),
    );
  });
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

/** A row as a version before had it: then each epoch had a half of its own. */
const asNow = (table: string, row: { id?: number; halved?: boolean }): object =>
  table === "epoch" && "halved" in row ? { ...row, half: row.halved ? row.id : null, ending: true } : row;

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
    rows.push(asNow(line.table, line.row));
  }
  await flush();
  await client.query(
    "select setval('epoch_number', greatest(nextval('epoch_number'), (select coalesce(max(id), 0) + 1 from epoch)), false)",
  );
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
  from: CopyPlace,
  migrations: string,
): Promise<void> => {
  const lines = linesIn(openStream(rootKey.derive(keyName), fileName, copyHomeAt(from).read()));
  await withClient(place, async (client) => {
    await migrate(client, migrations);
    await client.query("begin");
    await client.query("truncate epoch, subject_key, address, secret, journal");
    await client.query("delete from installation where name not like 'migration:%'");
    await putAll(client, lines, halves);
    await client.query("commit");
  });
};
