// Brings about again, before the first request is answered, what a restored copy of the data has undone (K4).
import type { Client } from "pg";
import type { Entry, Replays } from "./journal-kinds.ts";
import type { Journal } from "./vault/journal.ts";
import { replayedMark, setReplayedMark } from "./witness.ts";

type Needs = {
  journal: Journal;
  replays: Replays;
  /** The data, as the migrating role. */
  client: Client;
  progress: (line: string) => void;
};

/** The map has a handler of exactly the entry's kind, which TypeScript can't follow through the look-up. */
const bringAbout = (replays: Replays, entry: Entry): Promise<void> =>
  (replays[entry.kind] as (entry: Entry) => Promise<void>)(entry);

const sayEvery = 10_000;

/**
 * Replays every entry above the data's own mark, in order, and moves the mark on. Each handler is idempotent, so a kill
 * in between costs nothing but doing it again.
 * @returns how many entries were replayed
 */
export const replay = async ({ journal, replays, client, progress }: Needs): Promise<number> => {
  const mark = await replayedMark(client);
  let last = mark;
  let count = 0;
  for await (const entry of journal.entriesAfter(mark)) {
    await bringAbout(replays, entry);
    count += 1;
    last = entry.seq;
    if (count % sayEvery === 0) progress(`Replayed ${count} entries of the journal …`);
  }
  last = Math.max(last, await journal.head());
  await setReplayedMark(client, last);
  return count;
};
