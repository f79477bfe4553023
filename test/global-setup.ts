// One pair of real PostgreSQL clusters for all tests: each test file gets databases cloned from a template.
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { readConfig } from "../src/config.ts";
import { openCluster } from "../src/keep/cluster/open-cluster.ts";
import { placeOfSocket, withClient } from "../src/keep/place.ts";
import { startUpheld } from "../src/main.ts";
import { urlOf, type TestPlace } from "./place.ts";

declare module "vitest" {
  export interface ProvidedContext {
    place: TestPlace;
  }
}

const superuserPassword = "tests only";
const quiet = { log: () => undefined, progress: () => undefined };

const openBoth = async (folder: string) => {
  const open = (which: string) =>
    openCluster({
      dir: path.join(folder, which),
      superuserPassword,
      progress: () => undefined,
      settings: { max_connections: "300" },
    });
  return { data: await open("pg"), vault: await open("vault") };
};

/** The template is a real first start, so that tests clone what users get. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), "upheld-test-"));
  // As root PostgreSQL runs as another user, who has to reach its folder.
  await chmod(folder, 0o755);
  const { data, vault } = await openBoth(folder);
  const place: TestPlace = {
    folder,
    rootKeyFile: path.join(folder, "template", "root.key"),
    data: { socketDir: data.socketDir, port: data.port },
    vault: { socketDir: vault.socketDir, port: vault.port },
    password: superuserPassword,
  };
  for (const which of ["data", "vault"] as const) {
    const { socketDir, port } = place[which];
    await withClient(placeOfSocket(socketDir, port, superuserPassword), (client) =>
      client.query("create database template_upheld"),
    );
  }
  const config = readConfig(
    {
      PORT: "0",
      UPHELD_ENV: "test",
      UPHELD_DATA: path.join(folder, "template"),
      DATABASE_URL: urlOf(place, "data", "template_upheld"),
      UPHELD_VAULT_URL: urlOf(place, "vault", "template_upheld"),
    },
    process.cwd(),
  );
  const upheld = await startUpheld(config, quiet);
  await upheld.stop();
  project.provide("place", place);
  return async () => {
    await Promise.all([data.stop(), vault.stop()]);
    await rm(folder, { recursive: true, force: true });
  };
}
