// The record as Upheld keeps it: under a role, its row policies and the person's own key.
import { randomUUID } from "node:crypto";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { CollectNeeds } from "../../dist/collect/needs.js";
import { registerTechnician } from "../../dist/collect/register-technician.js";
import type { Keep } from "../../dist/keep/keep.js";
import { openKeep } from "../../dist/keep/open-keep.js";
import { tables } from "../../dist/keep/tables.js";
import { keepPolicy, readPolicy } from "../../dist/policy-file.js";
import { purpose } from "../../dist/review/needs.js";
import { roomReplays } from "../../dist/replays.js";
import type { OwnDatabase } from "../parts/databases.ts";
import { detailsOf, userNameOf, type Store } from "./person.ts";

const at = (place: string): string => fileURLToPath(new URL(`../../${place}`, import.meta.url));

/** Builds the walls on two databases, as a start does. */
export const openWalls = async (data: OwnDatabase, vault: OwnDatabase, folder: string): Promise<Keep> => {
  const { policy } = await readPolicy(at("policies/selmo.yaml"));
  const dataDir = path.join(folder, "upheld");
  return openKeep({
    dataDir,
    rootKeyFile: path.join(dataDir, "root.key"),
    backupPlace: null,
    vaultCopyPlace: null,
    databaseUrl: data.url,
    vaultUrl: vault.url,
    env: "production",
    migrations: at("src/keep/migrations"),
    policy: keepPolicy(policy),
    progress: () => undefined,
    prepare: () => Promise.resolve(),
    replays: roomReplays,
  });
};

const needsOf = async ({
  databases,
  pieces,
  ledger,
  vault,
  clock,
  newcomer,
}: Keep): Promise<CollectNeeds> => ({
  within: databases.door,
  pieces,
  ledger,
  vault,
  clock,
  newId: randomUUID,
  newcomer,
  tokenKey: await vault.secret("sign-in-token"),
  queueMail: () => Promise.reject(new Error("nobody is written to here")),
});

const register = async (needs: CollectNeeds, number: number): Promise<string> => {
  const subject = await registerTechnician(needs, {
    kind: "technician",
    userName: userNameOf(number),
    passwordHash: "none",
    details: detailsOf(number, 0),
    network: {},
    agreed: [{ id: "terms", version: 1, digest: Buffer.alloc(32) }],
    page: "/register",
    rules: [],
  });
  if (subject === null) throw new Error(`${userNameOf(number)} is taken`);
  return subject;
};

/** Registers so many people; gives their ids. */
export const registerPeople = async (keep: Keep, persons: number): Promise<string[]> => {
  const needs = await needsOf(keep);
  const subjects: string[] = [];
  for (let number = 0; number < persons; number += 1) subjects.push(await register(needs, number));
  return subjects;
};

export const walledStore = ({ databases, pieces, close }: Keep, subjects: readonly string[]): Store => ({
  async read(number) {
    const actor = subjects[number] ?? "";
    const row = await databases.desk({ actor, purpose }, (data) =>
      data.selectFrom("profile").selectAll().where("subject", "=", actor).executeTakeFirstOrThrow(),
    );
    const { "user-name": userName = "" } = await pieces.open(purpose, tables.profile, "user_name", row);
    return { userName, details: await pieces.open(purpose, tables.profile, "details", row) };
  },
  async write(number, values) {
    const actor = subjects[number] ?? "";
    const details = await pieces.seal(tables.profile, "details", { subject: actor }, values);
    await databases.desk({ actor, purpose }, (data) =>
      data.updateTable("profile").set({ details }).where("subject", "=", actor).execute(),
    );
  },
  close,
});
