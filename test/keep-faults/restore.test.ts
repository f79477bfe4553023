// A restore to a moment before brings nobody back, and nothing that was corrected or had ended (K1, K4).
import { readdir } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { restore } from "../../src/keep/backup/restore.ts";
import { service } from "../../src/policy/rows.ts";
import type { Keep } from "../../src/keep/open-keep.ts";
import { addPeople, addTechnician } from "../walls/people.ts";
import { newFolder } from "./own-clusters.ts";

const subjects = async (keep: Keep): Promise<string[]> => {
  const rows = await keep.databases.end({ actor: service, purpose: "end-data" }, (data) =>
    data.selectFrom("profile").select("subject").execute(),
  );
  return rows.map(({ subject }) => subject).sort();
};

const backupsOf = ({ backups }: Keep) => {
  if (!backups) throw new Error("no copies are made");
  return backups;
};

test("everything acknowledged is back, to the moment asked for, and who was erased since is not", async () => {
  const folder = await newFolder();
  let keep = await folder.open();
  const people = await addPeople(keep);
  await backupsOf(keep).takeNow();
  const second = await addTechnician(keep, "After the copy");
  // The moment is told apart by the machine's clock, in whole milliseconds.
  await sleep(20);
  const moment = new Date();
  await sleep(20);
  const third = await addTechnician(keep, "After the moment");
  await keep.vault.journal.note({
    kind: "erased",
    at: keep.clock(),
    subject: people.technician,
    detail: null,
  });
  await keep.close();

  const { backupDir, vaultOptions } = folder;
  await restore({ ...vaultOptions, backupDir, to: null });
  keep = await folder.open();
  expect(await subjects(keep)).toEqual([second, third].sort());
  await keep.close();

  const done = await restore({ ...vaultOptions, backupDir, to: moment });
  keep = await folder.open();
  expect(await subjects(keep)).toEqual([second]);
  expect(await readdir(folder.dataDir)).toContain(done.aside.split("/").at(-1));
});
