// Compiles the policy to PostgreSQL row policies: which rows a role sees for the purpose it states (second wall).
import { whoIsOpen } from "./reach.ts";
import type { Cell, Versions, Who } from "./reach.ts";

/** What the compiler must know of a table; the register hands it in. */
export type RowTable = {
  name: string;
  /** Column naming the subject a row is about. */
  owner: string;
  /** Column naming the session whose participants have access beside the owner. */
  sharedBy?: string;
  /** Column naming who acted, where others than the owner put rows in about them. */
  writtenBy?: string;
  /** Column of a mark that keeps a row from its owner. */
  hides?: string;
  /** The collection point at which its values come in. */
  at?: string;
  /** Categories its columns hold; a table of marks alone has none, and is open to every purpose of the group. */
  categories: readonly string[];
  /** Commands each group of purposes may run. */
  grants: Readonly<Partial<Record<string, readonly string[]>>>;
};

export type RowRules = {
  /** Purposes that each group (one login role) may state. */
  groups: Readonly<Record<string, readonly string[]>>;
  /** The group that ends data: it sees each row whatever the person's permissions, or nothing could be erased. */
  ending: string;
  /** Permanent bit of each purpose in a subject's permissions. */
  bits: Readonly<Record<string, number>>;
  versions: Versions;
};

/** The actor of work that no person asks for: storing a batch of chat, looking up who signs in. */
export const service = "00000000-0000-0000-0000-000000000000";

const purpose = "(select nullif(current_setting('upheld.purpose', true), '')::int)";
const actor = "(select nullif(current_setting('upheld.actor', true), '')::uuid)";

/** Name of the login role of a group of purposes. */
export const roleOf = (group: string): string => `upheld_${group}`;

/**
 * About whom a purpose may be stated on a table: those of whom at least one category it holds may be used, or, to put
 * a row in, collected there.
 */
export const whoIn = ({ versions }: RowRules, table: RowTable, stated: string, command: string): Who => {
  const { categories, at } = table;
  if (categories.length === 0) return "everybody";
  const cells = categories.flatMap((category): Cell[] => [
    { act: "use", category },
    ...(command === "insert" && at !== undefined ? [{ act: "collect" as const, category, point: at }] : []),
  ]);
  return whoIsOpen(versions, stated, cells);
};

const permitted = (table: RowTable): string =>
  table.name === "subject"
    ? `(permissions >> ${purpose}) & 1 = 1`
    : // The row policy of `subject` itself applies within, and carries the mask.
      `exists (select 1 from subject s where s.id = ${table.name}.${table.owner})`;

const literal = (words: Iterable<string>): string =>
  `'{${[...words].map((word) => `"${word.replace(/["\\]/g, "\\$&").replaceAll("'", "''")}"`).join(",")}}'::text[]`;

/** The person's standing beside the mask, where the policy tells people apart. */
const amongThose = (table: RowTable, who: Exclude<Who, string>): string => {
  const standing = [...who].map(
    ([told, keys]) =>
      `s.told = ${told} and s.region || '/' || s.age || '/' || s.status = any (${literal(keys)})`,
  );
  return `exists (select 1 from subject s where s.id = ${table.name}.${table.owner} and (${standing.join(" or ")}))`;
};

/** A subject's row holds no value of the person's: its mask alone decides, or the mask could not be read by joins. */
const concerns = (table: RowTable, command: string): string => {
  if (table.name === "subject" && command === "select") return "true";
  const owners = `${table.owner} = ${actor}${table.hides && command === "select" ? ` and not ${table.hides}` : ""}`;
  const own = `${actor} = '${service}' or ${owners}`;
  // Nobody can write that somebody else acted.
  if (table.writtenBy && command === "insert") return `(${own} or ${table.writtenBy} = ${actor})`;
  return table.sharedBy && command === "select"
    ? `(${own} or ${table.sharedBy} in (select sessions_of(${actor})))`
    : `(${own})`;
};

/** The stated purpose is one that the role may state about this row's person: null where it is none. */
const statedFor = (rules: RowRules, table: RowTable, group: string, command: string): string | null => {
  const open = (rules.groups[group] ?? [])
    .map((stated) => ({ bit: rules.bits[stated], who: whoIn(rules, table, stated, command) }))
    .filter(({ who }) => who !== "nobody");
  if (open.length === 0) return null;
  const whole = open.filter(({ who }) => typeof who === "string" || group === rules.ending);
  const tests = open.flatMap(({ bit, who }) =>
    typeof who === "string" || group === rules.ending
      ? []
      : [`(${purpose} = ${bit} and ${amongThose(table, who)})`],
  );
  if (whole.length > 0)
    tests.unshift(`${purpose} = any ('{${whole.map(({ bit }) => bit).join(",")}}'::int[])`);
  return tests.length === 1 ? (tests[0] as string) : `(${tests.join(" or ")})`;
};

const condition = (rules: RowRules, table: RowTable, group: string, command: string): string | null => {
  const stated = statedFor(rules, table, group, command);
  if (stated === null || group === rules.ending) return stated;
  return `${stated} and ${permitted(table)} and ${concerns(table, command)}`;
};

const clause = (command: string, test: string): string => {
  if (command === "insert") return `with check (${test})`;
  if (command === "update") return `using (${test}) with check (${test})`;
  return `using (${test})`;
};

/** The `create policy` statements for a table; a group with no purpose for it gets none, and so sees no row. */
export const rowPolicies = (rules: RowRules, table: RowTable): string[] =>
  Object.entries(table.grants).flatMap(([group, commands]) =>
    (commands ?? []).flatMap((command) => {
      const test = condition(rules, table, group, command);
      return test === null
        ? []
        : [
            `create policy ${group}_${command} on ${table.name} for ${command} to ${roleOf(group)} ${clause(command, test)}`,
          ];
    }),
  );
