// The yardstick: the same record in the clear, by the same client library, as BEGIN, one statement, COMMIT.
import { randomUUID } from "node:crypto";
import { Kysely, PostgresDialect, sql } from "kysely";
import type { Place } from "../../dist/keep/place.js";
import { openPool } from "../../dist/keep/place.js";
import { detailsOf, userNameOf, type Details, type Store } from "./person.ts";

type Row = { subject: string; created_at: Date; user_name: string } & Record<string, unknown>;
type Plain = { "public.plain_profile": Row };

const columnOf = (category: string): string => category.replaceAll("-", "_");

/** Makes the table with a row for each person. */
export const openPlainStore = async (place: Place, persons: number, connections: number): Promise<Store> => {
  const pool = openPool(place, connections);
  const database = new Kysely<Plain>({ dialect: new PostgresDialect({ pool }) });
  const categories = Object.keys(detailsOf(0, 0));
  const texts = categories.map((category) => `${columnOf(category)} text not null`);
  await sql
    .raw(
      `create table public.plain_profile (subject uuid primary key, created_at timestamptz not null, user_name text not null, ${texts.join(", ")})`,
    )
    .execute(database);
  const rowOf = (details: Details) =>
    Object.fromEntries(Object.entries(details).map(([category, value]) => [columnOf(category), value]));
  const subjects = Array.from({ length: persons }, () => randomUUID());
  for (const [number, subject] of subjects.entries())
    await database
      .insertInto("public.plain_profile")
      .values({
        subject,
        created_at: new Date(),
        user_name: userNameOf(number),
        ...rowOf(detailsOf(number, 0)),
      })
      .execute();
  return {
    async read(number) {
      const row = await database.transaction().execute((data) =>
        data
          .selectFrom("public.plain_profile")
          .selectAll()
          .where("subject", "=", subjects[number] ?? "")
          .executeTakeFirstOrThrow(),
      );
      const details = categories.map((category) => [category, String(row[columnOf(category)])]);
      return { userName: String(row.user_name), details: Object.fromEntries(details) as Details };
    },
    async write(number, details) {
      await database.transaction().execute((data) =>
        data
          .updateTable("public.plain_profile")
          .set(rowOf(details))
          .where("subject", "=", subjects[number] ?? "")
          .execute(),
      );
    },
    close: () => database.destroy(),
  };
};
