// All that is held about a person at one glance: how much of each kind, what the policy says of it, who got it, who looked (R1, D2).
import type { Data } from "../keep/database.ts";
import { purposesOf } from "../keep/permissions.ts";
import { personIn } from "../keep/standing.ts";
import type { Compiled, Policy } from "../policy/core.ts";
import { categoriesIn, factOf, sourceOf, type Fact, type Source } from "./held-facts.ts";
import { countRows, openRow, ownedBy, ownRows, sessionRows, sharedIn } from "./held-rows.ts";
import { innerParts } from "./inner-parts.ts";
import { purpose, type ReviewNeeds } from "./needs.ts";
import { heldTableOf, heldTables, sharedTables, type HeldTable } from "./held-tables.ts";
import type { HeldRow } from "./open-rows.ts";

export type HeldNeeds = Pick<ReviewNeeds, "within" | "pieces" | "inForce">;

export type HeldPart = {
  held: HeldTable;
  source: Source | null;
  facts: Fact[];
  count: number;
  /** The one row of a table that has but one a person, else the newest. */
  newest: HeldRow[];
};

/** One recipient's share of what left. */
export type Handed = { recipient: string; categories: Set<string>; count: number; last: Date };

export type Held = {
  region: string;
  status: string;
  age: string;
  parts: HeldPart[];
  disclosed: Handed[];
};

/** Whether the person is there: who was erased, or never was, has nothing to be shown. */
export const isHeld = async (data: Data, subject: string): Promise<boolean> =>
  (await data.selectFrom("subject").select("id").where("id", "=", subject).executeTakeFirst()) !== undefined;

/** So many of the newest disclosures are read for the glance; all stand on their own page. */
const mostHanded = 500;

const handed = (rows: readonly HeldRow[]): Handed[] => {
  const found = new Map<string, Handed>();
  for (const { at, values } of rows) {
    const { recipient, categories } = innerParts(values.disclosure) ?? {};
    if (typeof recipient !== "string") continue;
    const one = found.get(recipient) ?? { recipient, categories: new Set(), count: 0, last: at };
    for (const category of Array.isArray(categories) ? categories : []) one.categories.add(String(category));
    one.count += 1;
    found.set(recipient, one);
  }
  return [...found.values()];
};

const disclosed = async ({ pieces }: HeldNeeds, data: Data, subject: string): Promise<Handed[]> => {
  const held = heldTableOf("disclosure");
  if (!held) return [];
  const rows = await ownRows(data, held, subject, { skip: 0, most: mostHanded });
  return handed(await Promise.all(rows.map((row) => openRow(pieces, held, row, subject))));
};

const newestShown = 3;

const partOf = async (
  { pieces }: HeldNeeds,
  data: Data,
  held: HeldTable,
  { subject, compiled, now }: { subject: string; compiled: Compiled; now: ReadonlySet<string> },
): Promise<HeldPart> => {
  const rows = await ownRows(data, held, subject, { skip: 0, most: held.single ? 1 : newestShown });
  return {
    held,
    source: sourceOf(compiled.policy, held),
    facts: categoriesIn(compiled.policy, held).map((category) => factOf(compiled, category, now)),
    count: rows.length < newestShown ? rows.length : await countRows(data, held, ownedBy(held, subject)),
    newest: await Promise.all(rows.map((row) => openRow(pieces, held, row, subject))),
  };
};

/**
 * Null where nobody is there.
 * @param said the policy in the words in which it is read; in its own where left out
 */
export const heldOverview = async (needs: HeldNeeds, subject: string, said?: Policy): Promise<Held | null> =>
  needs.within({ actor: subject, purpose }, async (data) => {
    if (!(await isHeld(data, subject))) return null;
    const person = await personIn(data, subject);
    const now = new Set(purposesOf(needs.inForce, person));
    const running = needs.inForce.versions.running.compiled;
    const compiled = { ...running, policy: said ?? running.policy };
    const parts: HeldPart[] = [];
    for (const held of heldTables) parts.push(await partOf(needs, data, held, { subject, compiled, now }));
    const { region, status, age } = person;
    return { region, status, age, parts, disclosed: await disclosed(needs, data, subject) };
  });

export type Page = { skip: number; most: number };
export type HeldPage = { held: HeldTable; rows: HeldRow[]; count: number };

/** A page of a person's own rows in one table; null where there is no such table. */
export const heldPage = async (
  { within, pieces }: HeldNeeds,
  subject: string,
  name: string,
  page: Page,
): Promise<HeldPage | null> => {
  const held = heldTableOf(name);
  if (!held) return null;
  const { rows, count } = await within({ actor: subject, purpose }, async (data) => ({
    rows: await ownRows(data, held, subject, page),
    count: await countRows(data, held, ownedBy(held, subject)),
  }));
  return { held, count, rows: await Promise.all(rows.map((row) => openRow(pieces, held, row, subject))) };
};

/**
 * What a session's record holds, as far as the person shares it, of each table the page that is asked for.
 * Null where the person takes no part in it.
 */
export const heldSession = async (
  { within, pieces }: HeldNeeds,
  subject: string,
  session: string,
  pageOf: (held: HeldTable) => Page,
): Promise<HeldPage[] | null> => {
  const found = await within({ actor: subject, purpose }, async (data) => {
    const parts = [];
    for (const held of sharedTables) {
      const shared = sharedIn(held, session, subject);
      const rows = await sessionRows(data, held, shared, pageOf(held));
      parts.push({ held, rows, count: await countRows(data, held, shared) });
    }
    return parts;
  });
  if (found.every(({ count }) => count === 0)) return null;
  return Promise.all(
    found.map(async ({ held, rows, count }) => ({
      held,
      count,
      rows: await Promise.all(rows.map((row) => openRow(pieces, held, row, subject))),
    })),
  );
};
