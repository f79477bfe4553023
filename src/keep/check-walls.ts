// Looks whether the walls stand right now, as a service role can see it (K3): for the desk, and for whoever doubts.
import { randomBytes, randomUUID } from "node:crypto";
import { compareRegister } from "./compare-register.ts";
import { everyTable, tables } from "./tables.ts";
import type { Query } from "./read-ledger.ts";
import { boundTo, seal, unseal } from "./seal.ts";
import { schema } from "./place.ts";

export type WallCheck = { name: string; holds: boolean; about: string };

const register = async (query: Query): Promise<WallCheck> => {
  const differences = await compareRegister(query, everyTable);
  return {
    name: "Register",
    holds: differences.length === 0,
    about: differences[0] ?? "The database has no table or column that is not declared.",
  };
};

const rows = async (query: Query): Promise<WallCheck> => {
  const personal = everyTable.filter(({ owner }) => owner).map(({ name }) => name);
  const found = await query(
    `select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = $1 and relrowsecurity and relforcerowsecurity`,
    [schema],
  );
  const forced = found.rows.map((row) => (row as { relname: string }).relname);
  const open = personal.filter((name) => !forced.includes(name));
  return {
    name: "Rows",
    holds: open.length === 0,
    about: open[0]
      ? `Row security is off on ${open[0]}.`
      : `Row security is forced on all ${personal.length} personal tables.`,
  };
};

const opensAt = (key: Buffer, bound: string, sealed: Buffer): boolean => {
  try {
    return unseal(key, bound, sealed) === "probe";
  } catch {
    return false;
  }
};

/** Seals a probe under a key of its own, and tries it at its place and at another person's. */
const sealing = (): WallCheck => {
  const key = randomBytes(32);
  const place = boundTo(tables.profile, "details", { subject: randomUUID() });
  const elsewhere = boundTo(tables.profile, "details", { subject: randomUUID() });
  const probe = seal(key, place, "probe");
  const holds = opensAt(key, place, probe) && !opensAt(key, elsewhere, probe);
  return {
    name: "Seal",
    holds,
    about: holds
      ? "A sealed value opens at its place, and at nobody else's."
      : "A sealed value opened where it does not belong.",
  };
};

/** The three walls, each tried. */
export const checkWalls = async (query: Query): Promise<WallCheck[]> => [
  await register(query),
  await rows(query),
  sealing(),
];
