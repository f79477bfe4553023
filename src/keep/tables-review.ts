// The tables of what people ask about their data and what they are told of it; part of the register, under the same rules (R1, R4, R5).
import { holds, instant, nullable, sealed, text, unshown, uuid, type Table } from "./register.ts";

export const reviewTables = {
  rights_request: {
    number: 50,
    name: "rights_request",
    owner: "subject",
    key: ["id"],
    at: "rights-request",
    starts: { "case-closed": { column: "done_at" } },
    columns: {
      id: uuid(1),
      subject: uuid(2),
      kind: holds(text(3), ["request"]),
      state: text(4),
      asked_at: instant(5),
      due_at: instant(6),
      zone: text(7),
      calendar: text(8),
      place: text(9),
      done_at: nullable(instant(10)),
      words: nullable(sealed(11, ["request"])),
    },
    grants: { desk: ["select", "insert", "update"], end: ["select", "update", "delete"] },
  },
  look: {
    number: 55,
    name: "look",
    owner: "subject",
    writtenBy: "staff",
    key: ["id"],
    at: "look",
    starts: { collected: { column: "at" } },
    columns: {
      id: uuid(1),
      subject: uuid(2),
      staff: unshown(uuid(3)),
      at: holds(instant(4), ["looks"]),
      role: holds(text(5), ["looks"]),
      purpose: holds(text(6), ["looks"]),
      categories: holds(text(7), ["looks"]),
      page: holds(text(8), ["looks"]),
    },
    grants: { desk: ["select", "insert"], end: ["select", "delete"] },
  },
} as const satisfies Readonly<Record<string, Table>>;
