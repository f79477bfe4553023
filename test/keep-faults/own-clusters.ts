// A data folder with embedded clusters of its own, as an operator has it, opened without a server before it.
import { execFile } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, onTestFinished } from "vitest";
import type { VaultOptions } from "../../src/keep/backup/with-vault.ts";
import type { CopyPlace } from "../../src/keep/copy-place.ts";
import { openDataFolder } from "../../src/keep/data-folder.ts";
import type { Keep, KeepOptions } from "../../src/keep/keep.ts";
import { openKeep } from "../../src/keep/open-keep.ts";
import { placeOfSocket, schema, vaultSchema, type Place } from "../../src/keep/place.ts";
import { keepPolicy, readPolicy } from "../../src/policy-file.ts";
import { roomReplays } from "../../src/replays.ts";

export type Folder = {
  dataDir: string;
  backupPlace: CopyPlace;
  /** The folder that it is, unless a test names another. */
  backupDir: string;
  vaultCopyPlace: string;
  /** What a command would open the vault with. */
  vaultOptions: VaultOptions;
  open(more?: Partial<KeepOptions>): Promise<Keep>;
};

const migrations = path.resolve("src/keep/migrations");

/** Made once for a test file: making clusters takes longer than copying them. */
let template: Promise<string> | null = null;

const makeTemplate = async (open: (dataDir: string) => Promise<Keep>): Promise<string> => {
  const parent = mkdtempSync(path.join(tmpdir(), "upheld-keep-"));
  chmodSync(parent, 0o711);
  const dataDir = path.join(parent, "data");
  await (await open(dataDir)).close();
  return dataDir;
};

afterAll(async () => {
  if (template) rmSync(path.dirname(await template), { recursive: true, force: true });
});

const run = promisify(execFile);

/** A new one; what was opened in it is closed, and all of it removed, when the test is over. */
export const newFolder = async (policyFile = "policies/selmo.yaml"): Promise<Folder> => {
  const parent = mkdtempSync(path.join(tmpdir(), "upheld-keep-"));
  // PostgreSQL runs as another user when tests run as root, and has to reach its folder.
  chmodSync(parent, 0o711);
  const dataDir = path.join(parent, "data");
  const backupDir = path.join(parent, "backup");
  const vaultCopyPlace = path.join(parent, "vault-copy");
  const opened: Keep[] = [];
  onTestFinished(async () => {
    for (const keep of opened) await keep.close();
    rmSync(parent, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  });
  const { policy } = await readPolicy(policyFile);
  const common = {
    dataDir,
    rootKeyFile: path.join(dataDir, "root.key"),
    vaultUrl: null,
    env: "test" as const,
    migrations,
    progress: () => undefined,
  };
  const openIn = (where: string, more: Partial<KeepOptions>): Promise<Keep> =>
    openKeep({
      ...common,
      dataDir: where,
      rootKeyFile: path.join(where, "root.key"),
      backupPlace: backupDir,
      vaultCopyPlace,
      databaseUrl: null,
      policy: keepPolicy(policy),
      prepare: () => Promise.resolve(),
      replays: roomReplays,
      ...more,
    });
  template ??= makeTemplate((where) => openIn(where, {}));
  await run("cp", ["-a", await template, dataDir]);
  return {
    dataDir,
    backupPlace: backupDir,
    backupDir,
    vaultCopyPlace,
    vaultOptions: common,
    async open(more = {}) {
      const keep = await openIn(dataDir, more);
      opened.push(keep);
      return keep;
    },
  };
};

/** A running cluster of the folder's, as its superuser, by its socket. */
export const runningPlace = async ({ dataDir }: Folder, which: "data" | "vault"): Promise<Place> => {
  const { rootKey } = await openDataFolder(dataDir, path.join(dataDir, "root.key"), "test");
  const dir = path.join(dataDir, which === "data" ? "pg" : "vault");
  const [socket = ""] = readdirSync(dir).filter((name) => name.startsWith("run-"));
  const password = rootKey.derive(`cluster:${which}`).toString("hex");
  return placeOfSocket(path.join(dir, socket), 5432, password, which === "data" ? schema : vaultSchema);
};
