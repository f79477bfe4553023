// The second wall, where a transaction is one statement in one round trip: it states, refuses and rolls back like any other.
import fc from "fast-check";
import { sql } from "kysely";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cloneData } from "../keep.ts";
import { addPeople, addTechnician, openTestKeep, sessionNeeds, type People } from "./people.ts";
import { service } from "../../src/policy/rows.ts";
import { createWriter } from "../../src/session/write-messages.ts";
import { byteaArray } from "../../src/keep/bytea-array.ts";
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
