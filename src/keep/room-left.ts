// Tells a full disk from every other fault, in words that name it, and warns before it is full (K1).
import { statfs } from "node:fs/promises";
import { StartError } from "./start-error.ts";

/** What lies where, as people are told of it. */
export type Stored = { name: string; folder: string };

/** PostgreSQL's disk_full, and what the file system says. */
const fullCodes: readonly unknown[] = ["53100", "ENOSPC", "EDQUOT"];

/** Whether a fault is for want of room. What met it was not stored: PostgreSQL undid it, and a file has no name yet. */
export const isNoRoom = (fault: unknown): boolean =>
  typeof fault === "object" && fault !== null && "code" in fault && fullCodes.includes(fault.code);

/** Whether a program of PostgreSQL's ended for want of room, by what it said last. */
export const saysNoRoom = (text: string): boolean => /No space left on device|Disk quota exceeded/.test(text);

const mega = 1e6;
/** A piece of PostgreSQL's log is 16 MiB: with less than that it can't go on. */
const leastRoom = 17 * mega;
const soonFull = 1000 * mega;

const roomIn = async (folder: string): Promise<{ left: number; all: number } | null> => {
  const found = await statfs(folder).catch(() => null);
  return found && { left: found.bavail * found.bsize, all: found.blocks * found.bsize };
};

/** Those whose disk is full. */
export const fullOnes = async (all: readonly Stored[]): Promise<Stored[]> => {
  const rooms = await Promise.all(all.map(({ folder }) => roomIn(folder)));
  return all.filter((_, at) => (rooms[at]?.left ?? Infinity) < leastRoom);
};

const listed = (all: readonly Stored[]): string =>
  all.map(({ name, folder }) => `${name} (${folder})`).join(", ");

/** @param full what lies on a full disk, as far as it is known */
export const noRoom = (full: readonly Stored[]): StartError =>
  new StartError(
    "no-room",
    `There is no room left on the disk${full.length > 0 ? ` of ${listed(full)}` : ""}. ` +
      "Nothing that was acknowledged is lost: make room there, and start again.",
  );

/** Of each disk that is nearly full, a sentence; what lies on the same disk is told once. */
export const roomWarnings = async (all: readonly Stored[]): Promise<string[]> => {
  const rooms = await Promise.all(all.map(async (one) => ({ ...one, room: await roomIn(one.folder) })));
  const tight = rooms.flatMap(({ name, room }) =>
    room && room.left < Math.min(soonFull, room.all / 10)
      ? [{ name, left: Math.round(room.left / mega) }]
      : [],
  );
  return [...Map.groupBy(tight, ({ left }) => left)].map(
    ([left, those]) =>
      `The disk of ${those.map(({ name }) => name).join(" and ")} is nearly full: ${left} MB are left.`,
  );
};
