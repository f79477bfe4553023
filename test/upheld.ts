// A running Upheld of one's own, on databases cloned from the template.
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { inject, vi } from "vitest";
import { readConfig, type Config } from "../src/config.ts";
import type { Line } from "../src/http/log.ts";
import { clockFile } from "../src/keep/clock.ts";
import { startUpheld, type Upheld } from "../src/main.ts";
import { cloneData, type TestData } from "./keep.ts";

export type TestUpheld = Upheld & {
  config: Config;
  /** Every line that was logged. */
  lines: Line[];
  /** Connects to the data as the migrating role. */
  asOwner: TestData["asOwner"];
  /** Connects to the vault. */
  asVault: TestData["asVault"];
  /** Sets it to so many days from now, and resolves once the service goes by it. */
  moveClock(days: number): Promise<void>;
  /** Stops the service and starts it again on the same data, with settings that changed. */
  restart(change?: Partial<Config>): Promise<TestUpheld>;
};

const run = async (config: Config, data: TestData): Promise<TestUpheld> => {
  const lines: Line[] = [];
  const upheld = await startUpheld(config, {
    log: (line) => void lines.push(line),
    progress: () => undefined,
  });
  let running = true;
  const stop = async () => {
    if (running) await upheld.stop();
    running = false;
  };
  return {
    ...upheld,
    config,
    lines,
    asOwner: data.asOwner,
    asVault: data.asVault,
    stop,
    moveClock: async (days) => {
      await mkdir(config.dataDir, { recursive: true });
      const offset = Math.round(days * 86_400_000);
      await writeFile(path.join(config.dataDir, clockFile), String(offset));
      await vi.waitUntil(() => Math.abs(upheld.clock().getTime() - Date.now() - offset) < 1_000, 10_000);
    },
    restart: async (change = {}) => {
      await stop();
      return run({ ...config, port: upheld.port, ...change }, data);
    },
  };
};

/** Starts one; settings go in as they would in the environment. `given`: on databases that already hold something. */
export const startForTest = async (
  settings: Record<string, string> = {},
  given?: TestData,
): Promise<TestUpheld> => {
  const data = given ?? (await cloneData());
  const config = readConfig(
    {
      PORT: "0",
      UPHELD_ENV: "test",
      UPHELD_DATA: data.dataDir,
      UPHELD_ROOT_KEY_FILE: inject("place").rootKeyFile,
      DATABASE_URL: data.dataUrl,
      UPHELD_VAULT_URL: data.vaultUrl,
      ...settings,
    },
    process.cwd(),
  );
  return run(config, data);
};
