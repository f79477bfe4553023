// What is put into the backup place is compressed and sealed, and read again by what opens it before it counts (K1).
import { pipeline as joined, Readable, type Transform } from "node:stream";
import { constants, createZstdCompress, createZstdDecompress } from "node:zlib";
import { folderShelves } from "./folder-shelves.ts";
import { s3Shelves } from "./s3-shelves.ts";
import { openStream, sealStream } from "./sealed-file.ts";
import type { CopyPlace } from "../copy-place.ts";
import { gently, type IsBusy } from "../load.ts";
import type { Shelf } from "./shelves.ts";

export type Store = {
  /** The place, as people know it. */
  name: string;
  /** Names on a shelf, sorted. */
  list(shelf: Shelf): Promise<string[]>;
  /** Writes, reads back and compares, and only then lets it count; how many bytes it has. */
  put(shelf: Shelf, name: string, source: () => AsyncIterable<Uint8Array>): Promise<number>;
  /** What was put, checked piece by piece. */
  get(shelf: Shelf, name: string): AsyncIterable<Buffer>;
  remove(shelf: Shelf, name: string): Promise<void>;
  /** Removes what a kill left half written. Nobody else may be writing. */
  tidy(): Promise<void>;
  /** Whether what is removed stays in older versions, and so does not end. */
  keepsVersions(): Promise<boolean>;
};

const ending = ".sealed";

/** A fault of the source comes out of the transform, where it is read. */
const through = (source: AsyncIterable<Uint8Array>, transform: Transform): AsyncIterable<Buffer> => {
  joined(Readable.from(source, { objectMode: false }), transform, () => undefined);
  return transform;
};

/** The fastest: PostgreSQL's files shrink to a quarter by it, and a log that was cut after a minute to nearly nothing. */
const compress = () =>
  createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 1 }, chunkSize: 1 << 18 });

const drain = async (source: AsyncIterable<Uint8Array>): Promise<void> => {
  for await (const bytes of source) void bytes;
};

/**
 * @param key 32 bytes, from the vault: the place holds nothing that opens without it
 * @param isBusy whether what is put rests for the sake of people who are being served
 */
export const openStore = (place: CopyPlace, key: Buffer, isBusy: IsBusy = () => false): Store => {
  const at = typeof place === "string" ? folderShelves(place) : s3Shelves(place);
  const open = (shelf: Shelf, name: string, written: AsyncIterable<Uint8Array>) =>
    openStream(key, `${shelf}/${name}`, written);
  return {
    name: at.name,
    list: async (shelf) =>
      (await at.list(shelf)).flatMap((file) =>
        file.endsWith(ending) ? [file.slice(0, -ending.length)] : [],
      ),
    put: (shelf, name, source) =>
      at.write(
        shelf,
        `${name}${ending}`,
        gently(sealStream(key, `${shelf}/${name}`, through(source(), compress())), isBusy),
        // Sealed pieces that open are what was sealed: nothing else has the key.
        (written) => drain(gently(open(shelf, name, written), isBusy)),
      ),
    get: (shelf, name) =>
      through(
        open(shelf, name, at.read(shelf, `${name}${ending}`)),
        createZstdDecompress({ chunkSize: 1 << 20 }),
      ),
    remove: (shelf, name) => at.remove(shelf, `${name}${ending}`),
    tidy: () => at.tidy(),
    keepsVersions: () => at.keepsVersions(),
  };
};
