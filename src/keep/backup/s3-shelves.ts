// An S3-compatible store as backup place: a file is there once all of it arrived, and stays only if it reads back (K1).
import { placeName } from "../copy-place.ts";
import { S3Fault, type S3Place } from "../s3/ask.ts";
import { openS3 } from "../s3/s3.ts";
import { whyRefused } from "../s3/why-refused.ts";
import { StartError } from "../start-error.ts";
import { shelves, type Shelf, type Shelves } from "./shelves.ts";

const unusable = (place: S3Place, fault: S3Fault): StartError =>
  new StartError(
    "backup-place",
    `The backup place ${placeName(place)} can't be used: ${whyRefused(place, fault)} Until then the log waits beside the data.`,
  );

export const s3Shelves = (place: S3Place): Shelves => {
  const s3 = openS3(place);
  const said = (fault: unknown): unknown => (fault instanceof S3Fault ? unusable(place, fault) : fault);
  const guarded = <T>(act: () => Promise<T>): Promise<T> =>
    act().catch((fault: unknown) => {
      throw said(fault);
    });
  const pathOf = (shelf: Shelf, file: string): string => `${shelf}/${file}`;
  return {
    name: placeName(place),
    list: (shelf) => guarded(() => s3.list(shelf)),
    write: (shelf, file, source, check) =>
      guarded(async () => {
        const bytes = await s3.put(pathOf(shelf, file), source);
        try {
          await check(s3.get(pathOf(shelf, file)));
        } catch (fault) {
          await s3.remove(pathOf(shelf, file)).catch(() => undefined);
          throw fault;
        }
        return bytes;
      }),
    async *read(shelf, file) {
      try {
        yield* s3.get(pathOf(shelf, file));
      } catch (fault) {
        throw said(fault);
      }
    },
    remove: (shelf, file) => guarded(() => s3.remove(pathOf(shelf, file))),
    tidy: () =>
      guarded(async () => {
        for (const shelf of shelves) await s3.endUploads(shelf);
      }),
    keepsVersions: () => guarded(() => s3.keepsVersions()),
  };
};
