// The tables of the service itself: what it published, what runs, what was done, how often something was tried. Nobody owns a row.
import { bytes, generated, instant, int, long, text, type Table } from "./register.ts";

/** Numbers are shared with those in tables.ts: take the next that is free in both. */
export const serviceTables = {
  ledger: {
    number: 12,
    name: "ledger",
    key: ["seq"],
    columns: {
      seq: long(1),
      entry: text(2),
      hash: bytes(3),
      signature: bytes(4),
    },
    grants: {
      door: ["select", "insert"],
      room: ["select", "insert"],
      site: ["select", "insert"],
      desk: ["select", "insert"],
      mail: ["select", "insert"],
      end: ["select", "insert"],
    },
  },
  ledger_head: {
    number: 13,
    name: "ledger_head",
    key: ["one"],
    columns: { one: int(1), seq: long(2), hash: bytes(3) },
    grants: {
      door: ["select", "update"],
      room: ["select", "update"],
      site: ["select", "update"],
      desk: ["select", "update"],
      mail: ["select", "update"],
      end: ["select", "update"],
    },
  },
  document: {
    number: 14,
    name: "document",
    key: ["id", "version"],
    columns: {
      id: text(1),
      version: int(2),
      title: text(3),
      body: text(4),
      digest: bytes(5),
      published_at: instant(6),
    },
    grants: { door: ["select"], site: ["select"], desk: ["select"] },
  },
  purpose_bit: {
    number: 15,
    name: "purpose_bit",
    key: ["bit"],
    columns: { bit: generated(int(1)), purpose: text(2) },
    grants: {},
  },
  installation: {
    number: 16,
    name: "installation",
    key: ["name"],
    columns: { name: text(1), value: text(2) },
    grants: {},
  },
  activation: {
    number: 17,
    name: "activation",
    key: ["number"],
    columns: {
      number: int(1),
      policy: text(2),
      version: int(3),
      digest: bytes(4),
      at: instant(5),
      effective: instant(6),
      notice_days: int(7),
      waits: text(8),
    },
    grants: { site: ["select"], desk: ["select"], end: ["select"] },
  },
  tries: {
    number: 25,
    name: "tries",
    key: ["key"],
    columns: { key: bytes(1), count: int(2), ends_at: instant(3) },
    grants: { door: ["select", "insert", "update"], end: ["select", "delete"] },
  },
} as const satisfies Readonly<Record<string, Table>>;
