// Compiles the policy to PostgreSQL row policies: which rows a role sees for the purpose it states (second wall).

/** What the compiler must know of a table; the register hands it in. */
export type RowTable = {
  name: string;
  /** Column naming the subject a row is about. */
  owner: string;
  /** Column naming the session whose participants have access beside the owner. */
  sharedBy?: string;
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
  mayUse: (category: string, purpose: string) => boolean;
  /** Whether a category may come in at a collection point for a purpose. */
  mayCollect: (category: string, purpose: string, at: string) => boolean;
};

/** The actor of work that no person asks for: storing a batch of chat, looking up who signs in. */
export const service = "00000000-0000-0000-0000-000000000000";

const purpose = "(select nullif(current_setting('upheld.purpose', true), '')::int)";
const actor = "(select nullif(current_setting('upheld.actor', true), '')::uuid)";

/** Name of the login role of a group of purposes. */
export const roleOf = (group: string): string => `upheld_${group}`;

/**
 * Purposes a group may state on a table: those that may use at least one category it holds, and to put a row in,
 * those for which one may be collected there.
 */
export const statable = (rules: RowRules, table: RowTable, group: string, command: string): string[] =>
  (rules.groups[group] ?? []).filter((stated) => {
    const { categories, at } = table;
    const open = (category: string): boolean =>
      rules.mayUse(category, stated) ||
      (command === "insert" && at !== undefined && rules.mayCollect(category, stated, at));
    return categories.length === 0 || categories.some(open);
  });

const permitted = (table: RowTable): string =>
  table.name === "subject"
    ? `(permissions >> ${purpose}) & 1 = 1`
    : // The row policy of `subject` itself applies within, and carries the mask.
      `exists (select 1 from subject s where s.id = ${table.name}.${table.owner})`;

/** A subject's row holds no value of the person's: its mask alone decides, or the mask could not be read by joins. */
const concerns = (table: RowTable, command: string): string => {
  if (table.name === "subject") return "true";
  const own = `${actor} = '${service}' or ${table.owner} = ${actor}`;
  return table.sharedBy && command === "select"
    ? `(${own} or ${table.sharedBy} in (select sessions_of(${actor})))`
    : `(${own})`;
};

const condition = (rules: RowRules, table: RowTable, group: string, command: string): string | null => {
  const bits = statable(rules, table, group, command).map((stated) => rules.bits[stated]);
  if (bits.length === 0) return null;
  const stated = `${purpose} = any ('{${bits.join(",")}}'::int[])`;
  if (group === rules.ending) return stated;
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
