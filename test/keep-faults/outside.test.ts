// With a PostgreSQL of the operator's own, copied and put back by the operator's own tools: replay and vault are ours (K3, K4).
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Client } from "pg";
import { expect, onTestFinished, test, vi } from "vitest";
import { acceptOldVault, restoreVault } from "../../src/keep/backup/restore-vault.ts";
import type { Keep } from "../../src/keep/keep.ts";
import { openKeep } from "../../src/keep/open-keep.ts";
import { keepOptions } from "../keep.ts";
import { addTechnician } from "../walls/people.ts";
import {
  afterTheMoment,
  beforeTheMoment,
  expectAllChanged,
  expectNothingUndone,
  stateOf,
} from "./all-kinds.ts";
import { startOutside, type Outside } from "./outside-postgres.ts";

vi.setConfig({ testTimeout: 120_000 });

/** An Upheld on two databases of the operator's, as roles that are no superusers. */
const upheldOn = async (forData: Outside, forVault: Outside) => {
  const folder = mkdtempSync(path.join(tmpdir(), "upheld-data-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const said: string[] = [];
  const vaultCopyPlace = path.join(folder, "vault-copy");
  const options = {
    ...(await keepOptions({
      dataDir: path.join(folder, "data"),
      dataUrl: await forData.createDatabase("its_data", "createrole"),
      vaultUrl: await forVault.createDatabase("its_vault"),
    })),
    vaultCopyPlace,
    progress: (line: string) => void said.push(line),
  };
  const opened: Keep[] = [];
  onTestFinished(async () => {
    for (const keep of opened) await keep.close();
  });
  const open = async (): Promise<Keep> => {
    const keep = await openKeep(options);
    opened.push(keep);
    return keep;
  };
  const asOwner = <T>(act: (client: Client) => Promise<T>): Promise<T> =>
    forData.asSuperuser("its_data", async (client) => {
      await client.query("set search_path = upheld");
      return act(client);
    });
  return { options, open, said, asOwner, vaultCopyPlace };
};

const erase = (keep: Keep, subject: string) =>
  keep.vault.journal.note({ kind: "erased", at: keep.clock(), subject, detail: null });

test("the data alone is put back to a moment before all kinds of acts: a paused server is refused, and then nobody and nothing is back", async () => {
  const [forData, forVault] = [await startOutside(), await startOutside()];
  const { open, said, asOwner } = await upheldOn(forData, forVault);
  let keep = await open();
  expect([keep.backups, keep.together]).toEqual([null, []]);
  const everybody = await beforeTheMoment(keep);
  await forData.baseCopy();
  const moment = await forData.moment();
  const before = await asOwner(stateOf);
  await afterTheMoment(keep, everybody);
  const after = await asOwner(stateOf);
  expectAllChanged(before, after);
  await keep.close();

  await forData.stop();
  await forData.putBack(moment);
  await forData.start();
  await expect(open()).rejects.toThrow(/can only be read: it is still being put back.*pg_wal_replay_resume/);
  await forData.resume();
  keep = await open();
  expect(said.join()).toMatch(/put back from a copy/);
  await asOwner((client) => expectNothingUndone(keep, client, everybody, after));
});

test("vault and data that are put back together are found out, also where nothing was re-wrapped; the newest vault brings nobody back", async () => {
  const both = await startOutside();
  const { open, options, said, asOwner, vaultCopyPlace } = await upheldOn(both, both);
  let keep = await open();
  expect(said.join()).toMatch(/in one PostgreSQL cluster/);
  const gone = await addTechnician(keep, "Gone Greta");
  await both.baseCopy();
  const moment = await both.moment();
  await erase(keep, gone);
  const since = await addTechnician(keep, "Since Sven");
  await keep.close();
  await both.stop();
  const putBack = async (): Promise<void> => {
    await both.putBack(moment);
    await both.start();
    await both.resume();
  };
  await putBack();
  await expect(open()).rejects.toThrow(/vault is an older copy than the one that this data folder knows/);

  await restoreVault(options, vaultCopyPlace);
  keep = await open();
  const restored = () =>
    asOwner(async (client) => {
      const { rows } = await client.query("select from ledger where entry like '%\"restored\"%'");
      return rows.length;
    });
  const profiles = () =>
    asOwner(async (client) => {
      const { rows } = await client.query<{ subject: string }>("select subject from profile");
      return rows.map(({ subject }) => subject);
    });
  expect([await profiles(), await keep.vault.keyOf(gone), await restored()]).toEqual([[], null, 1]);
  expect(await keep.vault.keyOf(since)).not.toBeNull();
  await keep.close();

  // Where there is no newer vault, a person has to say so, and the ledger says what is missing.
  await both.stop();
  await putBack();
  await expect(open()).rejects.toThrow(/restore --accept-vault/);
  await acceptOldVault(options, options.databaseUrl);
  keep = await open();
  expect([await profiles(), await restored()]).toEqual([[gone], 1]);
});

test("an act noted since the last beat is enough to find out a vault that was put back with its data", async () => {
  const both = await startOutside();
  const { open } = await upheldOn(both, both);
  const keep = await open();
  const gone = await addTechnician(keep, "Last Minute Lou");
  await both.baseCopy();
  const moment = await both.moment();
  await erase(keep, gone);
  // As after a kill, no beat follows.
  await both.stop();
  await both.putBack(moment);
  await both.start();
  await both.resume();
  await expect(open()).rejects.toThrow(/vault is an older copy/);
});

test("a data folder whose databases are both new and empty says so", async () => {
  const both = await startOutside();
  const { open } = await upheldOn(both, both);
  await (await open()).close();
  await both.emptyDatabase("its_data");
  await both.emptyDatabase("its_vault");
  await expect(open()).rejects.toThrow(/Data and vault are new and empty/);
});
