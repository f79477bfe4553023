// A flipped byte, wherever it lies: found, named, and never read as if it were right (K1, K3, K5).
import { link, open, readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Client } from "pg";
import { expect, inject, test, vi } from "vitest";
import { clock } from "../../src/cli/clock.ts";
import { restore } from "../../src/cli/restore.ts";
import { lineOfFault } from "../../src/http/log.ts";
import { listBases } from "../../src/keep/backup/base-copy.ts";
import { checkRestored } from "../../src/keep/backup/check-restored.ts";
import { createBackups } from "../../src/keep/backup/look-after.ts";
import { prune } from "../../src/keep/backup/prune.ts";
import { openStore } from "../../src/keep/backup/store.ts";
import type { Keep } from "../../src/keep/keep.ts";
import { openKeep } from "../../src/keep/open-keep.ts";
import { withClient } from "../../src/keep/place.ts";
import { halvesFile, halvesIn } from "../../src/keep/vault/halves.ts";
import { service } from "../../src/policy/rows.ts";
import { runCommand } from "../command.ts";
import { cloneData, keepOptions } from "../keep.ts";
import { addPeople } from "../walls/people.ts";
import { newFolder, runningPlace } from "./own-clusters.ts";

vi.setConfig({ testTimeout: 180_000 });

const flip = async (file: string, at: number): Promise<void> => {
  const handle = await open(file, "r+");
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, at);
  await handle.write(Buffer.from([(buffer[0] ?? 0) ^ 1]), 0, 1, at);
  await handle.close();
};

const profiles = (keep: Keep) =>
  keep.databases.end({ actor: service, purpose: "end-data" }, (data) =>
    data.selectFrom("profile").selectAll().execute(),
  );

test("in a page of a table: PostgreSQL refuses to read it, the log names it, and so does a rehearsal", async () => {
  const folder = await newFolder();
  let keep = await folder.open();
  await addPeople(keep);
  const file = await withClient(await runningPlace(folder, "data"), async (client) => {
    const { rows } = await client.query<{ file: string }>("select pg_relation_filepath('profile') as file");
    return rows[0]?.file ?? "";
  });
  await keep.close();
  const table = path.join(folder.dataDir, "pg", "cluster", file);
  await flip(table, (await stat(table)).size - 20);
  keep = await folder.open();
  const fault: unknown = await profiles(keep).catch((thrown: unknown) => thrown);
  expect(lineOfFault(fault).code).toMatch(/^invalid page in block 0 of relation/);
  const keyOf = (subject: string) => keep.vault.keyOf(subject);
  const publicKey = keep.ledger.publicKey;
  // As a rehearsal looks at what it has restored.
  const { faults } = await withClient(await runningPlace(folder, "data"), (client) =>
    checkRestored({ client, keyOf, publicKey }),
  );
  expect(faults.join()).toMatch(/profile: invalid page in block 0/);
});

test("in what the data folder says of itself, in the root key, and in the half of the vault's key: each stops the start", async () => {
  const folder = await newFolder();
  const { dataDir } = folder;
  const damaged = async (name: string, change: (text: string) => string, says: RegExp) => {
    const file = path.join(dataDir, name);
    const before = await readFile(file, "utf8");
    await writeFile(file, change(before));
    await expect(folder.open()).rejects.toThrow(says);
    await writeFile(file, before);
  };
  await damaged("last-seen.json", (text) => text.replace("{", "["), /last-seen\.json is damaged.*delete it/);
  await damaged(
    "upheld.json",
    (text) => text.replace("{", "["),
    /upheld\.json is damaged.*original file back/,
  );
  const digit = (text: string, at: number) =>
    text.slice(0, at) + (text[at] === "0" ? "1" : "0") + text.slice(at + 1);
  await damaged("root.key", (text) => digit(text, 10), /is not the root key that/);
  await damaged(halvesFile, (text) => digit(text, 20), /half in vault-epochs\.key do not open the vault/);
  await damaged(halvesFile, (text) => text.slice(0, 20), /vault-epochs\.key is damaged/);
  await (await folder.open()).close();
});

