// An erasure's parts below the rooms: what a law keeps is set aside under a key of its own, then the keys go, then the rows (R4, K4).
import { createHmac, randomUUID } from "node:crypto";
import { sql, type RawBuilder } from "kysely";
import { service } from "../policy/rows.ts";
import type { Policy } from "../policy/core.ts";
import type { Clock } from "./clock.ts";
import type { Data, Within } from "./database.ts";
import { erasePlan } from "./erase-plan.ts";
import { eraseRows } from "./erase-rows.ts";
import type { Pieces, Values } from "./pieces.ts";
import type { Table } from "./register.ts";
import { SealError } from "./seal.ts";
import { everyTable, tables } from "./tables.ts";
import type { Vault } from "./vault/vault.ts";

export type EraseNeeds = {
  /** Transactions of the role that ends data: it sees each row, whatever the person's permissions. */
  within: Within;
  vault: Pick<Vault, "keyOf" | "createKey" | "release" | "journal">;
  pieces: Pieces;
  policy: Policy;
  clock: Clock;
};

const purpose = "end-data";
const ending = { actor: service, purpose };

type Row = Readonly<Record<string, unknown>>;

/** A value that was damaged opens for nobody: it must not stand in the way. */
export const orNothing = (opening: Promise<Values>): Promise<Values> =>
  opening.catch((fault: unknown) => {
    if (fault instanceof SealError) return {};
    throw fault;
  });

/** Sealed anew for the keeper; what can't be opened any more stays as it is, unreadable. */
const resealed = async (
  { pieces }: EraseNeeds,
  table: Table,
  row: Row,
  keeper: string,
): Promise<Record<string, Buffer>> => {
  const moved = { ...row, [table.owner ?? ""]: keeper };
  const sealed = Object.entries(table.columns).filter(
    ([name, column]) => column.sealed && row[name] !== null,
  );
  const made = sealed.map(async ([name]) => {
    const values = await orNothing(pieces.open(purpose, table, name, row));
    return Object.keys(values).length === 0
      ? []
      : [[name, await pieces.seal(table, name, moved, values)] as const];
  });
  return Object.fromEntries((await Promise.all(made)).flat());
};

const handOver = async (
  needs: EraseNeeds,
  data: Data,
  table: Table,
  row: Row,
  keeper: string,
): Promise<void> => {
  const values = { ...(await resealed(needs, table, row, keeper)), [table.owner ?? ""]: keeper };
  const set = Object.entries(values).map(([name, value]) => sql`${sql.ref(name)} = ${value}`);
  const where = table.key.map((name) => sql`${sql.ref(name)} = ${row[name]}`);
  await sql`update ${sql.table(table.name)} set ${sql.join(set)} where ${sql.join(where, sql` and `)}`.execute(
    data,
  );
};

const batchRows = 100;

type Meant = { table: Table; subject: string; where?: RawBuilder<unknown> };

const handOverAll = async (
  needs: EraseNeeds,
  { table, subject, where = sql`true` }: Meant,
  keeper: string,
): Promise<void> => {
  for (let moved = batchRows; moved === batchRows;)
    moved = await needs.within(ending, async (data) => {
      const { rows } = await sql<Row>`select * from ${sql.table(table.name)}
        where ${sql.ref(table.owner ?? "")} = ${subject} and ${where} limit ${batchRows} for update`.execute(
        data,
      );
      for (const row of rows) await handOver(needs, data, table, row, keeper);
      return rows.length;
    });
};

/** The day alone: by the second one could tell which keeper belongs to which request. */
const dayOf = (clock: Clock): Date => new Date(`${clock().toISOString().slice(0, 10)}T00:00:00Z`);

/** Whoever keeps what a law keeps: a subject of its own, which nothing ties to the person, with no permission at all. */
const placeKeeper = async ({ within, vault, clock }: EraseNeeds, keeper: string): Promise<void> => {
  if (!(await vault.keyOf(keeper))) await vault.createKey(keeper);
  const standing = { kind: "keeper", status: "erased", permissions: 0, region: "", age: "unknown", told: 0 };
  await within(ending, (data) =>
    data
      .insertInto("subject")
      .values({ id: keeper, ...standing, created_at: dayOf(clock) })
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  );
};

