// SQL injected under one service role: what it must not learn beyond that role's purposes, nor leave behind it for the next start.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { Keep, KeepOptions } from "../../src/keep/keep.ts";
import { openKeep } from "../../src/keep/open-keep.ts";
import { asGroup, type Place } from "../../src/keep/place.ts";
import { groups, type Group } from "../../src/keep/register.ts";
import { openRootKey } from "../../src/keep/root-key.ts";
import { tables } from "../../src/keep/tables.ts";
import { cloneData, keepOptions, type TestData } from "../keep.ts";
import { addPeople, openTestKeep, type People } from "../walls/people.ts";

let data: TestData;
let keep: Keep;
let people: People;

beforeAll(async () => {
  data = await cloneData();
  keep = await openTestKeep(data);
  people = await addPeople(keep);
});
afterAll(() => keep.close());

const asRole = async <T>(
  place: Place,
  keyFile: string,
  group: Group,
  act: (client: pg.Client) => Promise<T>,
): Promise<T> => {
  const rootKey = await openRootKey(keyFile, false);
  const client = new pg.Client(asGroup(place, group, rootKey.derive(`role:${group}`).toString("hex")));
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
};

const injected = (group: Group, act: (client: pg.Client) => Promise<unknown>) =>
  asRole(data.ownerPlace, inject("place").rootKeyFile, group, act);

/** Rows of a statement, or none when the role is refused. */
const rowsOf = async (client: pg.Client, text: string, values: unknown[] = []): Promise<unknown[]> => {
  try {
    return (await client.query(text, values)).rows;
  } catch {
    return [];
  }
};

const blindToSeats = groups.filter((group) => !(group in tables.participant.grants));

test.each(blindToSeats)(
  "%s, which may not read who sat where, is not told by sessions_of either",
  async (group) => {
    await injected(group, async (client) => {
      expect(await rowsOf(client, "select sessions_of($1)", [people.guest])).toEqual([]);
    });
  },
);

test.each(groups)(
  "a temporary table of %s does not run its code as the role behind sessions_of",
  async (group) => {
    await injected(group, async (client) => {
      await rowsOf(client, "create temp table participant (session uuid, subject uuid)");
      await rowsOf(client, `insert into pg_temp.participant values ('${people.session}', '${people.guest}')`);
      await rowsOf(
        client,
        `create function pg_temp.spy() returns boolean language plpgsql as
         $$ begin perform set_config('spy.was', current_user, false); return true; end $$`,
      );
      await rowsOf(client, "alter table pg_temp.participant enable row level security");
      await rowsOf(client, "create policy spy on pg_temp.participant using (pg_temp.spy())");
      await rowsOf(client, "grant select on pg_temp.participant to public");
      await rowsOf(client, "select sessions_of($1)", [people.guest]);
      const [{ was } = { was: null }] = (await rowsOf(
        client,
        "select current_setting('spy.was', true) as was",
      )) as {
        was: string | null;
      }[];
      expect(was).not.toBe("upheld_relation");
    });
  },
);

/** On clusters of its own, since roles belong to a whole cluster. */
test("a role that changes its own password and settings stops no later start, and they are put back", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "upheld-roles-"));
  const options: KeepOptions = {
    ...(await keepOptions(data)),
    dataDir: folder,
    rootKeyFile: path.join(folder, "root.key"),
    databaseUrl: null,
    vaultUrl: null,
  };
  const opened: Keep[] = [];
  try {
    let place: Place | null = null;
    const start = async (act?: (place: Place) => Promise<unknown>) => {
      const running = await openKeep({
        ...options,
        prepare: (client) => {
          const { host, port, database, user } = client;
          place = { host, port, database: database ?? "postgres", user: user ?? "postgres" };
          return Promise.resolve();
        },
      });
      opened.push(running);
      if (place) await act?.(place);
      await running.databases.door({ actor: people.guest, purpose: "manage-account" }, (rows) =>
        rows.selectFrom("subject").select("id").execute(),
      );
    };
    await start();
    if (!place) throw new Error("no place");
    await asRole(place, path.join(folder, "root.key"), "door", async (client) => {
      await client.query("alter role current_user set default_transaction_read_only = on");
      await client.query("alter role current_user password 'known to somebody else'");
    });
    await opened.pop()?.close();
    await start();
    await asRole(place, path.join(folder, "root.key"), "door", async (client) => {
      expect(await rowsOf(client, "select rolconfig from pg_roles where rolname = current_user")).toEqual([
        { rolconfig: null },
      ]);
    });
  } finally {
    for (const running of opened) await running.close();
    await rm(folder, { recursive: true, force: true });
  }
});
