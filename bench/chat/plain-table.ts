// The table that both yardsticks write to: the columns of a message, one index, nothing checked and nothing sealed.
import type pg from "pg";

export type ServerAsked = { url: string };
export type ServerReady = { port: number };

export type PlainTable = "public.plain_batched" | "public.plain_single";

export const createTable = (pool: pg.Pool, name: PlainTable): Promise<unknown> =>
  pool.query(`create table ${name} (
    room int not null,
    seq int not null,
    id uuid not null,
    author int not null,
    at timestamptz not null,
    body text not null,
    primary key (room, seq)
  )`);