/** The same each time, as long as the person has a key; once that is gone nobody can find it by the request. */
const keeperOf = async ({ vault }: EraseNeeds, subject: string, request: string): Promise<string> => {
  const key = await vault.keyOf(subject);
  if (!key) return randomUUID();
  const own = createHmac("sha256", key).update(`keeper ${request}`).digest("hex");
  return own.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
};

const anyIn = ({ within }: EraseNeeds, list: readonly Table[], subject: string): Promise<boolean> =>
  within(ending, async (data) => {
    for (const { name, owner } of list) {
      const { rows } = await sql`select 1 from ${sql.table(name)}
        where ${sql.ref(owner ?? "")} = ${subject} limit 1`.execute(data);
      if (rows.length > 0) return true;
    }
    return false;
  });

/** Whatever else was asked for is over with the person, and its time begins to run. */
const closeOthers = ({ within, clock }: EraseNeeds, keeper: string): Promise<unknown> =>
  within(ending, (data) =>
    data
      .updateTable("rights_request")
      .set({ state: "done", done_at: dayOf(clock) })
      .where("subject", "=", keeper)
      .where("done_at", "is", null)
      .execute(),
  );

/**
 * Sets aside what a law makes us keep, and the erasure's own request, while they can still be opened. The request is
 * alone with its keeper: whom it was for can't be told by what else is kept.
 * @param request the erasure's; its id becomes its keeper's, so that a second try finds the same one
 */
export const setAside = async (needs: EraseNeeds, subject: string, request: string): Promise<void> => {
  await placeKeeper(needs, request);
  const own = { table: tables.rights_request, subject, where: sql`id = ${request}` };
  await handOverAll(needs, own, request);
  const kept = erasePlan(needs.policy, everyTable).kept.map(({ table }) => table);
  if (!(await anyIn(needs, kept, subject))) return;
  const keeper = await keeperOf(needs, subject, request);
  await placeKeeper(needs, keeper);
  for (const table of kept) await handOverAll(needs, { table, subject }, keeper);
  await closeOthers(needs, keeper);
};

/** The one write after which nothing of the person's opens any more, here or in any copy. */
export const destroyKeys = async ({ vault, clock }: EraseNeeds, subject: string): Promise<void> => {
  if (await vault.keyOf(subject))
    await vault.journal.note({ kind: "erased", at: clock(), subject, detail: null });
  // An address that was being claimed in the same moment.
  await vault.release(subject);
};

/** Every row, and at last the person; gives whether nothing is left, which it is unless it was asked to stop. */
export const eraseAll = (
  { within, policy }: EraseNeeds,
  subject: string,
  stopping: () => boolean = () => false,
): Promise<boolean> => {
  const { erased } = erasePlan(policy, everyTable);
  return eraseRows({ within, tables: erased, every: everyTable, subject, stopping });
};

/** Closes the request; what is left of it leads to nobody. */
export const closeErasure = ({ within, clock }: EraseNeeds, request: string): Promise<unknown> =>
  within(ending, (data) =>
    data
      .updateTable("rights_request")
      .set({ state: "done", done_at: clock(), erasing: null })
      .where("id", "=", request)
      .where("done_at", "is", null)
      .execute(),
  );

const requestFor = ({ within }: EraseNeeds, subject: string): Promise<string | null> =>
  within(ending, async (data) => {
    const row = await data
      .selectFrom("rights_request")
      .select("id")
      .where((where) => where.or([where.eb("erasing", "=", subject), where.eb("subject", "=", subject)]))
      .where("kind", "in", ["erasure", "child"])
      .where("done_at", "is", null)
      .executeTakeFirst();
    return row?.id ?? null;
  });

/** What a copy that was put back has again of somebody who was erased goes again; the keys are gone already. */
export const eraseAgain = async (needs: EraseNeeds, subject: string): Promise<void> => {
  const there = await needs.within(ending, (data) =>
    data.selectFrom("subject").select("id").where("id", "=", subject).executeTakeFirst(),
  );
  const request = await requestFor(needs, subject);
  if (there) await setAside(needs, subject, request ?? randomUUID());
  if (there) await eraseAll(needs, subject);
  if (request) await closeErasure(needs, request);
};
