// Restored to a moment before all of it: an erasure, a refusal, a restriction, a correction, a hold and an end, at once, hold as if nothing had been put back (K4).
import type { Client } from "pg";
import { setTimeout as sleep } from "node:timers/promises";
import { test, vi } from "vitest";
import { restore } from "../../src/keep/backup/restore.ts";
import { withClient } from "../../src/keep/place.ts";
import {
  afterTheMoment,
  beforeTheMoment,
  expectAllChanged,
  expectNothingUndone,
  stateOf,
} from "./all-kinds.ts";
import { newFolder, type Folder, runningPlace } from "./own-clusters.ts";

vi.setConfig({ testTimeout: 180_000 });

const asOwner = async <T>(folder: Folder, act: (client: Client) => Promise<T>): Promise<T> =>
  withClient(await runningPlace(folder, "data"), act);

test("restored to a moment before all of these at once, nobody and nothing is back, and the ledger says so and verifies", async () => {
  const folder = await newFolder();
  let keep = await folder.open();
  const everybody = await beforeTheMoment(keep);
  await keep.backups?.takeNow();
  await sleep(20);
  const moment = new Date();
  await sleep(20);
  const before = await asOwner(folder, stateOf);
  await afterTheMoment(keep, everybody);
  const after = await asOwner(folder, stateOf);
  expectAllChanged(before, after);
  await keep.close();

  await restore({ ...folder.vaultOptions, backupPlace: folder.backupPlace, to: moment });
  keep = await folder.open();
  await asOwner(folder, (client) => expectNothingUndone(keep, client, everybody, after));
});
