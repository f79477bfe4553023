// The thread that reads, checks, compares and puts in force a changed policy, beside a service that goes on deciding (P1, P2, P3).
import { createHash } from "node:crypto";
import { parentPort, workerData } from "node:worker_threads";
import type { Client } from "pg";
import { changesBetween, type Owed } from "./changes.ts";
import type { ForThreads } from "./keep/keep.ts";
import { asGroup, whole, withClient } from "./keep/place.ts";
import { fittingEndings, putInForce, type Put } from "./keep/put-in-force.ts";
import { StartError } from "./keep/start-error.ts";
import { bareTables, compile, type Compiled, type Tables } from "./policy/compile.ts";
import type { ClauseChange } from "./policy/compare-policies.ts";
import { parsePolicy } from "./policy/parse-policy.ts";
import { keepPolicy } from "./policy-file.ts";
import { countConcerned, readRunning } from "./running-policy.ts";
import { publishSaid, readSaid, type Offered, type Said, type Unfit } from "./said.ts";
import { sayChanges, type SaidChange } from "./say-changes.ts";
import type { Spoken } from "./speak-policy.ts";

export type Task = {
  file: string;
  database: ForThreads;
  /** Milliseconds by the service's clock. */
  now: number;
  /** Digest of the file that somebody has looked at and puts in force; null: it is only looked at. */
  put: string | null;
};

export type Change = SaidChange & { concerned: { count: number; of: number } | null };

/** What a file would change. */
export type Looked = {
  digest: string;
  version: number;
  effective: string;
  /** Whether its words are those that run. */
  runs: boolean;
  warnings: readonly string[];
  owed: Owed;
  groups: readonly { id: string; title: string; items: readonly Change[] }[];
  clauses: readonly ClauseChange[];
};

/** Words of pages are functions, and stay where they are. */
type Unworded = Omit<Spoken, "words">;

/** Versions as they can be sent from one thread to another. */
export type Handed = {
  said: Omit<Said, "own" | "others"> & {
    own: Unworded;
    others: readonly (Omit<Offered, "spoken"> & { spoken: Unworded })[];
  };
  unfit: readonly Unfit[];
  tables: Tables;
  earlier: readonly { activation: number; tables: Tables | null }[];
  put: Pick<Put, "bits"> & { inForce: Omit<Put["inForce"], "versions"> & { activation: number } };
};

export type Answer = { refused: string } | { looked: Looked } | { handed: Handed };

const digestOf = (text: string): string => createHash("sha256").update(text).digest("hex");

const look = async (client: Client, { policy, text }: Said): Promise<Looked> => {
  const running = await readRunning(client);
  const before = running && parsePolicy(running.text, running.file).policy;
  // Nothing ran before that could be read: then nothing can be said of what changes.
  const changes = changesBetween(before ?? policy, policy);
  const count = countConcerned(before ?? policy, policy, running?.people ?? []);
  const groups = sayChanges(before ?? policy, policy, changes);
  return {
    digest: digestOf(text),
    version: policy.version,
    effective: policy.effective,
    runs: running?.text === text,
    warnings: changes.warnings,
    owed: changes.owed,
    groups: groups.map(({ items, ...group }) => ({
      ...group,
      items: items.map((item) => ({ ...item, concerned: item.ask ? count(item.ask) : null })),
    })),
    clauses: changes.clauses,
  };
};

const unworded = ({ words: _words, ...spoken }: Spoken): Unworded => spoken;

const hand = (said: Said, unfit: readonly Unfit[], compiled: Compiled, { bits, inForce }: Put): Handed => {
  const { versions, ...others } = inForce;
  return {
    said: {
      ...said,
      own: unworded(said.own),
      others: said.others.map((one) => ({ ...one, spoken: unworded(one.spoken) })),
    },
    unfit,
    tables: bareTables(compiled),
    earlier: versions.earlier.map(({ activation, compiled: old }) => ({
      activation,
      tables: old && bareTables(old),
    })),
    put: { bits, inForce: { ...others, activation: versions.running.activation } },
  };
};

const put = async (client: Client, { database, now }: Task, said: Said): Promise<[Compiled, Put]> => {
  const policy = keepPolicy(said.policy);
  const place = whole(database.place);
  const roles = {
    passwordOf: (group: keyof typeof database.passwords) => database.passwords[group],
    canLogIn: (group: keyof typeof database.passwords) =>
      withClient(asGroup(place, group, database.passwords[group]), () => Promise.resolve(true)).catch(
        () => false,
      ),
  };
  const done = await putInForce(client, {
    policy,
    prepare: (migrating, clock) => publishSaid(migrating, said, clock()),
    clock: () => new Date(now),
    whileRunning: true,
    roles,
    keyId: database.keyId,
  });
  return [policy.compiled, done];
};

const changed = "The file has changed since you looked at it. Look at it again.";

const work = async (task: Task): Promise<Answer> => {
  const { said, unfit } = await readSaid(task.file);
  fittingEndings(compile(said.policy));
  if (task.put !== null && task.put !== digestOf(said.text)) return { refused: changed };
  return withClient(whole(task.database.place), async (client): Promise<Answer> => {
    if (task.put === null) return { looked: await look(client, said) };
    return { handed: hand(said, unfit, ...(await put(client, task, said))) };
  });
};

const answer = await work(workerData as Task).catch((fault: unknown): Answer => {
  if (fault instanceof StartError) return { refused: fault.message };
  throw fault;
});
parentPort?.postMessage(answer, []);
