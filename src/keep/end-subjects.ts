// Ends subjects of whom nothing is left: guests after their sessions, visitors after their day, keepers after the law; their keys go first (K6).
import { sql } from "kysely";
import { service } from "../policy/rows.ts";
import type { Clock } from "./clock.ts";
import type { Within } from "./database.ts";
import type { Table } from "./register.ts";

/** Never younger than this: the day's visitors may still be coming, a guest may be about to sit down. */
const settled = 2 * 86_400_000;
const most = 500;

/** Ends subjects without an account that no row speaks of any more; gives how many. */
export const endSubjects = async (
  within: Within,
  tables: readonly Table[],
  destroyKey: (subject: string) => Promise<void>,
  clock: Clock,
): Promise<number> => {
  const owned = tables.filter(({ owner, name }) => owner && name !== "subject");
  const nothingLeft = sql.join(
    owned.map(
      ({ name, owner }) =>
        sql`not exists (select 1 from ${sql.table(name)} o where o.${sql.ref(owner ?? "")} = subject.id)`,
    ),
    sql` and `,
  );
  const stated = { actor: service, purpose: "end-data" };
  const before = new Date(clock().getTime() - settled);
  const { rows } = await within(stated, (data) =>
    sql<{ id: string }>`select id from subject where kind in ('guest', 'visitors', 'keeper')
      and created_at <= ${before} and ${nothingLeft} limit ${most}`.execute(data),
  );
  for (const { id } of rows) await destroyKey(id);
  if (rows.length > 0)
    await within(stated, (data) =>
      data
        .deleteFrom("subject")
        .where(
          "id",
          "in",
          rows.map(({ id }) => id),
        )
        .execute(),
    );
  return rows.length;
};
