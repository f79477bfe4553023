// Checkpoints of the ledger, signed and kept outside it: whoever holds the signing key can't write another history unnoticed (K5).
import { createPublicKey, sign, verify, type KeyObject } from "node:crypto";
import { appendFile, open, readFile } from "node:fs/promises";
import path from "node:path";
import type { LedgerRow } from "./verify-ledger.ts";

/** Where the chain stood at an instant: the number and hash of its last entry, signed by the service. */
export type Checkpoint = { seq: number; hash: string; at: string; signature: string };

/** In the data folder, one JSON object a line; best copied elsewhere. */
export const checkpointFile = "ledger-checkpoints.jsonl";

const signedText = ({ seq, hash, at }: Omit<Checkpoint, "signature">): Buffer =>
  Buffer.from(`upheld checkpoint ${seq} ${hash} ${at}`);

/** A checkpoint, signed with the ledger's Ed25519 key; `hash` in base64, `at` an RFC 3339 instant in UTC. */
export const checkpointOf = (key: KeyObject, head: { seq: number; hash: Buffer }, at: Date): Checkpoint => {
  const stated = { seq: head.seq, hash: head.hash.toString("base64"), at: at.toISOString() };
  return { ...stated, signature: sign(null, signedText(stated), key).toString("base64") };
};

/** @throws where a line is no checkpoint; a last line that was cut off in writing is passed over */
export const readCheckpoints = async (file: string): Promise<Checkpoint[]> => {
  const text = await readFile(file, "utf8");
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  return whole
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Checkpoint);
};

/** The last whole line of the file; null where there is none yet. Read from the end: the file grows for years. */
export const lastCheckpoint = async (file: string): Promise<Checkpoint | null> => {
  const handle = await open(file).catch(() => null);
  if (!handle) return null;
  try {
    const { size } = await handle.stat();
    const tail = Buffer.alloc(Math.min(size, 4096));
    await handle.read(tail, 0, tail.length, size - tail.length);
    const last = tail.toString().split("\n").slice(0, -1).at(-1);
    return last ? (JSON.parse(last) as Checkpoint) : null;
  } catch {
    return null;
  } finally {
    await handle.close();
  }
};

/** Appends a checkpoint to the file in the data folder. */
export const writeCheckpoint = (dataDir: string, checkpoint: Checkpoint): Promise<void> =>
  appendFile(path.join(dataDir, checkpointFile), `${JSON.stringify(checkpoint)}\n`, { mode: 0o644 });

type Fault = { seq: number; fault: string };

/** Data was put back from a copy, as its own entry says: entries from one number to another are not those of before. */
export type Fork = { from: number; to: number; at: string };

const forkIn = (entry: string): Fork | null => {
  const { kind, at, detail } = JSON.parse(entry) as { kind?: string; at: string; detail?: string };
  const [, from, to] =
    /entries (\d+) to (\d+) of before/.exec(kind === "restored" ? (detail ?? "") : "") ?? [];
  return from && to ? { from: Number(from), to: Number(to), at } : null;
};

/**
 * Compares entries, as they pass by, with checkpoints: the chain may be whole and signed, and yet another one. What a
 * restore left out is named by its own entry, and excuses the checkpoints from before it.
 * @param publicKey PEM
 */
export const againstCheckpoints = (checkpoints: readonly Checkpoint[], publicKey: string) => {
  const key = createPublicKey(publicKey);
  const isGenuine = (one: Checkpoint): boolean =>
    verify(null, signedText(one), key, Buffer.from(one.signature, "base64"));
  const forged = checkpoints.filter((one) => !isGenuine(one));
  const bySeq = Map.groupBy(checkpoints.filter(isGenuine), ({ seq }) => seq);
  const otherwise: Checkpoint[] = [];
  const forks: Fork[] = [];
  const seen = new Set<number>();
  const isExcused = ({ seq, at }: Checkpoint): boolean =>
    forks.some((fork) => seq >= fork.from && seq <= fork.to && at <= fork.at);
  return {
    async *through(rows: AsyncIterable<LedgerRow> | Iterable<LedgerRow>): AsyncGenerator<LedgerRow> {
      for await (const row of rows) {
        seen.add(row.seq);
        const hash = row.hash.toString("base64");
        otherwise.push(...(bySeq.get(row.seq) ?? []).filter((one) => one.hash !== hash));
        const fork = forkIn(row.entry);
        if (fork) forks.push(fork);
        yield row;
      }
    },
    /** Restores that the ledger tells of: what it lacks by them is excused, so whoever reads should know of each. */
    restores: (): readonly Fork[] => forks,
    /** To be asked once all entries have passed. */
    faults(): Fault[] {
      const missing = [...bySeq].filter(([seq]) => seq > 0 && !seen.has(seq)).flatMap(([, all]) => all);
      return [
        ...forged.map(({ seq }) => ({ seq, fault: "its checkpoint is not signed by this service" })),
        ...otherwise
          .filter((one) => !isExcused(one))
          .map(({ seq, at }) => ({ seq, fault: `another history than the checkpoint of ${at} saw` })),
        ...missing
          .filter((one) => !isExcused(one))
          .map(({ seq, at }) => ({ seq, fault: `missing, and the checkpoint of ${at} saw it` })),
      ];
    },
  };
};