test("in what data and vault remember of the clock and of each other: each stops the start with the way out, and that leads out", async () => {
  const data = await cloneData();
  const open = async (): Promise<void> => (await openKeep(await keepOptions(data))).close();
  await open();
  const remember = (which: "data" | "vault", name: string, value: string) => {
    const write = (client: Client) =>
      client.query(
        "insert into installation values ($1, $2) on conflict (name) do update set value = excluded.value",
        [name, value],
      );
    return which === "vault" ? data.asVault(write) : data.asOwner(write);
  };
  const environment = {
    UPHELD_ENV: "test",
    UPHELD_DATA: data.dataDir,
    UPHELD_ROOT_KEY_FILE: inject("place").rootKeyFile,
    DATABASE_URL: data.dataUrl,
    UPHELD_VAULT_URL: data.vaultUrl,
  };
  for (const damaged of ["{", '{"clock":"x","boot":"one","seconds":1}']) {
    await remember("vault", "clock", damaged);
    await expect(open()).rejects.toThrow(
      /"clock" .* is damaged\. .*upheld clock --right\. .*upheld restore --vault/,
    );
  }
  expect(await runCommand(clock, ["--right"], { environment })).toMatchObject({ code: 0 });
  await open();
  await remember("vault", "seen", '{"beat":1,');
  await expect(open()).rejects.toThrow(/"seen" .* is damaged\. .*restore --vault; .*--accept-vault/);
  expect(await runCommand(restore, ["--accept-vault"], { environment })).toMatchObject({ code: 0 });
  await open();
  for (const [name, value] of [
    ["beat", "1x"],
    ["replayed", "-1"],
  ] as const) {
    await remember("data", name, value);
    await expect(open()).rejects.toThrow(
      `"${name}" (in its table installation) is damaged. Put the data back`,
    );
    await remember("data", name, "0");
  }
});

test("a half that was being replaced when everything was killed is there, and the one that was to go goes", async () => {
  const folder = await newFolder();
  const file = path.join(folder.dataDir, halvesFile);
  const whole = await readFile(file, "utf8");
  const halves = halvesIn(folder.dataDir);
  const names = async () => (await readdir(folder.dataDir)).filter((name) => name.startsWith(halvesFile));
  // The new one written beside, the old one under two names.
  await writeFile(`${file}.next`, "{");
  await link(file, `${file}.old`);
  await halves.settle();
  expect([await readFile(file, "utf8"), await names()]).toEqual([whole, [halvesFile]]);
  // The new one in place, the old one not destroyed yet.
  await writeFile(`${file}.old`, "old");
  await halves.settle();
  expect([await readFile(file, "utf8"), await names()]).toEqual([whole, [halvesFile]]);
  // As an earlier Upheld could leave it: none in place.
  await rename(file, `${file}.old`);
  await (await folder.open()).close();
  expect([await readFile(file, "utf8"), await names()]).toEqual([whole, [halvesFile]]);
});

test("by a clock that is ahead no copy is removed, however old it would be by it", async () => {
  const folder = await newFolder();
  const keep = await folder.open();
  await keep.backups?.takeNow();
  const key = await keep.vault.secret("backup");
  const place = await runningPlace(folder, "data");
  const later = new Date(Date.now() + 400 * 86_400_000);
  const backups = createBackups({
    place,
    ...{ dataDir: folder.dataDir, backupPlace: folder.backupDir, key, days: () => 30 },
    clusterDir: path.join(folder.dataDir, "pg", "cluster"),
    spool: path.join(folder.dataDir, "pg", "spool"),
    clock: () => later,
    isAhead: () => true,
    endLeftOver: () => Promise.resolve(),
    isBusy: () => false,
    progress: () => undefined,
  });
  await backups.takeNow();
  const store = openStore(folder.backupDir, key);
  expect(await listBases(store)).toHaveLength(2);
  expect(await prune(store, later, 30)).toHaveLength(1);
});

test("one of the two databases that can't start is named, and is left as it is", async () => {
  const folder = await newFolder();
  for (const which of ["pg", "vault"]) {
    const file = path.join(folder.dataDir, which, "cluster", "global", "pg_control");
    await rename(file, `${file}.away`);
    await expect(folder.open()).rejects.toThrow(`The database in ${path.join(folder.dataDir, which)}`);
    await rename(`${file}.away`, file);
  }
  await (await folder.open()).close();
});
