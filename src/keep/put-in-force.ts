// Puts a policy in force in the database: what it publishes, bits of new purposes, what waits for whom, and the row policies (P1, P2).
import { setImmediate } from "node:timers/promises";
import type { Client } from "pg";
import { endOf, type Compiled } from "../policy/core.ts";
import { activate, type Activated } from "./activate.ts";
import type { Clock } from "./clock.ts";
import { planEndings, soonerEndings, type Ending } from "./end-due.ts";
import type { RoleNeeds } from "./install-roles.ts";
import { installRows } from "./install-rows.ts";
import { purposeBits } from "./purpose-bits.ts";
import { StartError } from "./start-error.ts";
import { statedPurposes } from "./stated.ts";
import { everyTable } from "./tables.ts";

/** What the walls are built from. */
export type PolicyForKeep = {
  compiled: Compiled;
  /** Reads the text of an earlier version; null where it is in a form that is no longer read. */
  readVersion: (text: string) => Compiled | null;
};

export type PutNeeds = {
  policy: PolicyForKeep;
  /** Runs as the migrating role before any rule is changed, and may refuse. */
  prepare: (client: Client, clock: Clock) => Promise<void>;
  clock: Clock;
  /** Whether a service goes on under the version before meanwhile. */
  whileRunning?: boolean;
  roles: RoleNeeds;
  /** Tells the root key, from which the roles' passwords are derived. */
  keyId: string;
};

export type Put = {
  bits: Readonly<Record<string, number>>;
  inForce: Activated;
  /** Whether the rows' rules were written anew. */
  wrote: boolean;
};

/** What of a policy the sweep carries out. */
export const endingsIn = ({ policy }: Compiled) =>
  planEndings(
    everyTable,
    (category) => category in policy.categories,
    (category, at) => {
      const end = endOf(policy, category, at);
      return end && { days: end.days, from: end.from, rule: end.rule.id };
    },
  );

/** @throws StartError where the policy leaves out what the tables need */
export const fittingEndings = (compiled: Compiled): Ending[] => {
  const { endings, faults } = endingsIn(compiled);
  const undefinedPurposes = Object.values(statedPurposes)
    .flat()
    .filter((purpose) => !compiled.purposes.has(purpose))
    .map((purpose) => `the purpose ${purpose}, which the service states, is not defined`);
  const all = [...faults, ...undefinedPurposes];
  if (all.length === 0) return endings;
  throw new StartError(
    "policy-refused",
    `The policy does not fit what the service stores. Mend the policy file:\n${all.map((one) => `  - ${one}`).join("\n")}`,
  );
};

/**
 * Data of people who were not told in time ends when the version that they are under says, where that is sooner.
 * Whatever else the process has to do gets its turn between two versions.
 */
export const endingsUnder = async ({ versions }: Activated): Promise<Ending[]> => {
  const { endings } = endingsIn(versions.running.compiled);
  const all = [...endings];
  for (const { activation, compiled } of versions.earlier) {
    await setImmediate();
    if (compiled) all.push(...soonerEndings(endings, endingsIn(compiled).endings, activation));
  }
  return all;
};

/**
 * Each step is a transaction of its own, and what stands between two of them allows less than either.
 * @throws StartError when a published version was changed
 */
export const putInForce = async (
  client: Client,
  { policy, prepare, clock, whileRunning = false, roles, keyId }: PutNeeds,
): Promise<Put> => {
  await prepare(client, clock);
  const bits = await purposeBits(client, [...policy.compiled.purposes.keys()]);
  const inForce = await activate(client, { ...policy, bits, clock, whileRunning });
  const rules = { groups: statedPurposes, ending: "end", bits, versions: inForce.versions };
  const wrote = await installRows(client, { tables: everyTable, rules, ...roles }, keyId);
  return { bits, inForce, wrote };
};
