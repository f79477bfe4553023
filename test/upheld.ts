// A running Upheld of one's own, on databases cloned from the template.
import { randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { inject } from "vitest";
import { readConfig, type Config } from "../src/config.ts";
import type { Line } from "../src/http/log.ts";
import { clockFile } from "../src/keep/clock.ts";
import { placeOfSocket, schema, withClient } from "../src/keep/place.ts";
import { startUpheld, type Upheld } from "../src/main.ts";
import { urlOf } from "./place.ts";

export type TestUpheld = Upheld & {
  config: Config;
  /** Every line that was logged. */
  lines: Line[];
  /** Connects to the data as the migrating role. */
  asOwner<T>(act: (client: pg.Client) => Promise<T>): Promise<T>;
  /** Connects to the vault. */
  asVault<T>(act: (client: pg.Client) => Promise<T>): Promise<T>;
  moveClock(days: number): Promise<void>;
  /** Stops the service and starts it again on the same data. */
  restart(): Promise<TestUpheld>;
};

const clone = async (which: "data" | "vault", name: string): Promise<void> => {
  const place = inject("place");
  const { socketDir, port } = place[which];
  await withClient(placeOfSocket(socketDir, port, place.password), (client) =>
    client.query(`create database ${name} template template_upheld`),
  );
};

const connectTo =
  (which: "data" | "vault", database: string) =>
  <T>(act: (client: pg.Client) => Promise<T>): Promise<T> => {
    const place = inject("place");
    const { socketDir, port } = place[which];
    return withClient({ ...placeOfSocket(socketDir, port, place.password), database }, act);
  };

const run = async (config: Config, name: string): Promise<TestUpheld> => {
  const lines: Line[] = [];
  const upheld = await startUpheld(config, {
    log: (line) => void lines.push(line),
    progress: () => undefined,
  });
  let running = true;
  return {
    ...upheld,
    config,
    lines,
    asOwner: connectTo("data", name),
    asVault: connectTo("vault", name),
    moveClock: async (days) => {
      await mkdir(config.dataDir, { recursive: true });
      await writeFile(path.join(config.dataDir, clockFile), String(days * 86_400_000));
    },
    stop: async () => {
      if (running) await upheld.stop();
      running = false;
    },
    restart: async () => {
      if (running) await upheld.stop();
      running = false;
      return run({ ...config, port: upheld.port }, name);
    },
  };
};

/** Starts one; settings go in as they would in the environment. */
export const startForTest = async (settings: Record<string, string> = {}): Promise<TestUpheld> => {
  const place = inject("place");
  const name = `t_${randomUUID().replaceAll("-", "")}`;
  await clone("data", name);
  await clone("vault", name);
  const config = readConfig(
    {
      PORT: "0",
      UPHELD_ENV: "test",
      UPHELD_DATA: path.join(place.folder, name),
      UPHELD_ROOT_KEY_FILE: place.rootKeyFile,
      DATABASE_URL: urlOf(place, "data", name),
      UPHELD_VAULT_URL: urlOf(place, "vault", name),
      ...settings,
    },
    process.cwd(),
  );
  return run(config, name);
};

export { schema };
