// The port of a backup place: files on two shelves, each whole or not there, and read again before it counts (K1).

/** Base copies, and the log between them. */
export const shelves = ["base", "log"] as const;
export type Shelf = (typeof shelves)[number];

export type Shelves = {
  /** What people know it by; no credential is in it. */
  name: string;
  /** Names of whole files, sorted. */
  list(shelf: Shelf): Promise<string[]>;
  /** Writes it and hands it to `check`; where that throws, nothing of it is left. How many bytes it has. */
  write(
    shelf: Shelf,
    file: string,
    source: AsyncIterable<Uint8Array>,
    check: (written: AsyncIterable<Uint8Array>) => Promise<void>,
  ): Promise<number>;
  read(shelf: Shelf, file: string): AsyncIterable<Uint8Array>;
  remove(shelf: Shelf, file: string): Promise<void>;
  /** Removes what a kill left half written. Nobody else may be writing. */
  tidy(): Promise<void>;
  /** Whether what is removed stays in older versions, and so does not end. */
  keepsVersions(): Promise<boolean>;
};
