// Anybody may say that somebody is a child; somebody of the staff looks, and what is a child's is erased at once (C11).
import type { Data } from "../keep/database.ts";
import { tables } from "../keep/tables.ts";
import { service } from "../policy/rows.ts";
import { askErasure, takeErasureBack } from "./erase-request.ts";
import { purpose, type RightsNeeds } from "./rights-needs.ts";

const stated = { actor: service, purpose };

/** So many reports about one person wait at a time: more of them say nothing more. */
const mostOpen = 5;
const most = 100;

export type ChildReport = { id: string; subject: string; place: string; reportedAt: Date; words: string };

const openOnes = async (data: Data, subject: string): Promise<number> => {
  const rows = await data
    .selectFrom("child_report")
    .select("id")
    .where("subject", "=", subject)
    .where("decided_at", "is", null)
    .execute();
  return rows.length;
};

/** Keeps a report until it is decided; of somebody who is not there nothing is kept. */
export const reportChild = async (
  needs: RightsNeeds,
  subject: string,
  { place, words }: { place: string; words: string },
): Promise<void> => {
  const { within, pieces, ledger, clock, newId } = needs;
  const row = { id: newId(), subject };
  await within(stated, async (data) => {
    const there = await data
      .selectFrom("subject")
      .select("id")
      .where("id", "=", subject)
      .forUpdate()
      .executeTakeFirst();
    if (!there || (await openOnes(data, subject)) >= mostOpen) return;
    const sealed = words
      ? await pieces.seal(tables.child_report, "words", row, { "child-report": words })
      : null;
    await data
      .insertInto("child_report")
      .values({ ...row, place, reported_at: clock(), decided_at: null, words: sealed })
      .execute();
    await ledger.append(data, [
      { kind: "child-reported", about: [subject], purpose, rules: ["age"], detail: place },
    ]);
  });
};

/** Reports that wait, the oldest first. */
export const childReports = async ({ within, pieces }: RightsNeeds): Promise<ChildReport[]> => {
  const rows = await within(stated, (data) =>
    data
      .selectFrom("child_report")
      .selectAll()
      .where("decided_at", "is", null)
      .orderBy("reported_at")
      .limit(most)
      .execute(),
  );
  return Promise.all(
    rows.map(async (row) => {
      const { "child-report": words = "" } = await pieces.open(purpose, tables.child_report, "words", row);
      const { id, subject, place, reported_at: reportedAt } = row;
      return { id, subject, place, reportedAt, words };
    }),
  );
};

const subjectOf = async ({ within }: RightsNeeds, id: string): Promise<string | null> => {
  const row = await within(stated, (data) =>
    data
      .selectFrom("child_report")
      .select("subject")
      .where("id", "=", id)
      .where("decided_at", "is", null)
      .executeTakeFirst(),
  );
  return row?.subject ?? null;
};

/** One that was asked for with its delay gives way to one without; one whose day has come goes on. */
const eraseAtOnce = async (needs: RightsNeeds, subject: string): Promise<void> => {
  const asked = { place: "desk", kind: "child" } as const;
  if (await askErasure(needs, subject, asked)) return;
  if (await takeErasureBack(needs, subject)) await askErasure(needs, subject, asked);
};

const close = ({ within, ledger, clock }: RightsNeeds, subject: string): Promise<void> =>
  within(stated, async (data) => {
    await data
      .updateTable("child_report")
      .set({ decided_at: clock() })
      .where("subject", "=", subject)
      .where("decided_at", "is", null)
      .execute();
    await ledger.append(data, [
      { kind: "child-report-closed", about: [subject], purpose, rules: ["age"], detail: "no child" },
    ]);
  });

/**
 * Decides on a report. Yes: all that is held about the person is unusable when it resolves, and is erased at once, the
 * reports with it. No: every report about the person is closed.
 * @returns false where no such report waits
 */
export const decideChild = async (needs: RightsNeeds, id: string, isChild: boolean): Promise<boolean> => {
  const subject = await subjectOf(needs, id);
  if (!subject) return false;
  await (isChild ? eraseAtOnce(needs, subject) : close(needs, subject));
  return true;
};
