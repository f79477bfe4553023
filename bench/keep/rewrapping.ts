// Everybody's keys re-wrapped, alone and while chat goes on.
import { randomBytes, randomUUID } from "node:crypto";
import path from "node:path";
import { openDataFolder } from "../../dist/keep/data-folder.js";
import { withClient, type Place } from "../../dist/keep/place.js";
import { openEpochs } from "../../dist/keep/vault/epochs.js";
import { halvesIn } from "../../dist/keep/vault/halves.js";
import { wrap } from "../../dist/keep/vault/wrap.js";
import { beside } from "./beside.ts";
import { inFolder, placeIn, talkIn, type Folder } from "./folder.ts";

type Say = (line: string) => void;

const together = 5_000;

/** Keys as the vault makes them, many in a statement. */
const addKeys = async (folder: Folder, place: Place, people: number, say: Say): Promise<void> => {
  const { rootKey } = await openDataFolder(
    folder.dataDir,
    path.join(folder.dataDir, "root.key"),
    "production",
  );
  await withClient(place, async (client) => {
    const { current, keys } = await openEpochs(client, rootKey.derive("vault"), halvesIn(folder.dataDir));
    const epoch = keys.get(current);
    if (!epoch) throw new Error("the vault has no epoch");
    for (let at = 0; at < people; at += together) {
      const subjects = Array.from({ length: Math.min(together, people - at) }, () => randomUUID());
      await client.query(
        "insert into subject_key select s, $2, w from unnest($1::uuid[], $3::bytea[]) as k (s, w)",
        [subjects, current, subjects.map((subject) => wrap(epoch, subject, randomBytes(32)))],
      );
      if (at % 250_000 === 0) say(`${at} of ${people} people have keys …`);
    }
    // As after some time: PostgreSQL would do both by itself.
    await client.query("vacuum analyze subject_key");
    await client.query("checkpoint");
  });
};

export const rewrapping = (
  { people, rate, seconds }: { people: number; rate: number; seconds: number },
  say: Say,
) =>
  inFolder(async (folder) => {
    const keep = await folder.open(false);
    const talk = await talkIn(keep);
    await addKeys(folder, await placeIn(folder, "vault"), people, say);
    say("Re-wrapping alone …");
    const began = performance.now();
    await keep.vault.rewrap(() => false);
    const alone = (performance.now() - began) / 1000;
    say(`Took ${alone.toFixed(1)} s. Re-wrapping while chat goes on …`);
    const measured = await beside(talk, { rate, seconds }, () =>
      keep.vault.rewrap(keep.databases.end.isBusy),
    );
    await keep.close();
    return { ...measured, alone };
  });
