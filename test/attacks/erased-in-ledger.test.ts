// Whoever holds all that is left, keys and secrets included, tries to find an erased person in the ledger (K5, R4).
import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { clockFile } from "../../src/keep/clock.ts";
import { isAbout, referenceOf } from "../../src/keep/ledger.ts";
import type { Keep } from "../../src/keep/keep.ts";
import { ledgerRows } from "../../src/keep/read-ledger.ts";
import { tables } from "../../src/keep/tables.ts";
import { verifyLedger } from "../../src/keep/verify-ledger.ts";
import { service } from "../../src/policy/rows.ts";
import { askErasure } from "../../src/review/erase-request.ts";
import { eraseDue } from "../../src/review/erase-run.ts";
import { endHold, holdsOn, setHold } from "../../src/review/holds.ts";
import { openRequest } from "../../src/review/open-request.ts";
import { endSession } from "../../src/session/end-session.ts";
import { findByToken } from "../../src/session/find-invite.ts";
import { inviteToken } from "../../src/session/invite.ts";
import { joinSession } from "../../src/session/join-session.ts";
import { openSession } from "../../src/session/open-session.ts";
import { seatByToken } from "../../src/session/seat.ts";
import { cloneData, type TestData } from "../keep.ts";
import { runNeeds } from "../walls/erasing.ts";
import { addTechnician, openTestKeep, secrets, sessionNeeds, store, type People } from "../walls/people.ts";
import { rightsNeeds } from "../walls/rights.ts";

let data: TestData;
let keep: Keep;

beforeEach(async () => {
  data = await cloneData();
  keep = await openTestKeep(data);
});
afterEach(() => keep.close());

type Entry = { seq: number; at: string; kind: string; about: string[] };
type Row = { table: string; values: Record<string, unknown> };

/** So many days from now: acts of different days can't be taken for one another by their time. */
const onDay = async (days: number): Promise<void> => {
  const offset = days * 86_400_000;
  await writeFile(path.join(data.dataDir, clockFile), String(offset));
  await vi.waitUntil(() => Math.abs(keep.clock().getTime() - Date.now() - offset) < 1000, 10_000);
};

const everyRow = async (): Promise<Row[]> => {
  const all: Row[] = [];
  for (const [schema, connected] of [
    ["upheld", data.asOwner],
    ["vault", data.asVault],
  ] as const)
    await connected(async (client) => {
      const { rows } = await client.query<{ name: string }>(
        "select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables where table_schema = current_schema()",
      );
      for (const { name } of rows) {
        const found = await client.query<Record<string, unknown>>(`select * from ${name}`);
        all.push(...found.rows.map((values) => ({ table: `${schema}:${name.split(".")[1]}`, values })));
      }
    });
  return all;
};

const entriesIn = (rows: readonly Row[]): Entry[] =>
  rows
    .filter(({ table }) => table === "upheld:ledger")
    .map(({ values }) => JSON.parse(String(values.entry)) as Entry);

const dayInMs = 86_400_000;

/** Two instants that lie less than half a second apart have a mark in common; midnights are everybody's. */
const marksOfInstant = (at: number): string[] =>
  at % dayInMs === 0 ? [] : [`s${Math.floor(at / 1000)}`, `h${Math.floor((at + 500) / 1000)}`];

const uuids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const instants = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;
/** A reference, a hash or a signature. */
const strings = /[\w+/-]{22,}={0,2}/g;

/** Ids that stand for nobody, and so in many rows. */
const everybodys = /^0{8}-0000-0000-0000-0{11}[01]$/;

const marksOf = (value: unknown): string[] => {
  if (value instanceof Date) return marksOfInstant(value.getTime());
  if (Buffer.isBuffer(value)) return [value.toString("base64")];
  if (typeof value !== "string") return [];
  return [
    ...(value.match(uuids) ?? []).filter((id) => !everybodys.test(id)),
    ...(value.match(instants) ?? []).flatMap((at) => marksOfInstant(Date.parse(at))),
    ...(value.match(strings) ?? []),
  ];
};

/** Every row to which equal ids, times and hashes lead from some rows, over however many others. */
const reachedFrom = (
  rows: readonly Row[],
  starts: (row: Row) => boolean,
  more = new Map<Row, string>(),
): Set<Row> => {
  const byMark = new Map<string, Row[]>();
  const marks = new Map(
    rows.map((row) => [
      row,
      [...Object.values(row.values).flatMap(marksOf), ...(more.has(row) ? [more.get(row)!] : [])],
    ]),
  );
  for (const [row, own] of marks)
    for (const mark of own) byMark.set(mark, [...(byMark.get(mark) ?? []), row]);
  const reached = new Set(rows.filter(starts));
  for (const row of reached)
    for (const mark of marks.get(row) ?? []) for (const next of byMark.get(mark) ?? []) reached.add(next);
  return reached;
};

/** A technician who registers on one day, and a guest who writes in a session of theirs on another. */
const addPeople = async (): Promise<People> => {
  const needs = await sessionNeeds(keep);
  const network = { address: secrets.address, browser: secrets.browser };
  const technician = await addTechnician(keep, secrets.userName);
  await onDay(1);
  const session = await openSession(needs, technician, network);
  const invitation = await findByToken(needs, inviteToken(needs.inviteKey, session));
  if (typeof invitation === "string") throw new Error(invitation);
  const joined = await joinSession(needs, invitation, network);
  const seat = await seatByToken(needs, session, [joined?.token ?? ""]);
  if (!seat) throw new Error("nobody sits");
  await store(needs, session, seat.subject, `Thank you, ${secrets.userName}`);
  return { technician, guest: seat.subject, session };
};

