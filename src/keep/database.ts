// The data, by group of purposes: a transaction states actor and purpose before anything else (second wall).
import { Kysely, PostgresDialect, sql, type Transaction } from "kysely";
import { asGroup, openPool, type Place } from "./place.ts";
import { groups, type Group } from "./register.ts";
import { statedPurposes } from "./stated.ts";
import type { Database } from "./tables.ts";

/** Who acts, and what for. */
export type Stated = { actor: string; purpose: string };

export type Data = Kysely<Database> | Transaction<Database>;

/** States another purpose of the group for the statements that follow in the transaction. */
export type Restate = (purpose: string) => Promise<void>;

/** Runs an act in one transaction as the group's role; what the act throws rolls it back. */
export type Within = <T>(stated: Stated, act: (data: Data, restate: Restate) => Promise<T>) => Promise<T>;

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

const withinPool =
  (database: Kysely<Database>, group: Group, bits: Needs["bits"]): Within =>
  (stated, act) =>
    database.connection().execute(async (connection) => {
      const begin = sql.raw(stating(stated, group, bits));
      const restate = async (purpose: string): Promise<void> =>
        void (await sql.raw(settingPurpose(purpose, group, bits)).execute(connection));
      try {
        await begin.execute(connection);
        const result = await act(connection, restate);
        await sql`commit`.execute(connection);
        return result;
      } catch (fault) {
        await sql`rollback`.execute(connection).catch(() => undefined);
        throw fault;
      }
    });

/** Opens a pool for each group; nobody here owns a table or goes past row security. */
export const openDatabases = ({ place, passwordOf, bits }: Needs): Databases => {
  const opened = groups.map((group) => {
    const pool = openPool(asGroup(place, group, passwordOf(group)), 6);
    const database = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
    return { group, database, within: withinPool(database, group, bits) };
  });
  const withins = Object.fromEntries(opened.map(({ group, within }) => [group, within]));
  return {
    ...(withins as Record<Group, Within>),
    close: async () => void (await Promise.all(opened.map(({ database }) => database.destroy()))),
  };
};
