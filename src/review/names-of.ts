// Opens the user names of people for staff whose role allows it, and notes the look where those people can read it (K3).
import type { NoteLook } from "../keep/look.ts";
import type { Pieces } from "../keep/pieces.ts";
import { tables } from "../keep/tables.ts";
import { service } from "../policy/rows.ts";
import { purpose } from "./needs.ts";
import { lookingAs, type StaffNeeds } from "./staff.ts";

type Viewer = { subject: string; roles: readonly string[] };

/**
 * Names by subject; nobody's where no role of the viewer's may see them.
 * @param page on which they are shown, for the record of the look
 */
export const namesOf = async (
  needs: StaffNeeds & { pieces: Pieces; noteLook: NoteLook },
  { subject: staff, roles }: Viewer,
  about: readonly string[],
  page: string,
): Promise<Map<string, string>> => {
  const categories = ["user-name"];
  const role = lookingAs(needs, roles, categories, purpose);
  if (role === null || about.length === 0) return new Map();
  const rows = await needs.within({ actor: service, purpose }, async (data) => {
    await needs.noteLook(data, { staff, role, about, purpose, categories, page });
    return data
      .selectFrom("profile")
      .select(["subject", "user_name"])
      .where("subject", "in", about)
      .execute();
  });
  const opened = await Promise.all(
    rows.map(async (row) => {
      const { "user-name": name } = await needs.pieces.open(purpose, tables.profile, "user_name", row);
      return [row.subject, name ?? ""] as const;
    }),
  );
  return new Map(opened.filter(([, name]) => name !== ""));
};
