// Brings the tables to what the register says, and the row policies to what the policy says, before anything is opened for the rooms (K3, K6).
import type { Client } from "pg";
import { checkRegister, compareRegister } from "./compare-register.ts";
import type { RoleNeeds } from "./install-roles.ts";
import type { KeepOptions } from "./keep.ts";
import { migrate } from "./migrate.ts";
import { asGroup, withClient, type Place } from "./place.ts";
import { putInForce, type Put, type PutNeeds } from "./put-in-force.ts";
import type { Group } from "./register.ts";
import type { RootKey } from "./root-key.ts";
import { StartError } from "./start-error.ts";
import { everyTable } from "./tables.ts";

const refuseDifferences = (faults: readonly string[]): void => {
  if (faults.length === 0) return;
  throw new StartError(
    "register-differs",
    `The database is not what the register declares. Undo what was changed by hand:\n${faults.map((f) => `  - ${f}`).join("\n")}`,
  );
};

export const rolesUnder = (rootKey: RootKey, place: Place): RoleNeeds => {
  const passwordOf = (group: Group): string => rootKey.derive(`role:${group}`).toString("hex");
  return {
    passwordOf,
    canLogIn: (group) =>
      withClient(asGroup(place, group, passwordOf(group)), () => Promise.resolve(true)).catch(() => false),
  };
};

export const buildWalls = async (
  { migrations, policy, prepare, progress }: KeepOptions,
  client: Client,
  needs: Pick<PutNeeds, "clock" | "roles" | "keyId">,
): Promise<Put> => {
  await migrate(client, migrations);
  refuseDifferences([
    ...checkRegister(everyTable),
    ...(await compareRegister((text, values) => client.query(text, values), everyTable)),
  ]);
  // A start that is refused here has changed no rule yet.
  const put = await putInForce(client, { ...needs, policy, prepare });
  if (put.wrote) progress("Row policies written from the policy file.");
  return put;
};
