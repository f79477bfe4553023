// What is known of the copies: when the last was made, how big, when a restore was last rehearsed, and what is wrong (K1, K2).
import { readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";

export type BackupState = {
  /** The newest base copy. */
  base: { id: string; at: string; bytes: number; sealed: number; seconds: number } | null;
  /** How many are kept, and from when on there is a way back. */
  kept: { count: number; since: string | null };
  /** When the log was last taken to the backup place, and how many pieces wait. */
  log: { at: string | null; waiting: number };
  rehearsal: { at: string; ok: boolean; seconds: number; says: string } | null;
  /** Whether the backup place keeps older versions of what is removed. */
  keepsVersions: boolean;
  /** Why the last attempt failed; null when it did not. */
  trouble: string | null;
};

const fileName = "backup-state.json";

const none: BackupState = {
  base: null,
  kept: { count: 0, since: null },
  log: { at: null, waiting: 0 },
  rehearsal: null,
  keepsVersions: false,
  trouble: null,
};

/** As it was last written; nothing known when there is none. */
export const readBackupState = async (dataDir: string): Promise<BackupState> => {
  const text = await readFile(path.join(dataDir, fileName), "utf8").catch(() => "{}");
  try {
    return { ...none, ...(JSON.parse(text) as Partial<BackupState>) };
  } catch {
    return none;
  }
};

/** Changes some of it; whoever reads meanwhile sees the old or the new, whole. */
export const writeBackupState = async (dataDir: string, change: Partial<BackupState>): Promise<void> => {
  const file = path.join(dataDir, fileName);
  const next = { ...(await readBackupState(dataDir)), ...change };
  await writeFile(`${file}.${process.pid}`, `${JSON.stringify(next, null, 2)}\n`);
  await rename(`${file}.${process.pid}`, file);
};

const day = 86_400_000;
const hour = 3_600_000;

/** Copies are made daily, so one of two days is late; a rehearsal is due every month. */
const late = { base: 2 * day, log: hour, rehearsal: 31 * day };

const olderThan = (at: string | null | undefined, now: Date, age: number): boolean =>
  !at || now.getTime() - new Date(at).getTime() > age;

/** What a person should look after, in plain words; empty when all is well. */
export const backupWarnings = (state: BackupState, now: Date): string[] => {
  const { base, log, rehearsal, keepsVersions, trouble } = state;
  return [
    ...(trouble ? [trouble] : []),
    ...(keepsVersions
      ? [
          "The bucket of the copies keeps older versions, so what ends stays in it. Turn that off, or let old versions expire.",
        ]
      : []),
    ...(olderThan(base?.at, now, late.base)
      ? [base ? "The last copy of the data is more than two days old." : "There is no copy of the data yet."]
      : []),
    ...(log.waiting > 0 && olderThan(log.at, now, late.log)
      ? ["What was written in the last hour is not in the backup place yet."]
      : []),
    ...(rehearsal && !rehearsal.ok ? [`The last rehearsal of a restore failed: ${rehearsal.says}`] : []),
    ...(base && olderThan(rehearsal?.at, now, late.rehearsal)
      ? ["No restore was rehearsed in the last month. Run: npx upheld rehearse"]
      : []),
  ];
};
