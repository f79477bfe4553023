// A process of its own that packs and seals a base copy, so that the service hardly notices (K1).
import { packFolder, packText } from "./bundle.ts";
import type { CopyPlace } from "../copy-place.ts";
import { isBusyTold, toldBusy } from "../told-load.ts";
import { openStore } from "./store.ts";

export type CopyAsked = { dataDir: string; backupPlace: CopyPlace; key: string; name: string };
export type CopyTold =
  | { at: "packed" }
  | { at: "bytes"; bytes: number }
  | { at: "done"; bytes: number; sealed: number }
  | { at: "fault"; message: string; code?: string };
/** Files that PostgreSQL hands over at the end of a copy, by name. */
export type CopyLabels = Record<string, string>;

/** What PostgreSQL makes anew, and what must not be in a copy (PostgreSQL, "Making a Base Backup Using the Low Level API"). */
const leftOut =
  /^(pg_wal|pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans)\/|(^|\/)(pgsql_tmp[^/]*|pg_internal\.init)(\/|$)|^postmaster\.(pid|opts)$|^backup_label|^tablespace_map/;

const tell = (told: CopyTold): void => void process.send?.(told);

const sayEvery = 64 << 20;

/** Bytes that are copied as fast as it goes, whoever is served: that is over within a second. */
const atOnce = 64 << 20;

const copy = async ({ dataDir, backupPlace, key, name }: CopyAsked, labels: Promise<CopyLabels>) => {
  let bytes = 0;
  let said = 0;
  const store = openStore(backupPlace, Buffer.from(key, "hex"), () => bytes > atOnce && toldBusy());
  const source = async function* () {
    for await (const part of packFolder(dataDir, (file) => !leftOut.test(file))) {
      bytes += part.length;
      if (bytes - said > sayEvery) tell({ at: "bytes", bytes: (said = bytes) });
      yield part;
    }
    tell({ at: "packed" });
    for (const [file, text] of Object.entries(await labels)) yield packText(file, text);
  };
  return { sealed: await store.put("base", name, source), bytes };
};

const messages = (() => {
  const waiting: ((message: unknown) => void)[] = [];
  process.on("message", (message) => (isBusyTold(message) ? undefined : waiting.shift()?.(message)));
  return <T>(): Promise<T> => new Promise((resolve) => waiting.push(resolve as (message: unknown) => void));
})();

process.on("disconnect", () => process.exit(1));
const asked = messages<CopyAsked>();
const labels = messages<CopyLabels>();
asked
  .then((given) => copy(given, labels))
  .then(
    (done) => tell({ at: "done", ...done }),
    (fault: unknown) => {
      const { message, code } = fault as { message?: string; code?: string };
      tell({ at: "fault", message: message ?? "unknown", ...(code ? { code } : {}) });
    },
  );
