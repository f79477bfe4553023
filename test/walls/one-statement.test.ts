// The second wall, where a transaction is one statement in one round trip: it states, refuses and rolls back like any other.
import fc from "fast-check";
import { CompiledQuery, sql } from "kysely";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cloneData } from "../keep.ts";
import { addPeople, addTechnician, openTestKeep, sessionNeeds, type People } from "./people.ts";
import { service } from "../../src/policy/rows.ts";
import { createWriter } from "../../src/session/write-messages.ts";
import { byteaArray } from "../../src/keep/bytea-array.ts";
import { glance, rowsIn, type Copied, type CopiedColumn } from "../../src/keep/copied.ts";
import type { Data } from "../../src/keep/database.ts";
import type { Keep } from "../../src/keep/keep.ts";

let keep: Keep;
let people: People;
let stranger: string;

beforeAll(async () => {
  keep = await openTestKeep(await cloneData());
  people = await addPeople(keep);
  stranger = await addTechnician(keep, "A Stranger");
});
afterAll(() => keep.close());

const asService = { actor: service, purpose: "provide-service" };

const profileFor = (actor: string) =>
  keep.databases.desk.one({ actor, purpose: "answer-person" }, (data) =>
    data.selectFrom("profile").select("subject").where("subject", "=", people.technician).compile(),
  );

test("a statement alone states actor and purpose as a whole transaction does", async () => {
  expect(await profileFor(people.technician)).toEqual([{ subject: people.technician }]);
  expect(await profileFor(stranger)).toEqual([]);
  const asDesk = { actor: people.technician, purpose: "answer-person" };
  await expect(
    keep.databases.room.one(asDesk, (data) => sql<object>`select 1`.compile(data)),
  ).rejects.toThrow("may not state");
});

test("a statement alone that is refused leaves nothing behind, and its connection serves on", async () => {
  const insert = (session: string, seq: number) =>
    keep.databases.room.one(asService, (data) =>
      data
        .insertInto("message")
        .values({
          session,
          seq,
          author: people.guest,
          client_id: randomUUID(),
          at: keep.clock(),
          body: Buffer.of(1),
        })
        .compile(),
    );
  for (let again = 0; again < 8; again += 1)
    await expect(insert(randomUUID(), 1)).rejects.toMatchObject({ code: "23503" });
  await expect(insert(people.session, 1)).rejects.toMatchObject({ code: "23505" });
  await insert(people.session, 1000);
});

test("what was rolled back never passes for committed", async () => {
  const swallowing = keep.databases.room(asService, (data) =>
    sql`select 1 / 0`.execute(data).catch(() => "as if nothing had been"),
  );
  await expect(swallowing).rejects.toThrow("rolled back");
});

const rowsOf = (copied: Copied) => [...rowsIn(copied, 3)].flat();
const of = (columns: readonly CopiedColumn[], byIndex = false) => ({ columns, byIndex });

const copiedProfile = (actor: string) =>
  keep.databases.desk.copied(
    { actor, purpose: "answer-person" },
    of([{ name: "subject", type: "uuid" }], true),
    (data) => data.selectFrom("profile").select("subject").where("subject", "=", people.technician).compile(),
  );

test("rows that are copied out are those that the role may see, and one that fails is rolled back", async () => {
  expect(rowsOf(await copiedProfile(people.technician))).toEqual([{ subject: people.technician }]);
  expect(rowsOf(await copiedProfile(stranger))).toEqual([]);
  const asDesk = { actor: people.technician, purpose: "answer-person" };
  const failing = (text: string) =>
    keep.databases.desk.copied(asDesk, of([]), () => CompiledQuery.raw(text, []));
  await expect(
    keep.databases.room.copied(asDesk, of([]), () => CompiledQuery.raw("select 1")),
  ).rejects.toThrow("may not state");
  for (let again = 0; again < 8; again += 1)
    await expect(failing("select 1 / (n - 900) from generate_series(1, 1000) n")).rejects.toMatchObject({
      code: "22012",
    });
  await expect(failing("insert into message default values returning seq")).rejects.toMatchObject({
    code: "42501",
  });
  expect(rowsOf(await copiedProfile(people.technician))).toEqual([{ subject: people.technician }]);
});

