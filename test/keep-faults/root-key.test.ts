// The exchange of the root key, whole and cut short (K3): on clusters of its own, since the roles' passwords follow the key.
import { copyFile, readdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test, vi } from "vitest";
import { withVault } from "../../src/keep/backup/with-vault.ts";
import { expectRootKey, openDataFolder } from "../../src/keep/data-folder.ts";
import { withClient } from "../../src/keep/place.ts";
import { makeNextRootKey, openRootKey, rootKeyWithId } from "../../src/keep/root-key.ts";
import { rotateRootKey } from "../../src/keep/rotate-root-key.ts";
import { openEpochs } from "../../src/keep/vault/epochs.ts";
import { halvesIn } from "../../src/keep/vault/halves.ts";
import { addTechnician } from "../walls/people.ts";
import { newFolder, type Folder } from "./own-clusters.ts";

// Each of these starts and ends clusters several times.
vi.setConfig({ testTimeout: 180_000 });

const keyIn = ({ dataDir }: Folder): string => path.join(dataDir, "root.key");

/** As the command does it, whether the service runs or not. */
const rotate = (folder: Folder): Promise<string> =>
  withVault(folder.vaultOptions, ({ vaultPlace }) =>
    rotateRootKey({ vaultPlace, dataDir: folder.dataDir, source: keyIn(folder), env: "test" }),
  );

const rootKeyOf = async (folder: Folder) =>
  (await openDataFolder(folder.dataDir, keyIn(folder), "test")).rootKey;

test("the root key is exchanged while the service runs, and the old one opens nothing any more", async () => {
  const folder = await newFolder();
  const keep = await folder.open();
  const subject = await addTechnician(keep, "Rotating Rosa");
  const before = await keep.vault.secret("ledger-signing");
  const oldKey = path.join(folder.dataDir, "..", "old.key");
  await copyFile(keyIn(folder), oldKey);
  await rotate(folder);
  expect(await keep.vault.keyOf(subject)).not.toBeNull();
  expect(await keep.vault.secret("ledger-signing")).toEqual(before);
  const late = await keep.vault.secret("made after the exchange");
  await keep.close();
  const again = await folder.open();
  expect(await again.vault.keyOf(subject)).not.toBeNull();
  expect(await again.vault.secret("made after the exchange")).toEqual(late);
  await again.close();
  await expect(folder.open({ rootKeyFile: oldKey })).rejects.toThrow(/not the root key that/);
  const old = (await openRootKey(oldKey, false)).derive("vault");
  await withVault(folder.vaultOptions, ({ vaultPlace }) =>
    withClient(vaultPlace, (client) =>
      expect(openEpochs(client, old, halvesIn(folder.dataDir))).rejects.toThrow(/not open the vault/),
    ),
  );
});

test("an exchange that was killed before the vault was put under the new key is undone by the next start", async () => {
  const folder = await newFolder();
  await (await folder.open()).close();
  await expectRootKey(folder.dataDir, await rootKeyOf(folder), await makeNextRootKey(keyIn(folder)));
  await (await folder.open()).close();
  expect(await readdir(folder.dataDir)).not.toContain("root.key.next");
  await rotate(folder);
  await (await folder.open()).close();
});

test("an exchange that was killed after that is ended by the next start", async () => {
  const folder = await newFolder();
  await (await folder.open()).close();
  const marked = path.join(folder.dataDir, "upheld.json");
  const [key, mark] = [await readFile(keyIn(folder)), await readFile(marked)];
  const rootKey = await rootKeyOf(folder);
  const id = await rotate(folder);
  // As it was when the vault had just been put under it: both keys lie there, and the folder expects the new one.
  await rename(keyIn(folder), `${keyIn(folder)}.next`);
  await writeFile(keyIn(folder), key);
  await writeFile(marked, mark);
  await expectRootKey(folder.dataDir, rootKey, await rootKeyWithId(keyIn(folder), id));
  await (await folder.open()).close();
  expect((await openRootKey(keyIn(folder), false)).id).toBe(id);
});
