// The tables of what follows from a correction, and of reports that somebody is a child, and of preferences; part of the register (R2, D3, C11).
import { apart, holds, instant, nullable, sealed, text, uuid, type Table } from "./register.ts";

export const correctTables = {
  telling: {
    number: 65,
    name: "telling",
    owner: "subject",
    key: ["id"],
    at: "disclosure",
    starts: { collected: { column: "owed_at" } },
    columns: {
      id: uuid(1),
      subject: uuid(2),
      recipient: holds(text(3), ["disclosure"]),
      state: holds(text(4), ["disclosure"]),
      owed_at: instant(5),
      told_at: nullable(instant(6)),
      record: sealed(7, ["disclosure"]),
    },
    grants: { desk: ["select", "insert", "update"], end: ["select", "delete"] },
  },
  preference: {
    number: 67,
    name: "preference",
    owner: "subject",
    key: ["subject"],
    at: "profile",
    starts: { collected: { column: "changed_at" } },
    columns: {
      subject: uuid(1),
      changed_at: holds(instant(2), ["preferences"]),
      chosen: apart(sealed(3, ["preferences"]), ["preferences"]),
    },
    grants: { door: ["select", "insert", "update"], desk: ["select", "update"], end: ["select", "delete"] },
  },
  child_report: {
    number: 66,
    name: "child_report",
    owner: "subject",
    key: ["id"],
    at: "rights-request",
    starts: { "case-closed": { column: "decided_at" } },
    columns: {
      id: uuid(1),
      subject: uuid(2),
      place: text(3),
      reported_at: holds(instant(4), ["child-report"]),
      decided_at: nullable(instant(5)),
      words: nullable(sealed(6, ["child-report"])),
    },
    grants: { desk: ["select", "insert", "update"], end: ["select", "update", "delete"] },
  },
} as const satisfies Readonly<Record<string, Table>>;
