// Reads a downloaded archive as somebody's zip program would: by its directory, with every checksum tried.
import { crc32 } from "node:zlib";
import { fromBufferPromise } from "yauzl";

/** Texts by file name; throws where it is no whole zip. */
export const readArchive = async (bytes: Buffer): Promise<Map<string, string>> => {
  const zip = await fromBufferPromise(bytes);
  const files = new Map<string, string>();
  for await (const entry of zip.eachEntry()) {
    const parts: Buffer[] = [];
    for await (const part of await zip.openReadStreamPromise(entry)) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    if (crc32(body) !== entry.crc32) throw new Error(`${entry.fileName} is damaged`);
    files.set(entry.fileName, body.toString());
  }
  return files;
};

export type ArchiveData = {
  records: number;
  kinds: {
    kind: string;
    count: number;
    rows: { at: string; by?: string; values: Record<string, unknown>; hidden?: string[] }[];
    files: string[];
    source: { point: string } | null;
    data: { category: string; purposes: unknown[]; recipients: { id: string }[] }[];
  }[];
  ledger: { count: number; entries: { kind: string; others: number }[] };
};

export const dataIn = (files: ReadonlyMap<string, string>): ArchiveData =>
  JSON.parse(files.get("data.json") ?? "{}") as ArchiveData;
