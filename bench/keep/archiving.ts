// What chat pays for its log being archived: two data folders side by side take turns, one with copies and one without.
import { median } from "../parts/figures.ts";
import { inFolder, talkIn, type Folder, type Talk } from "./folder.ts";

type Say = (line: string) => void;

type Side = { talk: Talk; lookAfter: () => Promise<void>; close: () => Promise<void> };

const openSide = async (folder: Folder, archive: boolean): Promise<Side> => {
  const keep = await folder.open(archive);
  const talk = await talkIn(keep);
  // The first base copy is not what is measured.
  await keep.backups?.takeNow();
  return { talk, lookAfter: async () => keep.backups?.lookAfter(), close: () => keep.close() };
};

/** As the service does: what PostgreSQL has handed over is sealed, taken away and read back meanwhile. */
const whileLookedAfter = async <T>({ lookAfter }: Side, act: () => Promise<T>): Promise<T> => {
  let on = true;
  const looking = (async () => {
    while (on) {
      await lookAfter();
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  })();
  try {
    return await act();
  } finally {
    on = false;
    await looking;
  }
};

const inFlight = 100;

/** Messages a second, flat out; the median of the rounds' ratios, since both sides of a round had the same machine. */
export const archiving = (rounds: number, seconds: number, say: Say) =>
  inFolder((archivedIn) =>
    inFolder(async (plainIn) => {
      const archived = await openSide(archivedIn, true);
      const plain = await openSide(plainIn, false);
      const rates: { archived: number; plain: number }[] = [];
      const turn = (side: Side) => whileLookedAfter(side, () => side.talk.flatOut(inFlight, seconds));
      for (let round = 0; round <= rounds; round += 1) {
        // Whoever goes first changes; the first round warms both up and does not count.
        const first = round % 2 === 0 ? archived : plain;
        const rate = await turn(first);
        const other = await turn(first === archived ? plain : archived);
        const pair = first === archived ? { archived: rate, plain: other } : { archived: other, plain: rate };
        if (round === 0) continue;
        rates.push(pair);
        say(
          `Round ${round} of ${rounds}: ${Math.round(pair.archived)}/s archived, ${Math.round(pair.plain)}/s not`,
        );
      }
      await archived.close();
      await plain.close();
      return {
        archived: median(rates.map((rate) => rate.archived)),
        plain: median(rates.map((rate) => rate.plain)),
        ratio: median(rates.map((rate) => rate.archived / rate.plain)),
        rounds: rates,
      };
    }),
  );
