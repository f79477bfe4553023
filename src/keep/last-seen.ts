// The data folder remembers, too, how far vault and data were: put back together from one copy, they look right to each other (K1, K4).
import { readFile } from "node:fs/promises";
import path from "node:path";
import { isCount, objectIn } from "./damaged-row.ts";
import { StartError } from "./start-error.ts";
import type { Vault } from "./vault/vault.ts";
import { writeWhole } from "./write-whole.ts";

export type LastSeen = {
  /** The last beat of vault and data. */
  beat: number;
  /** The newest entry of the vault's journal. */
  noted: number;
  /** Number and hash of the ledger's last entry, as of that beat. */
  seq: number;
  hash: string;
};

export type Here = {
  /** As it was last remembered; null where nothing was yet. */
  read(): Promise<LastSeen | null>;
  /** On disk when the promise resolves. */
  remember(change: Partial<LastSeen>): Promise<void>;
};

export const lastSeenFile = "last-seen.json";
const nothing: LastSeen = { beat: 0, noted: 0, seq: 0, hash: "" };

const parse = (text: string, file: string): LastSeen => {
  const { beat, noted, seq, hash } = objectIn(text) ?? {};
  if (isCount(beat) && isCount(noted) && isCount(seq) && typeof hash === "string")
    return { beat, noted, seq, hash };
  throw new StartError(
    "data-damaged",
    `${file} is damaged: it says whether vault and data were put back from a copy. Put the original file back; ` +
      `if neither was put back, delete it.`,
  );
};

const readFrom = async (file: string): Promise<LastSeen | null> => {
  const text = await readFile(file, "utf8").catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === "ENOENT") return null;
    throw fault;
  });
  return text === null ? null : parse(text, file);
};

/** What the data folder remembers; of one that remembers, there may be one at a time. */
export const lastSeenIn = (dataDir: string): Here => {
  const file = path.join(dataDir, lastSeenFile);
  let reading: Promise<LastSeen> | null = null;
  let known = nothing;
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;
  const writeKnown = async (): Promise<void> => {
    next = null;
    await writeWhole(file, `${JSON.stringify(known)}\n`);
  };
  return {
    read: () => readFrom(file),
    async remember(change) {
      reading ??= readFrom(file).then((read) => (known = read ?? nothing));
      await reading;
      known = { ...known, ...change };
      // One write for all that come while another is under way.
      next ??= last = last.then(writeKnown, writeKnown);
      await next;
    },
  };
};

/** The vault, whose notes the data folder remembers from now on. */
export const remembering = (vault: Vault, here: Here): Vault => {
  let newest = 0;
  return {
    ...vault,
    journal: {
      ...vault.journal,
      async note(entry) {
        const seq = await vault.journal.note(entry);
        newest = Math.max(newest, seq);
        await here.remember({ noted: newest });
        return seq;
      },
    },
  };
};
