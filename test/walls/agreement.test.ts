// One policy compiled twice, to tables of bits and to row policies: PostgreSQL and `decide` give the same answer to every ask (P1, P3).
import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { purposesOf, type Person } from "../../src/keep/permissions.ts";
import { asGroup } from "../../src/keep/place.ts";
import { maskOf } from "../../src/keep/purpose-bits.ts";
import { openRootKey } from "../../src/keep/root-key.ts";
import { compare, compile, decide, objectionTo, type Ask, type Compiled } from "../../src/policy/core.ts";
import type { Versions } from "../../src/policy/reach.ts";
import { rowPolicies, service, type RowTable } from "../../src/policy/rows.ts";
import { personsIn, type Person as State } from "../../src/policy/states.ts";
import { readPolicy } from "../../src/policy-file.ts";
import { policies } from "../../src/policy/random-policy.test.ts";
import { cloneData, type TestData } from "../keep.ts";

let data: TestData;
let owner: pg.Client;
let desk: pg.Client;

beforeAll(async () => {
  data = await cloneData();
  const rootKey = await openRootKey(inject("place").rootKeyFile, false);
  const password = rootKey.derive("role:desk").toString("hex");
  owner = new pg.Client(data.ownerPlace);
  desk = new pg.Client(asGroup(data.ownerPlace, "desk", password));
  await Promise.all([owner.connect(), desk.connect()]);
  await owner.query("drop policy desk_select on subject");
  await owner.query("create schema tried; grant usage on schema tried to upheld_desk");
});
afterAll(() => Promise.all([owner.end(), desk.end()]));

/** A table of its own for each kind of data, and for each place where it comes in. */
type Tried = { table: RowTable; category: string; point: string | null };

const tablesOf = ({ policy }: Compiled): Tried[] => {
  const places = policy.collect.flatMap(({ point, require, offer, passive }) =>
    [...new Set([...require, ...offer, ...passive].map(({ category }) => category))].map((category) => ({
      category,
      point,
    })),
  );
  const all = [...Object.keys(policy.categories).map((category) => ({ category, point: null })), ...places];
  return all.map(({ category, point }, i) => ({
    category,
    point,
    table: {
      name: `tried.t${i}`,
      owner: "subject",
      categories: [category],
      grants: { desk: [point === null ? "select" : "insert"] },
      ...(point === null ? {} : { at: point }),
    },
  }));
};

/** What may be put in is asked as a question, with the very condition that guards the insert. */
const asQuestion = (statement: string): string =>
  statement.replace("for insert", "for select").replace("with check", "using");

type Somebody = { id: string; state: State; told: number; answered: number };

const idOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

/** Everybody whom the running version can tell apart, under each version. */
const everybody = ({ running, earlier }: Versions): Somebody[] => {
  const { policy } = running.compiled;
  const states = personsIn(new Set([...Object.keys(policy.regions), policy.regionIfUnknown]));
  return [running, ...earlier].flatMap(({ activation }, v) =>
    states.map((state, i) => ({
      id: idOf(v * states.length + i),
      state,
      told: activation,
      // Half of them said what they said before the running version.
      answered: i % 2 === 0 ? activation : running.activation,
    })),
  );
};

const personOf = ({ running }: Versions, { state, told, answered }: Somebody): Person => {
  const { choices, purposes } = running.compiled.policy;
  // Whoever says no objects as well, and nobody else does.
  const said = [...Object.keys(choices), ...Object.keys(purposes).map(objectionTo)].map((choice) => [
    choice,
    { state: state.choice, activation: answered },
  ]);
  return { ...state, told, choices: Object.fromEntries(said) as Person["choices"] };
};

const bitsOf = ({ running }: Versions): Record<string, number> =>
  Object.fromEntries([...running.compiled.purposes.keys()].map((purpose, bit) => [purpose, bit]));

const install = async (versions: Versions, tried: Tried[], people: Somebody[]): Promise<void> => {
  const bits = bitsOf(versions);
  const rules = { groups: { desk: Object.keys(bits) }, ending: "end", bits, versions };
  const subject = { name: "subject", owner: "id", categories: [], grants: { desk: ["select"] } };
  await owner.query("drop policy if exists desk_select on subject");
  await owner.query(
    "drop schema tried cascade; create schema tried; grant usage on schema tried to upheld_desk",
  );
  await owner.query("truncate subject cascade");
  await owner.query(rowPolicies(rules, subject).join(";"));
  const consents: never[] = [];
  const rows = people.map((one) => ({
    id: one.id,
    kind: "guest",
    created_at: "2026-12-01",
    region: one.state.region,
    age: one.state.age,
    status: one.state.status,
    told: one.told,
    permissions: maskOf(bits, purposesOf({ versions, consents }, personOf(versions, one))),
  }));
  await owner.query("insert into subject select * from json_populate_recordset(null::subject, $1)", [
    JSON.stringify(rows),
  ]);
  for (const { table } of tried) {
    await owner.query(`create table ${table.name} as select id as subject from subject`);
    await owner.query(
      `alter table ${table.name} enable row level security; grant select on ${table.name} to upheld_desk;
       ${rowPolicies(rules, table).map(asQuestion).join(";")}`,
    );
  }
};

