// The data, by group of purposes: a transaction states actor and purpose before anything else (second wall).
import type { CompiledQuery, Kysely, Transaction } from "kysely";
import type pg from "pg";
import type { Copied, ToCopy } from "./copied.ts";
import { copyOut } from "./copy-out.ts";
import { dataOn, run } from "./data-on.ts";
import { createLoad, type IsBusy, type Load } from "./load.ts";
import { asGroup, openPool, type Place } from "./place.ts";
import { groups, type Group } from "./register.ts";
import { statedPurposes } from "./stated.ts";
import type { Database } from "./tables.ts";

/** Who acts, and what for. */
export type Stated = { actor: string; purpose: string };

export type Data = Kysely<Database> | Transaction<Database>;

/** States another purpose of the group for the statements that follow in the transaction. */
export type Restate = (purpose: string) => Promise<void>;

/** Runs one statement in a transaction of its own, in a single round trip, and gives its rows. */
export type One = <Row extends object>(
  stated: Stated,
  statement: (data: Data) => CompiledQuery<Row>,
) => Promise<Row[]>;

/** Runs a statement that selects, likewise, and gives its rows as they come, for whoever takes them apart. */
type CopiedOne = (stated: Stated, what: ToCopy, statement: (data: Data) => CompiledQuery) => Promise<Copied>;

/** Runs an act in one transaction as the group's role; what the act throws rolls it back. */
export type Within = {
  <T>(stated: Stated, act: (data: Data, restate: Restate) => Promise<T>): Promise<T>;
  one: One;
  copied: CopiedOne;
  isBusy: IsBusy;
};

export type Databases = Record<Group, Within> & { close(): Promise<void> };

type Needs = {
  place: Place;
  passwordOf: (group: Group) => string;
  /** Permanent bit of each purpose. */
  bits: Readonly<Record<string, number>>;
};

const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Values are checked and written into the text, since SET takes no parameters. */
const settingPurpose = (purpose: string, group: Group, bits: Needs["bits"]): string => {
  const bit = bits[purpose];
  if (!statedPurposes[group].includes(purpose) || bit === undefined)
    throw new Error(`the ${group} role may not state the purpose ${purpose}`);
  return `set local upheld.purpose = '${bit}'`;
};

/** Sent with BEGIN in one round trip. */
const stating = ({ actor, purpose }: Stated, group: Group, bits: Needs["bits"]): string => {
  if (!uuidForm.test(actor)) throw new Error("an actor is a subject's id");
  return `begin; set local upheld.actor = '${actor}'; ${settingPurpose(purpose, group, bits)}`;
};

/** A commit that was in truth a rollback, because a statement had failed, must not pass for one. */
const mustCommit = ({ command }: pg.QueryResult): void => {
  if (command !== "COMMIT") throw new Error("the transaction was rolled back");
};

const valueOf = <T>(settled: PromiseSettledResult<T>): T => {
  if (settled.status === "rejected") throw settled.reason;
  return settled.value;
};

/** Groups of what nobody waits for. */
const beside: readonly Group[] = ["mail", "end"];

const withinPool = (pool: pg.Pool, group: Group, bits: Needs["bits"], { note, isBusy }: Load): Within => {
  const begins = (stated: Stated): string => {
    if (!beside.includes(group)) note();
    return stating(stated, group, bits);
  };
  const within = async <T>(stated: Stated, act: (data: Data, restate: Restate) => Promise<T>): Promise<T> => {
    const begin = begins(stated);
    const client = await pool.connect();
    try {
      // Not waited for: the act's first statement follows at once, and is refused if this should fail.
      const begun = client.query(begin);
      begun.catch(() => undefined);
      const restate = async (purpose: string): Promise<void> =>
        void (await client.query(settingPurpose(purpose, group, bits)));
      const result = await act(dataOn(client), restate);
      await begun;
      mustCommit(await client.query("commit"));
      return result;
    } catch (fault) {
      await client.query("rollback").catch(() => undefined);
      throw fault;
    } finally {
      client.release();
    }
  };
  const alone = async <Row, T>(
    stated: Stated,
    statement: (data: Data) => CompiledQuery<Row>,
    send: (client: pg.PoolClient, compiled: CompiledQuery<Row>) => Promise<T>,
  ): Promise<T> => {
    const begin = begins(stated);
    const client = await pool.connect();
    try {
      const compiled = statement(dataOn(client));
      // A statement that fails turns the commit behind it into a rollback.
      const sent = [client.query(begin), send(client, compiled), client.query("commit")] as const;
      const [begun, done, ended] = await Promise.allSettled(sent);
      valueOf(begun);
      const value = valueOf(done);
      mustCommit(valueOf(ended));
      return value;
    } finally {
      client.release();
    }
  };
  const one: One = async (stated, statement) => (await alone(stated, statement, run)).rows;
  const copied: CopiedOne = (stated, what, statement) =>
    alone(stated, statement, (client, compiled) => copyOut(client, compiled, what));
  return Object.assign(within, { one, copied, isBusy });
};

const inGroup = 6;

/** Opens a pool for each group; nobody here owns a table or goes past row security. */
export const openDatabases = ({ place, passwordOf, bits }: Needs): Databases => {
  const load = createLoad();
  const opened = groups.map((group) => {
    const pool = openPool({ ...asGroup(place, group, passwordOf(group)), pipeline: true }, inGroup);
    return { group, pool, within: withinPool(pool, group, bits, load) };
  });
  const withins = Object.fromEntries(opened.map(({ group, within }) => [group, within]));
  return {
    ...(withins as Record<Group, Within>),
    close: async () => void (await Promise.all(opened.map(({ pool }) => pool.end()))),
  };
};
