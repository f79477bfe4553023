// Every row has an end: in each table that has one, what has ended is gone within the hour, and not a moment before (K6).
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clockFile } from "../../src/keep/clock.ts";
import { endDue, type Ending } from "../../src/keep/end-due.ts";
import type { Keep } from "../../src/keep/keep.ts";
import { openKeep } from "../../src/keep/open-keep.ts";
import { everyTable } from "../../src/keep/tables.ts";
import { cloneData, keepOptions, type TestData } from "../keep.ts";
import { plantEverywhere, type Planted } from "../review/plant.ts";
import { startForTest, type TestUpheld } from "../upheld.ts";

const minute = 60_000;
const day = 86_400_000;

/** Where a clock that has begun says something of the row's state. */
const stateAtBeginning: Readonly<Record<string, string>> = { rights_request: "state = 'done'" };

/** Every clock of the planted rows begins at one instant. */
const beginAll = (data: TestData, { subject }: Planted, at: Date): Promise<void> =>
  data.asOwner(async (client) => {
    for (const { name, owner, starts = {} } of everyTable) {
      const columns = [...new Set(Object.values(starts).flatMap(({ column, via }) => (via ? [] : [column])))];
      if (columns.length === 0) continue;
      const set = [...columns.map((column) => `${column} = $2`), stateAtBeginning[name] ?? []].flat();
      await client.query(`update ${name} set ${set.join(", ")} where ${owner} = $1`, [subject, at]);
    }
  });

const nameOf = ({ table, column, days }: Ending): string =>
  `${table.name}.${column ?? "*"} after ${days} days`;

/** Of these endings, those whose row or value is still there. */
const there = (data: TestData, { subject }: Planted, endings: readonly Ending[]): Promise<string[]> =>
  data.asOwner(async (client) => {
    const found: string[] = [];
    for (const ending of endings) {
      const { table, column } = ending;
      const filled = column ? `and ${column} is not null` : "";
      const { rowCount } = await client.query(
        `select 1 from ${table.name} where ${table.owner} = $1 ${filled}`,
        [subject],
      );
      if (rowCount) found.push(nameOf(ending));
    }
    return found;
  });

/** Without those of an earlier version, which are for people who are still under it. */
const ofNewcomers = ({ endings }: Keep): Ending[] => endings.filter(({ told }) => told === undefined);

const due = (endings: readonly Ending[], days: number): Ending[] =>
  endings.filter((one) => one.days === days);
const daysIn = (endings: readonly Ending[]): number[] =>
  [...new Set(endings.map(({ days }) => days))].toSorted((a, b) => a - b);

/** A value ends with its row where that goes sooner. */
const afterRow = (endings: readonly Ending[], { table, days }: Ending): boolean =>
  endings.some((one) => one.table === table && one.column === null && one.days < days);

describe.each(["policies/selmo.yaml", "policies/smartergo.yaml", "policies/strict-eu.yaml"])("%s", (file) => {
  let data: TestData;
  let keep: Keep;
  let planted: Planted;
  const begin = new Date();

  beforeAll(async () => {
    data = await cloneData();
    keep = await openKeep(await keepOptions(data, file));
    planted = await plantEverywhere(data, keep);
    await beginAll(data, planted, begin);
  });
  afterAll(() => keep.close());

  test("each table with an end ends when its time is over, to the minute", async () => {
    const endings = ofNewcomers(keep);
    expect(new Set(endings.map(({ table }) => table.name)).size).toBeGreaterThan(10);
    const sweep = (at: number) => endDue(keep.databases.end, endings, () => new Date(at));
    for (const days of daysIn(endings)) {
      const now = due(endings, days).filter((ending) => !afterRow(endings, ending));
      const end = begin.getTime() + days * day;
      await sweep(end - minute);
      expect(await there(data, planted, now)).toEqual(now.map(nameOf));
      await sweep(end + minute);
      expect(await there(data, planted, now)).toEqual([]);
    }
  });
});

describe("a running service", () => {
  let data: TestData;
  let upheld: TestUpheld;
  let planted: Planted;
  let endings: readonly Ending[];
  const begin = new Date();

  beforeAll(async () => {
    data = await cloneData();
    const keep = await openKeep(await keepOptions(data));
    planted = await plantEverywhere(data, keep);
    await beginAll(data, planted, begin);
    endings = ofNewcomers(keep);
    await keep.close();
    upheld = await startForTest({}, data);
  });
  afterAll(() => upheld.stop());

  /** Days from now at which the clock stands so many minutes from an end. */
  const daysTo = (days: number, minutes: number): number =>
    (begin.getTime() + days * day + minutes * minute - Date.now()) / day;

  /** A try that is over, to be forgotten by the sweep as one of its last acts. */
  const plantTry = (endsAt: Date): Promise<unknown> =>
    data.asOwner((client) =>
      client.query("insert into tries values ($1, 1, $2)", [Buffer.from(endsAt.toISOString()), endsAt]),
    );
  const tries = async (): Promise<number> =>
    (await data.asOwner((client) => client.query("select 1 from tries"))).rowCount ?? -1;

  test("ends by itself what has ended, within the hour", async () => {
    const [days = 0] = daysIn(endings).filter((one) => one >= 30);
    const now = due(endings, days).filter((ending) => !afterRow(endings, ending));
    expect(now.length).toBeGreaterThan(1);
    const before = daysTo(days, -20);
    await plantTry(new Date(Date.now() + before * day - minute));
    await upheld.moveClock(before);
    await expect.poll(tries, { timeout: 20_000 }).toBe(0);
    expect(await there(data, planted, now)).toEqual(now.map(nameOf));

    await upheld.moveClock(daysTo(days, 59));
    await expect.poll(() => there(data, planted, now), { timeout: 20_000 }).toEqual([]);
  });

  test("ends what has ended while it was stopped, soon after it starts again", async () => {
    const days = Math.max(...daysIn(endings));
    const now = endings;
    expect(await there(data, planted, due(endings, days))).not.toEqual([]);
    await upheld.stop();
    const offset = Math.round(daysTo(days, 1) * day);
    await writeFile(path.join(data.dataDir, clockFile), String(offset));
    upheld = await upheld.restart();
    await expect.poll(() => there(data, planted, now), { timeout: 20_000 }).toEqual([]);
  });

  test("ends 20,000 rows that are due at once, and none that is not", async () => {
    const now = upheld.clock().getTime();
    const plant = (id: string, at: Date) =>
      data.asOwner(async (client) => {
        await client.query(
          `insert into request (id, subject, at, method, route, status, network)
           select gen_random_uuid(), $1, $2::timestamptz - n * interval '1 millisecond', 'GET', $3, 200, '\\x00'
           from generate_series(1, 20000) n`,
          [planted.subject, at, id],
        );
      });
    await plant("/due", new Date(now - 30 * day + 5 * minute));
    await plant("/later", new Date(now - 29 * day));
    const left = async () => {
      const { rows } = await data.asOwner((client) =>
        client.query<{ route: string; count: number }>(
          "select route, count(*)::int as count from request where route in ('/due', '/later') group by route",
        ),
      );
      return rows;
    };
    expect(await left()).toHaveLength(2);
    await upheld.moveClock((now - Date.now() + 64 * minute) / day);
    await expect.poll(left, { timeout: 30_000 }).toEqual([{ route: "/later", count: 20_000 }]);
  });
});
