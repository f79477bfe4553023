// The keys of many people re-wrapped after some were erased, alone and while chat goes on.
import { randomBytes, randomUUID } from "node:crypto";
import path from "node:path";
import { openDataFolder } from "../../dist/keep/data-folder.js";
import { withClient, type Place } from "../../dist/keep/place.js";
import { beginEpoch, peopleInEpoch } from "../../dist/keep/vault/epochs.js";
import { halvesIn } from "../../dist/keep/vault/halves.js";
import { wrap } from "../../dist/keep/vault/wrap.js";
import { beside } from "./beside.ts";
import { inFolder, placeIn, talkIn, type Folder } from "./folder.ts";

type Say = (line: string) => void;

/** Keys as the vault makes them, those of an epoch in a statement. @returns everybody, in the order in which they came */
const addKeys = async (folder: Folder, place: Place, people: number, say: Say): Promise<string[]> => {
  const everybody: string[] = [];
  const { rootKey } = await openDataFolder(
    folder.dataDir,
    path.join(folder.dataDir, "root.key"),
    "production",
  );
  await withClient(place, async (client) => {
    const root = { under: rootKey.derive("vault"), id: null };
    for (let at = 0; at < people; at += peopleInEpoch) {
      const { id, key } = await beginEpoch(client, halvesIn(folder.dataDir), () => Promise.resolve(root));
      const subjects = Array.from({ length: Math.min(peopleInEpoch, people - at) }, () => randomUUID());
      await client.query(
        "insert into subject_key select s, $2, w from unnest($1::uuid[], $3::bytea[]) as k (s, w)",
        [subjects, id, subjects.map((subject) => wrap(key, subject, randomBytes(32)))],
      );
      everybody.push(...subjects);
      if (at % (peopleInEpoch * 2000) === 0) say(`${at} of ${people} people have keys …`);
    }
    // As after some time: PostgreSQL would do both by itself.
    await client.query("vacuum analyze subject_key");
    await client.query("checkpoint");
  });
  return everybody;
};

/** As after some time: PostgreSQL goes on in files of its log that are over, and does not make each anew. */
const makeLog = async (folder: Folder): Promise<void> =>
  withClient(await placeIn(folder, "pg"), async (client) => {
    for (let at = 0; at < 5; at += 1) {
      await client.query("select pg_logical_emit_message(false, 'spare', '')");
      await client.query("select pg_switch_wal()");
    }
    await client.query("checkpoint");
  });

type Asked = { people: number; erased: number; rate: number; seconds: number; rounds: number };

export const rewrapping = ({ people, erased, rate, seconds, rounds }: Asked, say: Say) =>
  inFolder(async (folder) => {
    const keep = await folder.open(false);
    const talk = await talkIn(keep);
    const everybody = await addKeys(folder, await placeIn(folder, "vault"), people, say);
    /** Spread over all: as many epochs as can be lose somebody. */
    const erase = async (from: number): Promise<void> => {
      const step = Math.floor(people / erased);
      for (let at = 0; at < erased; at += 1) await keep.vault.destroyKey(everybody[at * step + from] ?? "");
    };
    await erase(0);
    say("Re-wrapping alone …");
    const began = performance.now();
    const moved = await keep.vault.rewrap(() => false);
    const alone = (performance.now() - began) / 1000;
    say(`Took ${alone.toFixed(1)} s, ${moved} keys moved. Re-wrapping while chat goes on …`);
    await makeLog(folder);
    const measured = await beside(
      talk,
      { rate, seconds, rounds },
      () => keep.vault.rewrap(keep.databases.end.isBusy),
      async (round) => {
        await erase(round + 1);
        say(`Round ${round + 1} of ${rounds} …`);
      },
    );
    await keep.close();
    return { ...measured, alone, moved };
  });
