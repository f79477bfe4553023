// Starts Upheld, exchanges the policy under it while it runs, and ends it in good order.
import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Client } from "pg";
import { hasAdministrator } from "./service-state.ts";
import type { Config } from "./config.ts";
import { lineOfFault } from "./http/log.ts";
import { createShares } from "./http/live-socket.ts";
import { serve } from "./http/serve.ts";
import type { Clock } from "./keep/clock.ts";
import { publicKeyFile } from "./keep/ledger.ts";
import type { Keep } from "./keep/keep.ts";
import { openKeep } from "./keep/open-keep.ts";
import { fullOnes, type Stored } from "./keep/room-left.ts";
import { keepPolicy, versionName } from "./policy-file.ts";
import { publishSaid, readSaid, type Said, type Unfit } from "./said.ts";
import { createPolicyChange, type Taken } from "./change-policy.ts";
import { roomReplays } from "./replays.ts";
import { originOf, sourceDir, wire, type Parts, type StartHooks } from "./wire.ts";

export type { StartHooks } from "./wire.ts";

/** What ends a running service: a database that is gone, or a policy that is in force and could not be taken up. */
export type Lost = "database" | "vault" | "policy";

export type Upheld = {
  port: number;
  url: string;
  /** Opens the first administrator's account, once; null when there is one. */
  firstLink: string | null;
  /** Name and version of the running policy. */
  policy: string;
  /** The time that it goes by. */
  clock: Clock;
  onLost(act: (what: Lost) => void): void;
  /** Of the embedded databases, those whose disk is full. */
  full(): Promise<Stored[]>;
  stop(): Promise<void>;
};

const sayUnfit = (unfit: readonly Unfit[], { log, progress }: StartHooks): void => {
  for (const { file, language, count } of unfit) {
    log({ event: "words", code: language, count });
    progress(`${file} does not fit the policy, so it is not offered. "upheld check" says what is wrong.`);
  }
};

const openFor = (config: Config, said: Said, hooks: StartHooks) =>
  openKeep({
    dataDir: config.dataDir,
    rootKeyFile: config.rootKeyFile,
    backupPlace: config.backupPlace,
    vaultCopyPlace: config.vaultCopyPlace,
    databaseUrl: config.databaseUrl,
    vaultUrl: config.vaultUrl,
    env: config.env,
    migrations: path.join(sourceDir, "keep/migrations"),
    progress: hooks.progress,
    policy: keepPolicy(said.policy),
    replays: roomReplays,
    prepare: (client: Client, clock) => publishSaid(client, said, clock()),
  });

/** What runs, and how another policy takes its place while it does. */
const run = async (parts: Omit<Parts, "change" | "firstLink" | "shareOf">): Promise<Upheld> => {
  const { config, hooks, listening, said, keep } = parts;
  const onFault = (fault: unknown) => hooks.log({ event: "fault", ...lineOfFault(fault) });
  const firstLink = { token: (await hasAdministrator(keep)) ? null : randomBytes(18).toString("base64url") };
  const shareOf = createShares(hooks.flood);
  const lost = new Set<(what: Lost) => void>();

  /** Nothing answers under two policies at once: what was asked before is answered, and written, under the one before. */
  const exchange = async ({ said: next, unfit, put }: Taken): Promise<void> => {
    sayUnfit(unfit, hooks);
    const old = wired;
    const under = await keep.under(put);
    wired = await wire({ ...parts, firstLink, shareOf, change, said: next, keep: under });
    wired.answer();
    await listening.answered();
    await old.closeRooms();
    wired.begin();
    await old.end();
    await under.settle();
    hooks.log({ event: "policy", code: `${next.policy.policy}@${next.policy.version}` });
  };
  const needs = { file: config.policyFile, database: keep.threads, clock: keep.clock };
  const change = createPolicyChange(needs, exchange, (fault) => {
    onFault(fault);
    // The database is under the new version already, and no start was ever refused for going on from there.
    for (const act of lost) act("policy");
  });

  let wired = await wire({ ...parts, firstLink, shareOf, change });
  const stopCare = [keep.backups?.begin(onFault), keep.vaultCare.begin(onFault)];
  await writeFile(path.join(config.dataDir, publicKeyFile), keep.ledger.publicKey);
  wired.answer();
  wired.begin();
  const url = originOf(config, listening)();
  return {
    port: listening.port,
    url,
    firstLink: firstLink.token && `${url}/first/${firstLink.token}`,
    policy: versionName(said.policy),
    clock: keep.clock,
    onLost(act) {
      lost.add(act);
      keep.onLost(act);
    },
    full: () => fullOnes(keep.stored),
    async stop() {
      await change.ended();
      for (const stop of stopCare) stop?.();
      await wired.closeRooms();
      await listening.close();
      await wired.end();
      await keep.close();
    },
  };
};

/** Starts Upheld; throws a {@link StartError} whose sentence says what is wrong and what to do. */
export const startUpheld = async (config: Config, hooks: StartHooks): Promise<Upheld> => {
  const listening = await serve(config.port, config.host);
  let keep: Keep | null = null;
  try {
    const { said, unfit } = await readSaid(config.policyFile);
    sayUnfit(unfit, hooks);
    keep = await openFor(config, said, hooks);
    return await run({ config, hooks, listening, said, keep });
  } catch (fault) {
    await listening.close();
    await keep?.close();
    throw fault;
  }
};