/** Who is seen in each table for a purpose. */
const seenFor = async (bit: number, tried: Tried[]): Promise<Set<string>[]> => {
  await desk.query(
    `begin; set local upheld.actor = '${service}'; set local upheld.purpose = '${bit}'; set local jit = off`,
  );
  const seen: Set<string>[] = tried.map(() => new Set());
  const parts = tried.map(({ table }, i) => `select ${i} as at, subject from ${table.name}`);
  const { rows } = await desk.query<{ at: number; subject: string }>(parts.join(" union all "));
  await desk.query("commit");
  for (const { at, subject } of rows) seen[at]?.add(subject);
  return seen;
};

/** What `decide` says: something may be put in where it may be collected there, or used. */
const allowed = (compiled: Compiled, { category, point }: Tried, purpose: string, state: State): boolean => {
  // Where there is nothing to choose, a no is an objection, and a yes says nothing.
  const chosen = compiled.policy.purposes[purpose]?.choice !== null || state.choice === "refused";
  const about = { ...state, category, purpose, choice: chosen ? state.choice : ("unset" as const) };
  const asks: Ask[] = [{ ...about, act: "use" }];
  if (point !== null) asks.push({ ...about, act: "collect", point });
  return asks.some((ask) => decide(compiled, ask).effect === "allow");
};

/** Goes through the whole space; gives how many asks it compared. */
const compareAll = async (
  versions: Versions,
  expected: (tried: Tried, purpose: string, one: Somebody) => boolean | null,
): Promise<number> => {
  const tried = tablesOf(versions.running.compiled);
  const people = everybody(versions);
  await install(versions, tried, people);
  let compared = 0;
  for (const [purpose, bit] of Object.entries(bitsOf(versions))) {
    const seen = await seenFor(bit, tried);
    for (const [i, one] of tried.entries())
      for (const somebody of people) {
        const answer = expected(one, purpose, somebody);
        if (answer === null) continue;
        compared += 1;
        if (answer !== seen[i]?.has(somebody.id))
          throw new Error(
            `decide ${answer ? "allows" : "refuses"} and PostgreSQL does not: ` +
              JSON.stringify({ category: one.category, point: one.point, purpose, ...somebody }),
          );
      }
  }
  return compared;
};

const alone = (compiled: Compiled): Versions => ({ running: { activation: 1, compiled }, earlier: [] });

const agree = (compiled: Compiled): Promise<number> =>
  compareAll(alone(compiled), (tried, purpose, { state }) => allowed(compiled, tried, purpose, state));

test.each(["selmo", "smartergo", "strict-eu", "smallest"])(
  "P3: over the whole space of %s, PostgreSQL shows a row just where decide allows it",
  async (name) => {
    const { policy } = await readPolicy(`policies/${name}.yaml`);
    expect(await agree(compile(policy))).toBeGreaterThan(100);
  },
);

test("random policies, with refusals for some regions, ages and states, come to the same in both", async () => {
  await fc.assert(
    fc.asyncProperty(policies, async (policy) => {
      await agree(compile(policy));
    }),
    { numRuns: 25 },
  );
});

/** Somebody told of the version before is under both; what neither knew of waits for their own yes. */
const underBoth = (old: Compiled, young: Compiled) => {
  const { waits } = compare(old.policy, young.policy);
  return (tried: Tried, purpose: string, { state, told, answered }: Somebody): boolean | null => {
    const now = allowed(young, tried, purpose, state);
    if (told === 2) return waits[purpose] === "consent" ? null : now;
    if (old.purposes.has(purpose)) {
      const home = state.region in old.policy.regions ? state.region : old.policy.regionIfUnknown;
      return now && allowed(old, tried, purpose, { ...state, region: home });
    }
    const ground = young.policy.purposes[purpose];
    const yes = (ground?.region[state.region] ?? ground?.ground ?? "").endsWith("opt-in");
    return now && yes && answered === 2;
  };
};

const both = (old: Compiled, young: Compiled): Versions => ({
  running: { activation: 2, compiled: young },
  earlier: [{ activation: 1, compiled: old }],
});

test("P2: who was told of Selmo's version alone is under both, whichever way the versions go", async () => {
  const [selmo, smartergo] = await Promise.all(
    ["selmo", "smartergo"].map(async (name) => compile((await readPolicy(`policies/${name}.yaml`)).policy)),
  );
  if (!selmo || !smartergo) throw new Error("two policies");
  await compareAll(both(selmo, smartergo), underBoth(selmo, smartergo));
  await compareAll(both(smartergo, selmo), underBoth(smartergo, selmo));
});

test("random versions one after the other come to the same in both", async () => {
  await fc.assert(
    fc.asyncProperty(policies, policies, async (before, after) => {
      const [old, young] = [compile(before), compile(after)];
      await compareAll(both(old, young), underBoth(old, young));
    }),
    { numRuns: 15 },
  );
});
