// The tables of the ways to sign in beside the password: passkeys, a code app, its backup codes (C3, K8).
import { bytes, holds, instant, long, nullable, sealed, unshown, uuid, type Table } from "./register.ts";

export const signInTables = {
  passkey: {
    number: 26,
    name: "passkey",
    owner: "subject",
    key: ["id"],
    at: "sign-in-ways",
    starts: { collected: { column: "made_at" } },
    columns: {
      id: uuid(1),
      subject: uuid(2),
      made_at: holds(instant(3), ["passkey"]),
      used_at: nullable(holds(instant(4), ["passkey"])),
      counter: long(5),
      secret: unshown(sealed(6, ["passkey"])),
    },
    grants: {
      door: ["select", "insert", "update", "delete"],
      desk: ["select"],
      end: ["select", "update", "delete"],
    },
  },
  code_app: {
    number: 27,
    name: "code_app",
    owner: "subject",
    key: ["subject"],
    at: "sign-in-ways",
    starts: { collected: { column: "made_at" } },
    columns: {
      subject: uuid(1),
      made_at: holds(instant(2), ["second-factor"]),
      last_step: long(3),
      secret: unshown(sealed(4, ["second-factor"])),
    },
    grants: { door: ["select", "insert", "update", "delete"], desk: ["select"], end: ["select", "delete"] },
  },
  backup_code: {
    number: 28,
    name: "backup_code",
    owner: "subject",
    key: ["subject", "hash"],
    at: "sign-in-ways",
    starts: { collected: { column: "made_at" } },
    columns: { subject: uuid(1), hash: bytes(2), made_at: holds(instant(3), ["second-factor"]) },
    grants: { door: ["select", "insert", "delete"], desk: ["select"], end: ["select", "delete"] },
  },
} as const satisfies Readonly<Record<string, Table>>;