const liveAndAsk = async (people: People): Promise<void> => {
  const { technician, session } = people;
  const rights = await rightsNeeds(keep);
  await onDay(2);
  await endSession(await sessionNeeds(keep), session, "technician");
  await onDay(4);
  await keep.databases.desk({ actor: technician, purpose: "answer-person" }, (tx) =>
    openRequest({ pieces: keep.pieces, clock: keep.clock, newId: randomUUID }, tx, {
      subject: technician,
      kind: "objection",
      place: "profile",
      words: "I, Wilhelmina Quux, object",
      due: { at: keep.clock(), zone: "UTC", calendar: "none" },
    }),
  );
  await onDay(6);
  const officer = { subject: await addTechnician(keep, "Olga Officer"), role: "privacy-officer" };
  const hold = { kind: "dispute", days: 3, reason: "a chargeback is open", hiddenDays: 0 };
  expect(await setHold(rights, officer, technician, hold)).toEqual([]);
  await onDay(8);
  const look = { staff: officer.subject, role: officer.role, about: [technician], page: "the outbox" };
  await (await sessionNeeds(keep)).noteLook({ ...look, purpose: "answer-person", categories: ["email"] });
  const [set] = await holdsOn(rights, service, technician);
  await endHold(rights, set?.id ?? "");
  await onDay(10);
  const asked = await askErasure(rights, technician, { place: "profile" });
  await onDay(30);
  expect(asked?.due.at.getTime()).toBeLessThan(keep.clock().getTime());
  expect(await eraseDue(await runNeeds(keep, keep.clock), () => false)).toBe(1);
};

test("no key and no secret that is left, under any id that stands anywhere, gives a reference of theirs", async () => {
  const people = await addPeople();
  const key = Buffer.from((await keep.vault.keyOf(people.technician)) ?? "");
  await liveAndAsk(people);
  const rows = await everyRow();
  const entries = entriesIn(rows);
  const mine = entries.filter((entry) => isAbout(key, people.technician, entry));
  expect(new Set(mine.map(({ kind }) => kind))).toEqual(
    new Set(["collected", "agreed", "ended", "held", "looked", "hold-ended", "erase-asked", "erasing"]),
  );
  const ids = new Set(
    [people.technician, ...rows.flatMap(({ values }) => Object.values(values).flatMap(marksOf))].filter(
      (mark) => /^[0-9a-f-]{36}$/.test(mark),
    ),
  );
  const subjects = rows.flatMap(({ table, values }) =>
    table === "vault:subject_key" ? [String(values.subject)] : [],
  );
  const names = rows.flatMap(({ table, values }) => (table === "vault:secret" ? [String(values.name)] : []));
  const keys = await Promise.all([
    ...subjects.map((subject) => keep.vault.keyOf(subject)),
    ...names.map((name) => keep.vault.secret(name)),
  ]);
  expect(keys.length).toBeGreaterThan(5);
  for (const each of keys)
    for (const id of ids)
      for (const { seq, about } of mine)
        expect(about).not.toContain(referenceOf(each ?? Buffer.alloc(32), id, seq));
  // What others are called by is still found with their keys: the search itself works.
  const guestsKey = await keep.vault.keyOf(people.guest);
  expect(entries.filter((entry) => isAbout(guestsKey ?? key, people.guest, entry)).length).toBeGreaterThan(0);
});

test("nothing that is equal to anything else leads from what is left of them to what they did", async () => {
  const people = await addPeople();
  const key = Buffer.from((await keep.vault.keyOf(people.technician)) ?? "");
  await liveAndAsk(people);
  const rows = await everyRow();
  const mine = rows.filter(
    ({ table, values }) =>
      table === "upheld:ledger" && isAbout(key, people.technician, JSON.parse(String(values.entry)) as Entry),
  );
  // What a law keeps says who they were, and so may the others' words in a session that they held.
  const kept = await keep.databases.end({ actor: service, purpose: "end-data" }, (tx) =>
    tx.selectFrom("rights_request").selectAll().where("kind", "=", "objection").executeTakeFirstOrThrow(),
  );
  const { request } = await keep.pieces.open("end-data", tables.rights_request, "words", kept);
  expect(request).toContain("Wilhelmina Quux");
  const leadsToThem = ({ table, values }: Row): boolean =>
    (table === "upheld:rights_request" && values.id === kept.id) ||
    (table === "upheld:session" && values.id === people.session);
  const kindsFrom = (reached: Set<Row>) =>
    new Set(
      mine
        .filter((row) => reached.has(row))
        .map(({ values }) => (JSON.parse(String(values.entry)) as Entry).kind),
    );
  const found = kindsFrom(reachedFrom(rows, leadsToThem));
  for (const kind of ["agreed", "held", "looked", "hold-ended", "erase-asked", "erasing"])
    expect([...found]).not.toContain(kind);
  // If all entries called them by one name, each of these would be found: so it is known that the search finds things.
  const byOneName = kindsFrom(reachedFrom(rows, leadsToThem, new Map(mine.map((row) => [row, "one name"]))));
  for (const kind of ["agreed", "held", "looked", "hold-ended", "erase-asked", "erasing"])
    expect([...byOneName]).toContain(kind);
});

test("the chain holds afterwards, from its first entry to its last", async () => {
  const people = await addPeople();
  await liveAndAsk(people);
  await data.asOwner(async (client) => {
    const query = (text: string, values: unknown[]) => client.query(text, values);
    const { faults, entries } = await verifyLedger(ledgerRows(query), keep.ledger.publicKey);
    expect(faults).toEqual([]);
    expect(entries).toBeGreaterThan(8);
  });
});
