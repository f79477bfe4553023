// What rests, without a server before it: databases of one's own, cloned from the template.
import { randomUUID } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import type pg from "pg";
import { inject } from "vitest";
import type { KeepOptions } from "../src/keep/keep.ts";
import type { PolicyForKeep } from "../src/keep/put-in-force.ts";
import { placeOfSocket, schema, vaultSchema, withClient, type Place } from "../src/keep/place.ts";
import { copyHalves } from "../src/keep/vault/halves.ts";
import { keepPolicy, readPolicy } from "../src/policy-file.ts";
import { roomReplays } from "../src/replays.ts";
import { urlOf } from "./place.ts";

export type TestData = {
  name: string;
  dataDir: string;
  dataUrl: string;
  vaultUrl: string;
  ownerPlace: Place;
  asOwner<T>(act: (client: pg.Client) => Promise<T>): Promise<T>;
  asVault<T>(act: (client: pg.Client) => Promise<T>): Promise<T>;
};

const superuser = (which: "data" | "vault", database?: string): Place => {
  const place = inject("place");
  const { socketDir, port } = place[which];
  const inSchema = which === "data" ? schema : vaultSchema;
  return { ...placeOfSocket(socketDir, port, place.password, inSchema), ...(database ? { database } : {}) };
};

/** Clones both templates; the names are the same in both clusters. */
export const cloneData = async (): Promise<TestData> => {
  const place = inject("place");
  const name = `t_${randomUUID().replaceAll("-", "")}`;
  for (const which of ["data", "vault"] as const)
    await withClient(superuser(which), (client) =>
      client.query(`create database ${name} template template_upheld`),
    );
  // A vault belongs with the halves of its epoch keys, which lie outside of it.
  const dataDir = path.join(place.folder, name);
  await mkdir(dataDir, { recursive: true });
  await copyHalves(path.dirname(place.rootKeyFile), dataDir);
  return {
    name,
    dataDir,
    dataUrl: urlOf(place, "data", name),
    vaultUrl: urlOf(place, "vault", name),
    ownerPlace: superuser("data", name),
    asOwner: (act) => withClient(superuser("data", name), act),
    asVault: (act) => withClient(superuser("vault", name), act),
  };
};

const read = new Map<string, PolicyForKeep>();

/** To read a policy takes as long as to open what rests under it: once for each text is enough. */
const policyIn = async (file: string): Promise<PolicyForKeep> => {
  const text = await readFile(file, "utf8");
  const known = read.get(text) ?? keepPolicy((await readPolicy(file)).policy);
  read.set(text, known);
  return known;
};

/** Options as `main` would give them, for the policy file that runs. */
export const keepOptions = async (
  data: Pick<TestData, "dataDir" | "dataUrl" | "vaultUrl">,
  policyFile = "policies/selmo.yaml",
): Promise<KeepOptions> => {
  return {
    dataDir: data.dataDir,
    rootKeyFile: inject("place").rootKeyFile,
    backupPlace: null,
    vaultCopyPlace: null,
    databaseUrl: data.dataUrl,
    vaultUrl: data.vaultUrl,
    env: "test",
    migrations: path.resolve("src/keep/migrations"),
    policy: await policyIn(policyFile),
    progress: () => undefined,
    prepare: () => Promise.resolve(),
    replays: roomReplays,
  };
};
