// Puts a version of the policy in force: what it allows anew waits for each person until they were told, or said yes (P2, C1).
import { createHash } from "node:crypto";
import type { Client } from "pg";
import { compare, type Compiled, type Comparison } from "../policy/core.ts";
import type { Version } from "../policy/reach.ts";
import type { Clock } from "./clock.ts";
import { givingWay } from "./giving-way.ts";
import { purposesOf, type ConsentDue, type InForce, type Person } from "./permissions.ts";
import { maskOf } from "./purpose-bits.ts";

/** A version that was put in force; `waits` names the purposes whose use grew. */
export type Activation = {
  number: number;
  policy: string;
  version: number;
  effective: Date;
  noticeDays: number;
  waits: Comparison["waits"];
  consents: readonly Omit<ConsentDue, "activation">[];
};

export type Activated = InForce & { activations: readonly Activation[]; running: Activation };

export type ActivateNeeds = {
  compiled: Compiled;
  /** Reads the text of an earlier version; null where it is in a form that is no longer read. */
  readVersion: (text: string) => Compiled | null;
  bits: Readonly<Record<string, number>>;
  clock: Clock;
  /** Whether a service goes on under the version before until this one is in force. */
  whileRunning?: boolean;
};

type Row = {
  number: number;
  policy: string;
  version: number;
  digest: Buffer;
  effective: Date;
  notice_days: number;
  waits: string;
};

const fromRow = ({ number, policy, version, effective, notice_days, waits }: Row): Activation => ({
  number,
  policy,
  version,
  effective,
  noticeDays: notice_days,
  ...(JSON.parse(waits) as Pick<Activation, "waits" | "consents">),
});

const readActivations = async (client: Client): Promise<Activation[]> => {
  const { rows } = await client.query<Row>("select * from activation order by number");
  return rows.map(fromRow);
};

const textOf = async (client: Client, { policy, version }: Activation): Promise<string | null> => {
  const { rows } = await client.query<{ body: string }>(
    "select body from document where id = $1 and version = $2",
    [`${policy}/privacy`, version],
  );
  return rows[0]?.body ?? null;
};

const versionOf = async (
  client: Client,
  { readVersion }: ActivateNeeds,
  activation: Activation,
): Promise<Version> => {
  const text = await textOf(client, activation);
  return { activation: activation.number, compiled: text === null ? null : readVersion(text) };
};

const consentsIn = (before: Compiled, { asks }: Comparison): Activation["consents"] => {
  const due = asks.filter((ask) => ask.due === "consent");
  return [...Map.groupBy(due, ({ purpose }) => purpose)].map(([purpose, changes]) => ({
    purpose,
    choice: before.policy.purposes[purpose]?.choice ?? null,
    regions: [...new Set(changes.flatMap(({ people }) => people.region))],
  }));
};

/** What waits; where the version before can't be read any more, everything does. */
const waitingFrom = (before: Compiled | null, after: Compiled): Pick<Activation, "waits" | "consents"> => {
  if (before === null) {
    const all = Object.keys(after.policy.purposes).map((purpose) => [purpose, "notice"] as const);
    return { waits: Object.fromEntries(all), consents: [] };
  }
  const changes = compare(before.policy, after.policy);
  return { waits: changes.waits, consents: consentsIn(before, changes) };
};

const nothingWaits = { waits: {}, consents: [] };

const write = async (client: Client, activation: Activation, at: Date): Promise<void> => {
  const { number, policy, version, effective, noticeDays, waits, consents } = activation;
  const digest = createHash("sha256").update(`${policy}@${version}`).digest();
  await client.query("insert into activation values ($1, $2, $3, $4, $5, $6, $7, $8)", [
    number,
    policy,
    version,
    digest,
    at,
    effective,
    noticeDays,
    JSON.stringify({ waits, consents }),
  ]);
};

/** Nobody has to be told of a version that allows nothing more. */
const letPass = (client: Client, { number, waits }: Activation): Promise<unknown> =>
  client.query("update subject set told = $1 where told = $2 or told = 0", [
    number,
    Object.keys(waits).length === 0 ? number - 1 : 0,
  ]);