test("rows that are copied out are the same as those that are fetched, whatever is in them", async () => {
  const asDesk = { actor: people.technician, purpose: "answer-person" };
  const columns = [
    { name: "id", type: "uuid" },
    { name: "words", type: "text" },
    { name: "number", type: "int4" },
    { name: "large", type: "int8" },
    { name: "at", type: "timestamptz" },
    { name: "bytes", type: "bytea" },
    { name: "flag", type: "bool" },
  ] as const;
  const row = fc.record({
    id: fc.uuid(),
    words: fc
      .oneof(fc.string({ unit: "binary" }), fc.constant('it\'s $1, \\ and "$2"'))
      .filter((text) => !text.includes("\0")),
    number: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
    large: fc.maxSafeInteger(),
    at: fc
      .tuple(
        fc.date({ min: new Date("1000-01-01Z"), max: new Date("9000-01-01Z"), noInvalidDate: true }),
        fc.integer({ min: 0, max: 999 }),
      )
      .map(([date, micro]) => date.toISOString().replace("Z", `${String(micro).padStart(3, "0")}Z`)),
    bytes: fc.uint8Array({ maxLength: 30 }).map((value) => `\\x${Buffer.from(value).toString("hex")}`),
    flag: fc.boolean(),
  });
  const nullable = fc.array(fc.tuple(row, fc.subarray(columns.map(({ name }) => name))), {
    minLength: 1,
    maxLength: 8,
  });
  await fc.assert(
    fc.asyncProperty(nullable, async (rows) => {
      const values = rows.map(([one, absent]) => {
        const cells = columns.map(({ name, type }) => {
          const value = absent.includes(name) ? null : one[name];
          return value === null ? sql`null::${sql.raw(type)}` : sql`${String(value)}::${sql.raw(type)}`;
        });
        return sql`(${sql.join(cells)})`;
      });
      const named = sql.join(columns.map(({ name }) => sql.ref(name)));
      const statement = sql<object>`select ${named} from (values ${sql.join(values)}) as list (${named})`;
      const compiled = (data: Data) => statement.compile(data);
      const fetched = await keep.databases.desk.one(asDesk, compiled);
      const copied = await keep.databases.desk.copied(asDesk, of(columns), compiled);
      expect(rowsOf(copied)).toEqual(fetched);
      expect(glance(copied, 0)).toEqual({ count: rows.length, last: fetched.at(-1), differing: [] });
    }),
    { numRuns: 60 },
  );
});

test("a glance at copied rows finds where their first ids change", async () => {
  const [a, b] = [randomUUID(), randomUUID()];
  const columns = ["one", "other"].map((name) => ({ name, type: "uuid" }) as const);
  const ids = [
    [a, a],
    [a, a],
    [b, a],
    [b, b],
    [b, b],
    [a, b],
  ] as const;
  const copied = await keep.databases.room.copied(asService, of(columns), (data) =>
    sql<object>`select one, other from unnest(${ids.map(([one]) => one)}::uuid[], ${ids.map(([, other]) => other)}::uuid[])
      with ordinality as list (one, other, place) order by place`.compile(data),
  );
  const { count, last, differing } = glance(copied, 2);
  expect([count, last]).toEqual([6, { one: a, other: b }]);
  expect(differing).toEqual(
    [
      [a, a],
      [b, a],
      [b, b],
      [a, b],
    ].map(([one, other]) => ({ one, other })),
  );
  expect(glance(copied, 1).differing).toEqual([{ one: a }, { one: b }, { one: a }]);
  const nothing = await keep.databases.room.copied(asService, of(columns), (data) =>
    sql<object>`select gen_random_uuid(), gen_random_uuid() where false`.compile(data),
  );
  expect(glance(nothing, 2)).toEqual({ count: 0, last: null, differing: [] });
});

test("bytes sent as one array arrive one by one as they were", async () => {
  const echo = async (values: readonly Buffer[]) => {
    const rows = await keep.databases.room.one(asService, (data) =>
      sql<{
        value: Buffer;
      }>`select value from unnest(${byteaArray(values)}::bytea[]) as list (value)`.compile(data),
    );
    return rows.map(({ value }) => value);
  };
  const bytes = fc.uint8Array({ maxLength: 300 }).map((value) => Buffer.from(value));
  const several = fc.array(bytes, { minLength: 1, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(several, async (values) => {
      expect(await echo(values)).toEqual(values);
    }),
    { numRuns: 25 },
  );
});

test("who has no seat in a session can't write there, and does not hold up those who have", async () => {
  const needs = await sessionNeeds(keep);
  const room = { session: people.session, last: 2000, lost: false };
  const writer = createWriter(needs);
  const outcome = (author: string) =>
    new Promise<string>((resolve) => {
      writer.add({
        room,
        author,
        clientId: randomUUID(),
        text: "hello",
        stored: (seq) => resolve(`stored ${seq}`),
        refused: () => resolve("refused"),
        failed: () => resolve("failed"),
      });
    });
  const authors = [people.guest, stranger, people.technician];
  const outcomes = await Promise.all(authors.map(outcome));
  expect(outcomes[1]).toBe("refused");
  expect([outcomes[0], outcomes[2]]).toEqual(["stored 2001", "stored 2002"]);
});
