// A data folder of the benchmark's own, and two people who talk in it, made through the service's own acts.
import { randomUUID } from "node:crypto";
import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { registerTechnician } from "../../dist/collect/register-technician.js";
import { openDataFolder } from "../../dist/keep/data-folder.js";
import type { Keep } from "../../dist/keep/keep.js";
import { openKeep } from "../../dist/keep/open-keep.js";
import { placeOfSocket, schema, vaultSchema, type Place } from "../../dist/keep/place.js";
import { keepPolicy, readPolicy } from "../../dist/policy-file.js";
import { roomReplays } from "../../dist/replays.js";
import { openSession } from "../../dist/session/open-session.js";
import { createWriter } from "../../dist/session/write-messages.js";
import type { SessionNeeds } from "../../dist/session/needs.js";

const at = (place: string): string => fileURLToPath(new URL(`../../${place}`, import.meta.url));

export type Folder = { dataDir: string; backupPlace: string; open(archive?: boolean): Promise<Keep> };

/** Removed when the act is over; what is open in it is closed by the act. */
export const inFolder = async <T>(act: (folder: Folder) => Promise<T>): Promise<T> => {
  const parent = await mkdtemp(path.join(tmpdir(), "upheld-bench-"));
  await chmod(parent, 0o711);
  const [dataDir, backupPlace] = [path.join(parent, "data"), path.join(parent, "backup")];
  const { policy } = await readPolicy(at("policies/selmo.yaml"));
  const open = (archive = true): Promise<Keep> =>
    openKeep({
      dataDir,
      rootKeyFile: path.join(dataDir, "root.key"),
      backupPlace: archive ? backupPlace : null,
      vaultCopyPlace: null,
      databaseUrl: null,
      vaultUrl: null,
      env: "production",
      migrations: at("src/keep/migrations"),
      policy: keepPolicy(policy),
      progress: () => undefined,
      prepare: () => Promise.resolve(),
      replays: roomReplays,
    });
  try {
    return await act({ dataDir, backupPlace, open });
  } finally {
    await rm(parent, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
};

/** One of the two running clusters, as its superuser. */
export const placeIn = async ({ dataDir }: Folder, which: "pg" | "vault"): Promise<Place> => {
  const { rootKey } = await openDataFolder(dataDir, path.join(dataDir, "root.key"), "production");
  const names = await readdir(path.join(dataDir, which));
  const socket = path.join(dataDir, which, names.find((name) => name.startsWith("run-")) ?? "");
  const password = rootKey.derive(which === "pg" ? "cluster:data" : "cluster:vault").toString("hex");
  return placeOfSocket(socket, 5432, password, which === "pg" ? schema : vaultSchema);
};

export const needsOf = async (keep: Keep): Promise<SessionNeeds> => ({
  within: keep.databases.room,
  pieces: keep.pieces,
  ledger: keep.ledger,
  noteLook: () => Promise.resolve(),
  permit: () => ({ allowed: true, rules: ["collect"] }),
  clock: keep.clock,
  newId: randomUUID,
  createKey: (subject) => keep.vault.createKey(subject),
  newcomer: keep.newcomer,
  inviteKey: await keep.vault.secret("invite"),
  policyVersion: 1,
});

export type Talk = {
  session: string;
  author: string;
  /** One message; milliseconds until it was stored. */
  say(): Promise<number>;
  /** Messages at a rate for some seconds; milliseconds until each was stored. */
  atRate(rate: number, seconds: number): Promise<number[]>;
  /** As fast as answers come, so many on the way; messages a second. */
  flatOut(inFlight: number, seconds: number): Promise<number>;
};

const person = async (keep: Keep): Promise<string> => {
  const subject = await registerTechnician(
    {
      within: keep.databases.door,
      pieces: keep.pieces,
      ledger: keep.ledger,
      vault: keep.vault,
      clock: keep.clock,
      newId: randomUUID,
      newcomer: keep.newcomer,
      tokenKey: Buffer.alloc(32),
      queueMail: () => Promise.resolve(),
    } as unknown as Parameters<typeof registerTechnician>[0],
    {
      kind: "technician",
      userName: `Bench ${randomUUID()}`,
      passwordHash: "a hash",
      details: {},
      network: {},
      agreed: [{ id: "terms", version: 1, digest: Buffer.alloc(32) }],
      page: "/register",
      rules: [],
    },
  );
  if (!subject) throw new Error("the name is taken");
  return subject;
};

const text =
  "A message of about two hundred letters, as people write them when they help each other. ".repeat(2);

/** Opens a session and speaks in it as its technician, through the room's own writer. */
export const talkIn = async (keep: Keep): Promise<Talk> => {
  const needs = await needsOf(keep);
  const author = await person(keep);
  const session = await openSession(needs, author, { address: "203.0.113.7", browser: "a browser" });
  const room = { session, last: 0, lost: false };
  const writers = [createWriter(needs), createWriter(needs)];
  let turn = 0;
  const say = (): Promise<number> => {
    const began = performance.now();
    turn += 1;
    return new Promise((resolve, reject) => {
      const failed = () => reject(new Error("a message was not stored"));
      const stored = () => resolve(performance.now() - began);
      // One room is one writer's, as in the service.
      writers[0]?.add({ room, author, clientId: randomUUID(), text, stored, refused: failed, failed });
    });
  };
  return {
    session,
    author,
    say,
    async atRate(rate, seconds) {
      const waiting: Promise<number>[] = [];
      const began = performance.now();
      while (waiting.length < rate * seconds) {
        const due = Math.min(rate * seconds, ((performance.now() - began) / 1000) * rate);
        while (waiting.length < due) waiting.push(say());
        await sleep(1);
      }
      return Promise.all(waiting);
    },
    async flatOut(inFlight, seconds) {
      const until = performance.now() + seconds * 1000;
      const before = turn;
      const speak = async (): Promise<void> => {
        while (performance.now() < until) await say();
      };
      await Promise.all(Array.from({ length: inFlight }, speak));
      return (turn - before) / seconds;
    },
  };
};