const settleRegions = (client: Client, { policy }: Compiled): Promise<unknown> =>
  client.query("update subject set region = $1 where region <> all ($2)", [
    policy.regionIfUnknown,
    [...new Set([...Object.keys(policy.regions), policy.regionIfUnknown])],
  ]);

/** Everybody's standing and last answers, each combination once. */
const peopleNow = `
  create temporary table people_now on commit drop as
  select s.id, s.region, s.age, s.status, s.told, coalesce(said.choices, '{}') as choices
  from subject s left join lateral (
    select jsonb_object_agg(choice, jsonb_build_object('state', state, 'activation', activation))::text as choices
    from (select distinct on (choice) choice, state, activation from choice
          where subject = s.id order by choice, at desc, activation desc) last
  ) said on true`;

type Combination = Omit<Person, "choices"> & { choices: string };

const setMasks = async (
  client: Client,
  inForce: InForce,
  { bits }: Pick<ActivateNeeds, "bits">,
): Promise<void> => {
  await client.query(peopleNow);
  const { rows } = await client.query<Combination>(
    "select distinct region, age, status, told, choices from people_now",
  );
  for (const row of rows) {
    const person = { ...row, choices: JSON.parse(row.choices) as Person["choices"] };
    await client.query(
      `update subject s set permissions = $1 from people_now p
       where s.id = p.id and (p.region, p.age, p.status, p.told, p.choices) = ($2, $3, $4, $5, $6)`,
      [maskOf(bits, purposesOf(inForce, person)), row.region, row.age, row.status, row.told, row.choices],
    );
  }
};

const inForceWith = async (
  client: Client,
  needs: ActivateNeeds,
  activations: readonly Activation[],
): Promise<Activated> => {
  const running = activations.at(-1);
  if (!running) throw new Error("no version is in force");
  const { rows } = await client.query<{ told: number }>("select distinct told from subject");
  // Who comes before the version's day, or while it takes the other's place, comes under the one before it.
  const waiting = needs.whileRunning || running.effective > needs.clock() ? [running.number - 1] : [];
  const older = new Set([...rows.map(({ told }) => told), ...waiting]);
  const earlier: Version[] = [];
  for (const activation of activations)
    if (activation !== running && older.has(activation.number))
      earlier.push(await versionOf(client, needs, activation));
  const consents = activations.flatMap(({ number, consents: due }) =>
    due.map((one) => ({ ...one, activation: number })),
  );
  const versions = { running: { activation: running.number, compiled: needs.compiled }, earlier };
  return { versions, consents, activations, running };
};

const isSame = ({ policy, version }: Activation, other: Compiled["policy"]): boolean =>
  policy === other.policy && version === other.version;

/**
 * Says which version runs and which ones people are still under. A version that did not run last is put in force: in
 * one transaction, each person's permissions become what both it and the version they were told of allow.
 * @param client the migrating role's; documents must have been published, and bits given
 */
export const activate = async (client: Client, needs: ActivateNeeds): Promise<Activated> => {
  const { policy } = needs.compiled;
  const before = await readActivations(client);
  const last = before.at(-1);
  if (last && isSame(last, policy)) return inForceWith(client, needs, before);
  const at = needs.clock();
  const activation: Activation = {
    number: (last?.number ?? 0) + 1,
    policy: policy.policy,
    version: policy.version,
    // The first version has nobody to wait for.
    effective: last ? new Date(policy.effective) : at,
    noticeDays: policy.changes.noticeDays,
    ...(last ? waitingFrom((await versionOf(client, needs, last)).compiled, needs.compiled) : nothingWaits),
  };
  let made: Activated | null = null;
  await givingWay(client, async () => {
    await write(client, activation, at);
    await letPass(client, activation);
    await settleRegions(client, needs.compiled);
    made = await inForceWith(client, needs, [...before, activation]);
    await setMasks(client, made, needs);
  });
  if (made === null) throw new Error("no version was put in force");
  return made;
};

/** Works everybody's mask out once more: somebody may have been under the version before while this one took its place. */
export const settleMasks = (
  client: Client,
  inForce: InForce,
  needs: Pick<ActivateNeeds, "bits">,
): Promise<void> => givingWay(client, () => setMasks(client, inForce, needs));
