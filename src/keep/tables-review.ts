// The tables of what people ask about their data; part of the register, under the same rules (R4, R5).
import { holds, instant, nullable, sealed, text, uuid, type Table } from "./register.ts";

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
} as const satisfies Readonly<Record<string, Table>>;
