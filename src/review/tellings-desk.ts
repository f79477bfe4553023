// What recipients are still owed to be told of corrections, for whoever of the staff tells them; that they were is noted (R2, D3).
import type { NoteLook } from "../keep/look.ts";
import { tables } from "../keep/tables.ts";
import { noteTelling } from "../keep/telling.ts";
import { service } from "../policy/rows.ts";
import { innerParts } from "./inner-parts.ts";
import { purpose, type RightsNeeds } from "./rights-needs.ts";

export type OwedTelling = {
  id: string;
  subject: string;
  recipient: string;
  categories: string[];
  owedAt: Date;
};

const most = 100;

type Viewer = { staff: string; role: string; page: string };

/** What is owed now, the oldest first; each is a look that is noted before it is shown. */
export const tellingsOwed = (
  { within, pieces, noteLook }: Pick<RightsNeeds, "within" | "pieces"> & { noteLook: NoteLook },
  viewer: Viewer,
): Promise<OwedTelling[]> =>
  within({ actor: service, purpose }, async (data) => {
    const rows = await data
      .selectFrom("telling")
      .selectAll()
      .where("state", "=", "owed")
      .orderBy("owed_at")
      .limit(most)
      .execute();
    const about = [...new Set(rows.map(({ subject }) => subject))];
    await noteLook(data, { ...viewer, about, purpose, categories: ["disclosure"] });
    return Promise.all(
      rows.map(async (row) => {
        const { disclosure } = await pieces.open(purpose, tables.telling, "record", row);
        const categories = innerParts(disclosure)?.categories;
        const { id, subject, recipient, owed_at: owedAt } = row;
        return {
          id,
          subject,
          recipient,
          owedAt,
          categories: Array.isArray(categories) ? categories.map(String) : [],
        };
      }),
    );
  });

/** Notes that a recipient was told; false where nothing such is owed. */
export const tellRecipient = (
  { within, ledger, clock, note }: Pick<RightsNeeds, "within" | "ledger" | "clock" | "note">,
  id: string,
): Promise<boolean> =>
  within({ actor: service, purpose }, async (data) => {
    const told = await data
      .updateTable("telling")
      .set({ state: "told", told_at: clock() })
      .where("id", "=", id)
      .where("state", "=", "owed")
      .returningAll()
      .executeTakeFirst();
    if (!told) return false;
    await noteTelling(note, clock(), told);
    await ledger.append(data, [
      {
        kind: "told-recipient",
        about: [told.subject],
        purpose,
        recipient: told.recipient,
        rules: ["rights.correct"],
      },
    ]);
    return true;
  });
