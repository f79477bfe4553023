// The subject that stands where nobody does any more: in a session whose technician was erased, and which others still have a part in (R4).
import { service } from "../policy/rows.ts";
import type { Databases } from "./database.ts";
import type { Newcomer, Restand } from "./standing.ts";

/** It has no key, so nothing can be sealed or opened as its own; and it stands to every purpose as a newcomer does. */
export const nobody = "00000000-0000-0000-0000-000000000001";

type Needs = { databases: Databases; newcomer: Newcomer; restand: Restand; clock: () => Date };

/** At each start, since what a newcomer may be shown for is the policy's matter. */
export const placeNobody = async ({ databases, newcomer, restand, clock }: Needs): Promise<void> => {
  const { told, region, ...start } = newcomer({ age: "over" });
  await databases.site({ actor: service, purpose: "keep-site-running" }, (data) =>
    data
      .insertInto("subject")
      .values({ id: nobody, kind: "nobody", ...start, told, region, created_at: clock() })
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  );
  await databases.desk({ actor: service, purpose: "answer-person" }, (data) =>
    restand(data, nobody, { told, region }),
  );
};
