// Takes a base copy of the running data cluster into the backup place; it counts only once its manifest is there (K1).
import type { ChildProcess } from "node:child_process";
import path from "node:path";
import type { Client } from "pg";
import type { Clock } from "../clock.ts";
import { systemClock } from "../clock.ts";
import { forkGently } from "../fork-gently.ts";
import type { IsBusy } from "../load.ts";
import { withClient, type Place } from "../place.ts";
import { StartError, type StartErrorCode } from "../start-error.ts";
import type { CopyAsked, CopyLabels, CopyTold } from "./copy-child.ts";
import type { CopyPlace } from "../copy-place.ts";
import type { Store } from "./store.ts";

export type Manifest = {
  id: string;
  /** When it was taken, by the service's clock: by it copies end. */
  at: string;
  /** From when on it can be restored to, by the machine's clock, which is the one that stands in PostgreSQL's log. */
  from: string;
  /** The first piece of the log that it needs. */
  needs: string;
  /** Bytes of the cluster, and of the sealed copy. */
  bytes: number;
  sealed: number;
  seconds: number;
};

export type TakeBase = {
  /** The data cluster, as its superuser. */
  place: Place;
  dataDir: string;
  backupPlace: CopyPlace;
  store: Store;
  key: Buffer;
  clock: Clock;
  /** Begins at once, at the cost of a burst of writing; otherwise PostgreSQL takes its time. */
  fast: boolean;
  isBusy: IsBusy;
  progress: (line: string) => void;
};

const manifestOf = (id: string): string => `${id}.manifest`;

const childFile = path.join(import.meta.dirname, `copy-child${path.extname(import.meta.filename)}`);

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

type Copied = { bytes: number; sealed: number };

/** Runs the child to its end; `finish` ends the copy in PostgreSQL once every file is packed. */
const runChild = (
  child: ChildProcess,
  asked: CopyAsked,
  finish: () => Promise<CopyLabels>,
  progress: (bytes: number) => void,
): Promise<Copied> =>
  new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the copying process ended (${String(code)})`)));
    child.on("message", (told: CopyTold) => {
      if (told.at === "bytes") progress(told.bytes);
      if (told.at === "packed") finish().then((labels) => child.send(labels), reject);
      if (told.at === "done") resolve({ bytes: told.bytes, sealed: told.sealed });
      if (told.at === "fault")
        reject(
          told.code === "backup-place"
            ? new StartError(told.code satisfies StartErrorCode, told.message)
            : new Error(told.message),
        );
    });
    child.send(asked);
  });

const stop = async (client: Client): Promise<CopyLabels> => {
  const { rows } = await client.query<{ labelfile: string; spcmapfile: string }>(
    "select labelfile, spcmapfile from pg_backup_stop(wait_for_archive => true)",
  );
  const { labelfile = "", spcmapfile = "" } = rows[0] ?? {};
  return { backup_label: labelfile, ...(spcmapfile.trim() ? { tablespace_map: spcmapfile } : {}) };
};

const sizeOf = async (client: Client): Promise<number> => {
  const { rows } = await client.query<{ size: number }>(
    "select sum(pg_database_size(oid))::int8 as size from pg_database",
  );
  return rows[0]?.size ?? 0;
};

const neededFile = /START WAL LOCATION: [^ ]+ \(file ([0-9A-F]{24})\)/;

/** Ends with the copy whole, read back and named, or with nothing of it in the backup place. */
export const takeBase = async (asking: TakeBase) => {
  const { place, dataDir, backupPlace, store, key, clock, fast, isBusy, progress } = asking;
  const began = performance.now();
  const at = clock();
  const id = at.toISOString().replaceAll(/[-:]|\.\d+/g, "");
  return withClient(place, async (client): Promise<Manifest> => {
    const total = await sizeOf(client);
    await client.query("select pg_backup_start($1, fast => $2)", [`upheld ${id}`, fast]);
    let label = "";
    let from = "";
    const finish = async (): Promise<CopyLabels> => {
      const labels = await stop(client);
      from = systemClock().toISOString();
      label = labels.backup_label ?? "";
      return labels;
    };
    const child = forkGently(childFile, isBusy);
    try {
      const asked = { dataDir, backupPlace, key: key.toString("hex"), name: id };
      const say = (bytes: number) => progress(`Copied ${megabytes(bytes)} of about ${megabytes(total)} …`);
      const { bytes, sealed } = await runChild(child, asked, finish, say);
      const needs = neededFile.exec(label)?.[1] ?? "";
      const seconds = Math.round((performance.now() - began) / 100) / 10;
      const manifest = { id, at: at.toISOString(), from, needs, bytes, sealed, seconds };
      await store.put("base", manifestOf(id), () => jsonBytes(manifest));
      return manifest;
    } finally {
      child.removeAllListeners("exit");
      if (child.connected) child.disconnect();
    }
  });
};

async function* jsonBytes(value: unknown): AsyncGenerator<Buffer> {
  yield Buffer.from(JSON.stringify(value));
}

const readJson = async (source: AsyncIterable<Buffer>): Promise<unknown> => {
  const parts: Buffer[] = [];
  for await (const part of source) parts.push(part);
  return JSON.parse(Buffer.concat(parts).toString()) as unknown;
};

/** Whole copies, oldest first. @throws DamagedCopy for a manifest that was changed */
export const listBases = async (store: Store): Promise<Manifest[]> => {
  const names = await store.list("base");
  const whole = names.filter((name) => name.endsWith(".manifest"));
  return Promise.all(whole.map(async (name) => (await readJson(store.get("base", name))) as Manifest));
};

/** The manifest goes first, so that a kill in between leaves no copy that counts. */
export const removeBase = async (store: Store, id: string): Promise<void> => {
  await store.remove("base", manifestOf(id));
  await store.remove("base", id);
};
