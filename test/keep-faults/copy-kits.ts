// The two kinds of backup place, for tests that hold for both: where their files lie, and how they vanish and come back.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import type { Shelf } from "../../src/keep/backup/shelves.ts";
import type { CopyPlace } from "../../src/keep/copy-place.ts";
import { startS3 } from "./s3-server.ts";

export type CopyKit = {
  place: CopyPlace;
  /** Names of the files on a shelf, sorted. */
  filesOn(shelf: Shelf): Promise<string[]>;
  /** Where such a file lies on this machine's disk. */
  pathOf(shelf: Shelf, file: string): string;
  /** Writes a file as whoever else has access could. */
  plant(shelf: Shelf, file: string): Promise<void>;
  vanish(): Promise<void>;
  comeBack(): Promise<void>;
};

const folderKit = (): Promise<CopyKit> => {
  const parent = mkdtempSync(path.join(tmpdir(), "upheld-copies-"));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  const [place, away] = [path.join(parent, "backup"), path.join(parent, "away")];
  mkdirSync(place);
  return Promise.resolve({
    place,
    filesOn: async (shelf) => (await readdir(path.join(place, shelf))).sort(),
    pathOf: (shelf, file) => path.join(place, shelf, file),
    plant: (shelf, file) => writeFile(path.join(place, shelf, file), "half"),
    async vanish() {
      await rename(place, away);
      await writeFile(place, "a file in its place");
    },
    async comeBack() {
      await rm(place);
      await rename(away, place);
    },
  });
};

const s3Kit = async (): Promise<CopyKit> => {
  const server = await startS3();
  const { place, vanish, comeBack } = server;
  return {
    place,
    filesOn: (shelf) => server.keysIn(shelf),
    pathOf: (shelf, file) => server.fileOf(`${shelf}/${file}`),
    plant: (shelf, file) => server.plant(`${shelf}/${file}`),
    vanish,
    comeBack,
  };
};

export const copyKits: [string, () => Promise<CopyKit>][] = [
  ["a folder", folderKit],
  ["an S3-compatible store", s3Kit],
];
