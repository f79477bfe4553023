// Notes each look of staff at somebody's data where that person can read it, and in the ledger (K3, R1).
import type { Clock } from "../keep/clock.ts";
import type { Ledger } from "../keep/ledger.ts";
import type { NoteLook } from "../keep/look.ts";

type Needs = { ledger: Ledger; clock: Clock; newId: () => string };

export const createNoteLook =
  ({ ledger, clock, newId }: Needs): NoteLook =>
  async (data, { staff, role, about, purpose, categories, rules, page }) => {
    const others = [...new Set(about)].filter((subject) => subject !== staff);
    if (others.length === 0) return;
    const at = clock();
    await data
      .insertInto("look")
      .values(
        others.map((subject) => ({
          id: newId(),
          subject,
          staff,
          at,
          role,
          purpose,
          categories: categories.join(" "),
          page,
        })),
      )
      .execute();
    const looked = { kind: "looked" as const, about: others, purpose, categories, detail: page };
    await ledger.append(data, [rules ? { ...looked, rules } : looked]);
  };
