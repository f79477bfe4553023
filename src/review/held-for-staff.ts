// What one of the staff is shown of a person who wrote in: in an open case alone, kind by kind as the policy lets their role look, each look noted (R7, K3).
import type { Data } from "../keep/database.ts";
import type { NoteLook } from "../keep/look.ts";
import type { Pieces } from "../keep/pieces.ts";
import { service } from "../policy/rows.ts";
import { categoriesIn } from "./held-facts.ts";
import { countRows, openRow, ownedBy, ownRows } from "./held-rows.ts";
import { heldTables, type HeldTable } from "./held-tables.ts";
import { purpose } from "./needs.ts";
import type { RequestKind } from "./open-request.ts";
import type { HeldRow } from "./open-rows.ts";
import { lookingAs, type StaffNeeds } from "./staff.ts";

export type Viewer = { subject: string; roles: readonly string[] };

export type OpenCase = {
  id: string;
  kind: RequestKind;
  state: string;
  askedAt: Date;
  dueAt: Date;
  zone: string;
};

export type StaffView = {
  status: string;
  cases: OpenCase[];
  /** Empty where no case is open. */
  parts: { held: HeldTable; count: number; rows: HeldRow[] }[];
};

type Needs = StaffNeeds & { pieces: Pieces; noteLook: NoteLook };

const newest = 10;

/** Kinds of data by the role in which the viewer may look at them. */
const visible = (needs: Needs, roles: readonly string[]): Map<string, string> => {
  const { policy } = needs.compiled;
  const kinds = new Set(heldTables.flatMap((held) => categoriesIn(policy, held)));
  return new Map(
    [...kinds].flatMap((category) => {
      const role = lookingAs(needs, roles, [category], purpose);
      return role === null ? [] : [[category, role] as const];
    }),
  );
};

const casesOf = async (data: Data, subject: string): Promise<OpenCase[]> => {
  const rows = await data
    .selectFrom("rights_request")
    .select(["id", "kind", "state", "asked_at", "due_at", "zone"])
    .where("subject", "=", subject)
    .where("done_at", "is", null)
    .orderBy("due_at")
    .execute();
  return rows.map(({ kind, asked_at, due_at, ...row }) => ({
    ...row,
    kind: kind as RequestKind,
    askedAt: asked_at,
    dueAt: due_at,
  }));
};

/** Without the values that no role of the viewer's may see. */
const shownTo = (may: ReadonlyMap<string, string>, { fields }: HeldTable, row: HeldRow): HeldRow => {
  const names = new Set(
    fields.filter(({ category }) => category === null || may.has(category)).map(({ name }) => name),
  );
  return {
    ...row,
    values: Object.fromEntries(Object.entries(row.values).filter(([name]) => names.has(name))),
    hidden: row.hidden.filter((name) => names.has(name)),
  };
};

/** Null where nobody is there. The looks are noted before anything is opened. */
export const heldForStaff = async (
  needs: Needs,
  { subject: staff, roles }: Viewer,
  subject: string,
  page: string,
): Promise<StaffView | null> => {
  const may = visible(needs, roles);
  const found = await needs.within({ actor: service, purpose }, async (data) => {
    const person = await data
      .selectFrom("subject")
      .select("status")
      .where("id", "=", subject)
      .executeTakeFirst();
    if (!person) return null;
    const cases = await casesOf(data, subject);
    const parts = [];
    const seen = new Set<string>();
    for (const held of cases.length === 0 ? [] : heldTables) {
      const kinds = categoriesIn(needs.compiled.policy, held).filter((category) => may.has(category));
      if (kinds.length === 0) continue;
      const rows = await ownRows(data, held, subject, { skip: 0, most: newest });
      if (rows.length === 0) continue;
      for (const kind of kinds) seen.add(kind);
      parts.push({ held, rows, count: await countRows(data, held, ownedBy(held, subject)) });
    }
    for (const [role, kinds] of Map.groupBy(seen, (kind) => may.get(kind) ?? ""))
      await needs.noteLook(data, { staff, role, about: [subject], purpose, categories: kinds, page });
    return { status: person.status, cases, parts };
  });
  if (!found) return null;
  const parts = await Promise.all(
    found.parts.map(async ({ held, rows, count }) => ({
      held,
      count,
      rows: await Promise.all(
        rows.map(async (row) => shownTo(may, held, await openRow(needs.pieces, held, row, subject))),
      ),
    })),
  );
  return { ...found, parts };
};

export type HeldForStaff = (viewer: Viewer, subject: string, page: string) => Promise<StaffView | null>;
