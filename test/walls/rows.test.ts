// The second wall: a role sees the rows of its purposes, for whom it states to act, and injected SQL gains nothing beyond them.
import { sql } from "kysely";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Keep } from "../../src/keep/keep.ts";
import { asGroup } from "../../src/keep/place.ts";
import { groups, type Group } from "../../src/keep/register.ts";
import { openRootKey } from "../../src/keep/root-key.ts";
import { statedPurposes } from "../../src/keep/stated.ts";
import { everyTable } from "../../src/keep/tables.ts";
import { service } from "../../src/policy/rows.ts";
import { inject } from "vitest";
import { cloneData, type TestData } from "../keep.ts";
import { addPeople, addTechnician, openTestKeep, sessionNeeds, store, type People } from "./people.ts";

let data: TestData;
let keep: Keep;
let people: People;
let other: string;

beforeAll(async () => {
  data = await cloneData();
  keep = await openTestKeep(data);
  people = await addPeople(keep);
  other = await addTechnician(keep, "Somebody Else");
});
afterAll(() => keep.close());

const personal = everyTable.filter(({ owner }) => owner);

/** Runs plain SQL as a service role, as injected SQL would. */
const asRole = async <T>(group: Group, act: (client: pg.Client) => Promise<T>): Promise<T> => {
  const rootKey = await openRootKey(inject("place").rootKeyFile, false);
  const client = new pg.Client(
    asGroup(data.ownerPlace, group, rootKey.derive(`role:${group}`).toString("hex")),
  );
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
};

const countRows = async (client: pg.Client, table: string): Promise<number> => {
  const { rows } = await client.query<{ count: number }>(`select count(*) as count from ${table}`);
  return Number(rows[0]?.count);
};

const readable = (group: Group) =>
  personal.filter(({ grants }) => grants[group]?.includes("select")).map(({ name }) => name);

test("no service role owns a table, goes past row security, or may create anything", async () => {
  const { rows } = await data.asOwner((client) =>
    client.query(
      `select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
              has_schema_privilege(rolname, 'upheld', 'create') as creates,
              (select count(*)::int from pg_class where relowner = r.oid) as owns
       from pg_roles r where rolname like 'upheld\\_%'`,
    ),
  );
  expect(rows.length).toBe(groups.length + 1);
  for (const row of rows)
    expect(row).toMatchObject({
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      creates: false,
      owns: 0,
    });
});

test("every personal table has row security, forced", async () => {
  const { rows } = await data.asOwner((client) =>
    client.query<{ relname: string }>(
      "select relname from pg_class where relnamespace = 'upheld'::regnamespace and relrowsecurity and relforcerowsecurity",
    ),
  );
  expect(rows.map(({ relname }) => relname).sort()).toEqual(personal.map(({ name }) => name).sort());
});

test.each(groups)("SQL under the %s role with no stated purpose sees no personal row", async (group) => {
  await asRole(group, async (client) => {
    for (const table of readable(group)) expect([table, await countRows(client, table)]).toEqual([table, 0]);
  });
});

test.each(groups)(
  "set_config injected under the %s role gains no purpose but the role's own",
  async (group) => {
    const foreign = Object.keys(keep.bits).filter((purpose) => !statedPurposes[group].includes(purpose));
    expect(foreign.length).toBeGreaterThan(10);
    await asRole(group, async (client) => {
      for (const purpose of foreign) {
        await client.query("begin");
        await client.query(
          "select set_config('upheld.purpose', $1, true), set_config('upheld.actor', $2, true)",
          [String(keep.bits[purpose]), service],
        );
        for (const table of readable(group))
          expect([table, purpose, await countRows(client, table)]).toEqual([table, purpose, 0]);
        await client.query("rollback");
      }
    });
  },
);

test("set_config injected into a SELECT itself gains nothing beyond the role's purposes", async () => {
  await asRole("site", async (client) => {
    const bit = keep.bits["provide-service"];
    const { rows } = await client.query(
      `select set_config('upheld.purpose', '${bit}', false), set_config('upheld.actor', '${service}', false), s.*
       from (select 1) one left join subject s on true`,
    );
    expect(rows.every((row: { id: string | null }) => row.id === null)).toBe(true);
    for (const table of ["profile", "message", "participant", "credential"])
      await expect(countRows(client, table)).rejects.toThrow("permission denied");
  });
});

test("who took part in which session can be asked under the room's and the desk's role alone", async () => {
  const ask = (group: Group) =>
    asRole(group, (client) => client.query("select * from sessions_of($1)", [people.guest]));
  for (const group of ["door", "site", "end"] as const)
    await expect(ask(group)).rejects.toThrow("permission denied");
  expect((await ask("room")).rows.length).toBe(1);
});

test("no service role can become another or the owner", async () => {
  for (const group of groups)
    await asRole(group, async (client) => {
      for (const role of ["postgres", "upheld_relation", ...groups.map((one) => `upheld_${one}`)]) {
        if (role === `upheld_${group}`) continue;
        await expect(client.query(`set role ${role}`)).rejects.toThrow("permission denied");
      }
    });
});

const seen = (actor: string) =>
  keep.databases.room({ actor, purpose: "provide-service" }, async (room) => ({
    sessions: (await room.selectFrom("session").select("id").execute()).length,
    messages: (await room.selectFrom("message").select("seq").execute()).length,
    participants: (await room.selectFrom("participant").select("id").execute()).length,
    profiles: (await room.selectFrom("profile").select("subject").execute()).length,
  }));

test("an actor sees what concerns them: the participants their session, another technician nothing of it", async () => {
  expect(await seen(people.technician)).toEqual({ sessions: 1, messages: 1, participants: 2, profiles: 1 });
  expect(await seen(people.guest)).toEqual({ sessions: 1, messages: 1, participants: 2, profiles: 0 });
  expect(await seen(other)).toEqual({ sessions: 0, messages: 0, participants: 0, profiles: 1 });
});

test("nobody writes in another's name", async () => {
  const forge = keep.databases.room({ actor: people.technician, purpose: "provide-service" }, (room) =>
    sql`insert into message values (${people.session}, 9, ${people.guest}, gen_random_uuid(), now(), 'x')`.execute(
      room,
    ),
  );
  await expect(forge).rejects.toMatchObject({ code: "42501" });
});

test("a permission that is taken back stops every use at once, and other people's messages go on", async () => {
  const needs = await sessionNeeds(keep);
  const bit = keep.bits["provide-service"] ?? 0;
  const take = (sign: "|" | "& ~") =>
    data.asOwner((client) =>
      client.query(`update subject set permissions = permissions ${sign} (1::bigint << $2) where id = $1`, [
        people.guest,
        bit,
      ]),
    );
  await take("& ~");
  expect((await seen(people.technician)).messages).toBe(0);
  const results = await Promise.allSettled([
    store(needs, people.session, people.guest, "refused", 1),
    store(needs, people.session, people.technician, "stored", 1),
  ]);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
  await take("|");
  expect((await seen(people.technician)).messages).toBe(2);
});

test("the room's code may not state a purpose of another group", async () => {
  const stated = keep.databases.room({ actor: service, purpose: "manage-account" }, () => Promise.resolve());
  await expect(stated).rejects.toThrow("may not state");
});

test("an actor that is no id is refused before it reaches SQL", async () => {
  const stated = keep.databases.room(
    { actor: "x'; drop table subject; --", purpose: "provide-service" },
    () => Promise.resolve(),
  );
  await expect(stated).rejects.toThrow("actor");
});
