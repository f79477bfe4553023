// Tells people of a new version of the policy, and lets what it allows anew begin once they were told in time (P2, C1).
import type { Data } from "../keep/database.ts";
import { personIn } from "../keep/standing.ts";
import { service } from "../policy/rows.ts";
import { purpose, type ChooseNeeds } from "./needs.ts";

/** What a person who is still under an earlier version is shown. */
export type News = {
  version: number;
  /** When they were first told; null where this is the first time. */
  toldAt: Date | null;
  /** From when what is new holds for them. */
  from: Date;
  /** Choices that need a new yes. */
  consents: string[];
};

const day = 86_400_000;

const startFor = ({ inForce: { running } }: ChooseNeeds, toldAt: Date): Date =>
  new Date(Math.max(running.effective.getTime(), toldAt.getTime() + running.noticeDays * day));

/** Nobody is told anything while everybody is under the version that runs. */
const nobodyWaits = ({ inForce }: ChooseNeeds): boolean => inForce.versions.earlier.length === 0;

const toldAt = async (data: Data, subject: string, activation: number): Promise<Date | null> =>
  (
    await data
      .selectFrom("notice")
      .select("at")
      .where("subject", "=", subject)
      .where("activation", "=", activation)
      .executeTakeFirst()
  )?.at ?? null;

/** What there is to tell a person; null where they are under the version that runs. */
export const newsFor = async (needs: ChooseNeeds, subject: string): Promise<News | null> => {
  if (nobodyWaits(needs)) return null;
  const { running, versions, consents } = needs.inForce;
  const { person, told } = await needs.within({ actor: subject, purpose }, async (data) => ({
    person: await personIn(data, subject),
    told: await toldAt(data, subject, running.number),
  }));
  if (person.told === running.number) return null;
  const { purposes } = versions.running.compiled.policy;
  const asked = consents
    .filter(({ activation, regions }) => activation === running.number && regions.includes(person.region))
    .map(({ purpose: id }) => purposes[id]?.choice ?? null)
    .filter((choice) => choice !== null)
    .filter((choice) => (person.choices[choice]?.activation ?? 0) < running.number);
  return {
    version: running.version,
    toldAt: told,
    from: startFor(needs, told ?? needs.clock()),
    consents: [...new Set(asked)],
  };
};

/** Notes that a person was told, the first time; the days of notice run from here. */
export const noteTold = async (needs: ChooseNeeds, subject: string, by: "visit" | "mail"): Promise<void> => {
  const { running } = needs.inForce;
  await needs.within({ actor: subject, purpose }, async (data) => {
    const { numInsertedOrUpdatedRows } = await data
      .insertInto("notice")
      .values({ subject, activation: running.number, at: needs.clock(), by })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows === 0n) return;
    const detail = `${running.policy}@${running.version} by ${by}`;
    await needs.ledger.append(data, [{ kind: "told", about: [subject], rules: ["changes"], detail }]);
  });
};

const most = 200;

/** Those whose notice has run out come under the version that runs; gives how many. */
export const advanceTold = async (needs: ChooseNeeds): Promise<number> => {
  const { running } = needs.inForce;
  if (nobodyWaits(needs) || needs.clock() < running.effective) return 0;
  const stated = { actor: service, purpose };
  const before = new Date(needs.clock().getTime() - running.noticeDays * day);
  const due = await needs.within(stated, (data) =>
    data
      .selectFrom("subject")
      .innerJoin("notice", "notice.subject", "subject.id")
      .select("subject.id")
      .where("subject.told", "<", running.number)
      .where("notice.activation", "=", running.number)
      .where("notice.at", "<=", before)
      .limit(most)
      .execute(),
  );
  for (const { id } of due)
    await needs.within(stated, (data) => needs.restand(data, id, { told: running.number }));
  return due.length;
};
