// Lists for the officer who of the staff looked at people's data, on which page and how often; whom it was about stays that person's (K3).
import { sql } from "kysely";
import { service } from "../policy/rows.ts";
import { purpose } from "./needs.ts";
import type { StaffNeeds } from "./staff.ts";

export type LooksOfStaff = {
  staff: string;
  role: string;
  page: string;
  looks: number;
  /** How many people were looked at. */
  people: number;
  last: Date;
};

export type LookRow = { staff: string; role: string; page: string; categories: string[]; at: Date };

/** So many of the newest looks are summed up. */
export const mostSummed = 5000;
export const summedDays = 30;

const stated = { actor: service, purpose };

/** Looks of the last thirty days by who looked and on which page, the latest first. */
export const looksByStaff = async ({ within, clock }: StaffNeeds): Promise<LooksOfStaff[]> => {
  const since = new Date(clock().getTime() - summedDays * 86_400_000);
  const { rows } = await within(stated, (data) =>
    sql<LooksOfStaff>`select staff, role, page, count(*)::int as looks,
        count(distinct subject)::int as people, max(at) as last
      from (select staff, role, page, subject, at from look where at > ${since}
            order by at desc limit ${mostSummed}) lately
      group by staff, role, page order by max(at) desc`.execute(data),
  );
  return [...rows];
};

/** A page of the looks of one of the staff, or of all, the newest first. */
export const listLooks = (
  { within }: StaffNeeds,
  staff: string | null,
  { skip, most }: { skip: number; most: number },
): Promise<{ rows: LookRow[]; more: boolean }> =>
  within(stated, async (data) => {
    const found = data.selectFrom("look").select(["staff", "role", "page", "categories", "at"]);
    const rows = await (staff === null ? found : found.where("staff", "=", staff))
      .orderBy("at", "desc")
      .orderBy("id")
      .limit(most + 1)
      .offset(skip)
      .execute();
    return {
      rows: rows
        .slice(0, most)
        .map(({ categories, ...row }) => ({ ...row, categories: categories.split(" ").filter(Boolean) })),
      more: rows.length > most,
    };
  });
