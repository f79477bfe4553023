// Tells whoever runs the machine about its databases, its clock and its disks: on the desk, and in the log when something new shows (K1, K6).
import type { Config } from "./config.ts";
import type { Log } from "./http/log.ts";
import { clockWarnings } from "./keep/clock-watch.ts";
import type { CopyPlace } from "./keep/copy-place.ts";
import type { Keep } from "./keep/keep.ts";
import { roomWarnings, type Stored } from "./keep/room-left.ts";

export type Machine = {
  /** What somebody should look after, in plain words; empty when all is well. */
  warnings(): Promise<string[]>;
  /** To be called every minute or so: logs what is new. */
  look(): Promise<void>;
};

/** A store that is no folder looks after its own room. */
const onDisk = (name: string, place: CopyPlace | null): Stored[] =>
  typeof place === "string" ? [{ name, folder: place }] : [];

const placesOf = ({ dataDir, backupPlace, vaultCopyPlace }: Config, { stored }: Keep): Stored[] => [
  { name: "the data folder", folder: dataDir },
  ...stored,
  ...onDisk("the backup place", backupPlace),
  ...onDisk("the vault's second place", vaultCopyPlace),
];

/** The same disk with a little less room is nothing new. */
const withoutNumbers = (text: string): string => text.replaceAll(/\d+/g, "");

export const createMachine = (config: Config, keep: Keep, log: Log): Machine => {
  const places = placesOf(config, keep);
  let said: string[] = [];
  return {
    warnings: async () => [
      ...keep.together,
      ...clockWarnings(keep.clockWatch.trouble()),
      ...(await roomWarnings(places)),
    ],
    async look() {
      const found = await roomWarnings(places);
      for (const code of found) if (!said.includes(withoutNumbers(code))) log({ event: "disk", code });
      said = found.map(withoutNumbers);
    },
  };
};
