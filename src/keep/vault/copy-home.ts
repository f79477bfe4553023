// Where the one copy of the vault lies: the copy before stands until the new one was read back, and then it is gone (K1, K4).
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { placeName, type CopyPlace } from "../copy-place.ts";
import { S3Fault, type S3Place } from "../s3/ask.ts";
import { openS3 } from "../s3/s3.ts";
import { whyRefused } from "../s3/why-refused.ts";
import { StartError } from "../start-error.ts";

type Bytes = AsyncIterable<Uint8Array>;

export type CopyHome = {
  /** Puts a file in the place of the one that is there, once `check` has read it. */
  replace(source: Bytes, check: (written: Bytes) => Promise<void>): Promise<void>;
  read(): Bytes;
};

export const fileName = "vault.sealed";

const unusable = (place: CopyPlace, why: string): StartError =>
  new StartError("vault-copy", `The vault can't be copied to ${placeName(place)}: ${why}`);

const none = (place: CopyPlace): StartError =>
  new StartError(
    "vault-copy",
    `There is no copy of the vault in ${placeName(place)}. Name its place with UPHELD_VAULT_COPY.`,
  );

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** @param said what becomes of a fault of the place */
const guarded = async function* (
  source: Bytes,
  said: (fault: unknown) => unknown,
): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch (fault) {
    throw said(fault);
  }
};

const inFolder = (folder: string): CopyHome => {
  const file = path.join(folder, fileName);
  const part = `${file}.part`;
  const codeOf = (fault: unknown): string => (fault as NodeJS.ErrnoException).code ?? "";
  return {
    async replace(source, check) {
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await pipeline(source, createWriteStream(part, { mode: 0o600, flush: true }));
        await check(createReadStream(part));
        await rename(part, file);
        await syncFolder(folder);
      } catch (fault) {
        await rm(part, { force: true }).catch(() => undefined);
        const why = `${codeOf(fault)}. Make room there or bring it back; until then there is no newer copy of it.`;
        throw /^E[A-Z]+$/.test(codeOf(fault)) ? unusable(folder, why) : fault;
      }
    },
    read: () =>
      guarded(createReadStream(file), (fault) => (codeOf(fault) === "ENOENT" ? none(folder) : fault)),
  };
};

/** Old copies open people who were erased since: a store that keeps versions is refused. */
const keepsOld =
  "the bucket keeps versions of what is replaced, and an old copy opens people who were erased since. " +
  "Name a bucket that never kept any.";

const inS3 = (place: S3Place): CopyHome => {
  const s3 = openS3(place);
  const part = `${fileName}.part`;
  const said = (fault: unknown): unknown =>
    fault instanceof S3Fault ? unusable(place, whyRefused(place, fault)) : fault;
  return {
    async replace(source, check) {
      try {
        if (await s3.keepsVersions()) throw unusable(place, keepsOld);
        await s3.put(part, source);
        await check(s3.get(part));
        await s3.copy(part, fileName);
        await s3.remove(part);
      } catch (fault) {
        throw said(fault);
      }
    },
    read: () =>
      guarded(s3.get(fileName), (fault) =>
        fault instanceof S3Fault && fault.code === "NoSuchKey" ? none(place) : said(fault),
      ),
  };
};

export const copyHomeAt = (place: CopyPlace): CopyHome =>
  typeof place === "string" ? inFolder(place) : inS3(place);
