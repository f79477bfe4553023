// One connection as the acts see it: their statements go out as they are asked, and stay prepared.
import { CompiledQuery, Kysely, PostgresDialect, type PostgresPoolClient } from "kysely";
import type pg from "pg";
import type { Database } from "./tables.ts";

/** More than the acts have; beyond it statements are too varied to be worth a place on every connection. */
const mostPrepared = 200;
const names = new Map<string, string>();

const nameOf = (text: string): string | undefined => {
  if (!names.has(text) && names.size < mostPrepared) names.set(text, `s${names.size}`);
  return names.get(text);
};

/**
 * Runs a statement. One with values is prepared once on its connection: with the row policies in it, it takes longer
 * to plan than to run.
 */
export const run = <Row extends object>(
  client: pg.PoolClient,
  { sql: text, parameters }: CompiledQuery<Row>,
): Promise<pg.QueryResult<Row>> => {
  const name = parameters.length > 0 ? nameOf(text) : undefined;
  return client.query<Row>({ text, values: [...parameters], ...(name ? { name } : {}) });
};

const known = new WeakMap<pg.PoolClient, Kysely<Database>>();

const open = (client: pg.PoolClient): Kysely<Database> => {
  const only = {
    query: (sql: string, parameters: unknown[]) => run(client, CompiledQuery.raw(sql, parameters)),
    release: () => undefined,
  } as unknown as PostgresPoolClient;
  const pool = { connect: async () => only, end: async () => undefined };
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
};

/** The data over one connection that the caller holds. */
export const dataOn = (client: pg.PoolClient): Kysely<Database> => {
  const data = known.get(client) ?? open(client);
  known.set(client, data);
  return data;
};
