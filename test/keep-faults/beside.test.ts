// A command that has started a database and ends leaves it to the service that was started meanwhile (K1).
import { expect, test, vi } from "vitest";
import { withData } from "../../src/cli/with-data.ts";
import { readConfig } from "../../src/config.ts";
import { withVault } from "../../src/keep/backup/with-vault.ts";
import { readPidFile, whoHas } from "../../src/keep/cluster/pid-file.ts";
import type { Keep } from "../../src/keep/keep.ts";
import { addTechnician } from "../walls/people.ts";
import { newFolder } from "./own-clusters.ts";

vi.setConfig({ testTimeout: 60_000 });

test("a service that is started while a command is at work goes on when that ends; with no service, what a command started is stopped", async () => {
  const folder = await newFolder();
  const config = readConfig({ UPHELD_DATA: folder.dataDir, UPHELD_ENV: "test" }, process.cwd());
  const run = async (meanwhile: () => Promise<unknown>) =>
    withVault(folder.vaultOptions, () => withData(config, meanwhile));
  const running = async () =>
    Promise.all(
      ["pg", "vault"].map(async (which) => {
        const cluster = `${folder.dataDir}/${which}/cluster`;
        return whoHas((await readPidFile(cluster))?.pid ?? 0, cluster);
      }),
    );
  await run(() => Promise.resolve());
  expect(await running()).toEqual(["free", "free"]);
  const started: Keep[] = [];
  await run(async () => started.push(await folder.open()));
  for (const keep of started) {
    expect(await keep.vault.keyOf(await addTechnician(keep, "Besides Bea"))).not.toBeNull();
    await keep.close();
  }
  expect([started.length, await running()]).toEqual([1, ["free", "free"]]);
});
