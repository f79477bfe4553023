// All that rests, as it is opened and handed on.
import type { Client } from "pg";
import type { Activated } from "./activate.ts";
import type { Backups } from "./backup/look-after.ts";
import type { Clock } from "./clock.ts";
import type { ClockWatch } from "./clock-watch.ts";
import type { CopyPlace } from "./copy-place.ts";
import type { Databases } from "./database.ts";
import type { Ending } from "./end-due.ts";
import type { RoomReplays } from "./journal-kinds.ts";
import type { Ledger } from "./ledger.ts";
import type { Pieces } from "./pieces.ts";
import type { Place } from "./place.ts";
import type { PolicyForKeep, Put } from "./put-in-force.ts";
import type { Group } from "./register.ts";
import type { Stored } from "./room-left.ts";
import type { RootKeySource } from "./root-key.ts";
import type { Newcomer, Restand } from "./standing.ts";
import type { VaultCare } from "./vault/look-after.ts";
import type { Vault } from "./vault/vault.ts";

export type KeepOptions = {
  dataDir: string;
  rootKeyFile: RootKeySource;
  /** Where copies of the data go; null: none are made. */
  backupPlace: CopyPlace | null;
  /** Where the one copy of the vault goes; null: there is none. */
  vaultCopyPlace: CopyPlace | null;
  databaseUrl: string | null;
  vaultUrl: string | null;
  env: "production" | "test";
  /** Folder that holds this file's migrations. */
  migrations: string;
  policy: PolicyForKeep;
  progress: (line: string) => void;
  /** Runs as the migrating role once the database is what the register says, and may refuse the start. */
  prepare: (client: Client, clock: Clock) => Promise<void>;
  /** How the rooms bring about again what they noted in the journal. */
  replays: (keep: ForReplay) => RoomReplays;
};

export type Keep = {
  clock: Clock;
  databases: Databases;
  vault: Vault;
  pieces: Pieces;
  ledger: Ledger;
  bits: Readonly<Record<string, number>>;
  endings: readonly Ending[];
  /** Versions of the policy: which runs, and which ones people are still under. */
  inForce: Activated;
  newcomer: Newcomer;
  restand: Restand;
  /** What a thread of its own needs to put another policy in force: see `putInForce`. */
  threads: ForThreads;
  /** The same keep under a policy that was put in force while it ran. */
  under(put: Pick<Put, "bits" | "inForce">): Promise<Keep>;
  /** Once nothing works under the version before any more: everybody's permissions, once more. */
  settle(): Promise<void>;
  /** To be called every minute or so: data and vault remember how far the other is. */
  beat(): Promise<void>;
  /** Null where none are made, or where the database is an outside one that has its own. */
  backups: Backups | null;
  vaultCare: VaultCare;
  /** Whether the clock can be believed. */
  clockWatch: ClockWatch;
  /** What is to be said where data and vault are in one cluster. */
  together: readonly string[];
  /** Where the embedded databases lie. */
  stored: readonly Stored[];
  /** Calls back when a database is lost while we run, with which one. */
  onLost(act: (which: "database" | "vault") => void): void;
  close(): Promise<void>;
};

export type ForReplay = Omit<
  Keep,
  | "threads"
  | "under"
  | "settle"
  | "beat"
  | "backups"
  | "vaultCare"
  | "clockWatch"
  | "together"
  | "stored"
  | "onLost"
  | "close"
>;

export type ForThreads = { place: Place; keyId: string; passwords: Readonly<Record<Group, string>> };
