// An objection to a use that rests on no choice stops it with the commit, until it is refused with a reason or taken back (R3, R6, K4).
import { objectionTo } from "../policy/core.ts";
import { service } from "../policy/rows.ts";
import type { Data } from "../keep/database.ts";
import type { Detail } from "../keep/journal-kinds.ts";
import type { QueueMail } from "../keep/letter.ts";
import type { InForce } from "../keep/permissions.ts";
import { tables } from "../keep/tables.ts";
import { objectablesIn, saidIn, type Said } from "./objectables.ts";
import { closeRequest, dueOf, openRequest } from "./open-request.ts";
import { lockStanding } from "./restrict.ts";
import { purpose, type RightsNeeds, type StandingNeeds } from "./rights-needs.ts";
import { writeTo } from "./write-to.ts";

export type ObjectNeeds = RightsNeeds & { inForce: InForce };

/** What somebody is written whose objection was decided. */
export type ObjectionLetter = (
  language: string | null,
  answered: { purpose: string; followed: boolean; answer: string },
) => { title: string; text: string };

export type AnswerNeeds = ObjectNeeds & { queueMail: QueueMail; objectionLetter: ObjectionLetter };

const stated = { actor: service, purpose };

/** As the journal holds it. `choice`: the row of the person's choices in which it stands. */
type Made = {
  id: string;
  choice: string;
  purpose: string;
  words: string;
  place: string;
  at: string;
  due: string;
  zone: string;
  calendar: string;
  activation: number;
};

/** `id`: the request that this closes; null where it was answered before. */
type Ended = Pick<Made, "choice" | "purpose" | "place" | "at" | "activation"> & {
  id: string | null;
  state: "done" | "refused" | "taken-back";
  answer: string;
};

/** Lets an objection stand among the person's choices, or no longer; false where that row was written before. */
const keepState = async (
  { restand }: StandingNeeds,
  data: Data,
  subject: string,
  state: "refused" | "unset",
  { choice: id, purpose: use, place, at, activation }: Made | Ended,
): Promise<boolean> => {
  const row = { id, subject, choice: objectionTo(use), state, place, at: new Date(at), activation };
  const { numInsertedOrUpdatedRows: written } = await data
    .insertInto("choice")
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (!written) return false;
  await restand(data, subject);
  return true;
};

const make = async (needs: StandingNeeds, data: Data, subject: string, made: Made): Promise<boolean> => {
  const { id, place, at, zone, calendar, purpose: use, words } = made;
  const due = { at: new Date(made.due), zone, calendar };
  const said: Said = { purpose: use, words };
  const asked = { id, subject, kind: "objection", place, due, at: new Date(at) } as const;
  if (!(await openRequest(needs, data, { ...asked, words: JSON.stringify(said) }))) return false;
  await keepState(needs, data, subject, "refused", made);
  await needs.ledger.append(data, [
    { kind: "objected", about: [subject], purpose, rules: [`purposes.${use}`] },
  ]);
  return true;
};

/** Brings a noted objection about; false where it was made before, or the person is gone. */
export const keepObjected = (needs: StandingNeeds, subject: string, detail: Detail): Promise<boolean> =>
  needs.within(stated, async (data) => {
    if ((await lockStanding(data, subject)) === null) return false;
    return make(needs, data, subject, detail as Made);
  });

/** @returns false where the policy has no such use that rests on no choice, or it is objected to already */
export const objectTo = async (
  needs: ObjectNeeds,
  subject: string,
  { purpose: use, words, place }: { purpose: string; words: string; place: string },
): Promise<boolean> => {
  const at = needs.clock();
  const due = await dueOf(needs.policy, "objection", at);
  return needs.within(stated, async (data) => {
    // Locked, so that of two at once the second finds the first.
    if ((await lockStanding(data, subject)) === null) return false;
    const one = (await objectablesIn(needs, data, subject)).find((found) => found.purpose === use);
    if (!one || one.choice !== null || one.stopped) return false;
    const made: Made = {
      ...{ id: needs.newId(), choice: needs.newId(), purpose: use, words, place },
      ...{ at: at.toISOString(), due: due.at.toISOString(), zone: due.zone, calendar: due.calendar },
      activation: needs.inForce.versions.running.activation,
    };
    await needs.note({ kind: "objected", at, subject, detail: made });
    return make(needs, data, subject, made);
  });
};

/** What was answered stands beside what was asked. */
const keepAnswer = async (
  { pieces }: StandingNeeds,
  data: Data,
  subject: string,
  id: string,
  answer: string,
): Promise<void> => {
  const row = await data
    .selectFrom("rights_request")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  const said = saidIn((await pieces.open(purpose, tables.rights_request, "words", row)).request);
  const request = JSON.stringify({ ...said, answer });
  const words = await pieces.seal(tables.rights_request, "words", { id, subject }, { request });
  await data.updateTable("rights_request").set({ words }).where("id", "=", id).execute();
};

const end = async (needs: StandingNeeds, data: Data, subject: string, ended: Ended): Promise<boolean> => {
  const { id, state, answer, purpose: use } = ended;
  if (id !== null && !(await closeRequest(needs, data, id, state))) return false;
  if (id !== null && answer !== "") await keepAnswer(needs, data, subject, id, answer);
  // Followed, it stays as it is.
  if (state !== "done" && !(await keepState(needs, data, subject, "unset", ended))) return false;
  const rules = [`purposes.${use}`];
  await needs.ledger.append(data, [
    state === "taken-back"
      ? { kind: "objection-taken-back", about: [subject], purpose, rules }
      : { kind: "answered", about: [subject], purpose, rules, detail: `objection: ${state}` },
  ]);
  return true;
};

/** Brings about again what became of an objection; false where that was so before. */
export const keepObjectionEnded = (needs: StandingNeeds, subject: string, detail: Detail): Promise<boolean> =>
  needs.within(stated, async (data) => {
    if ((await lockStanding(data, subject)) === null) return false;
    return end(needs, data, subject, detail as Ended);
  });

type Ending = Pick<Ended, "id" | "purpose" | "state" | "place" | "answer">;

const noteEnd = async (needs: ObjectNeeds, data: Data, subject: string, ending: Ending): Promise<boolean> => {
  const at = needs.clock();
  const { activation } = needs.inForce.versions.running;
  const ended: Ended = { ...ending, choice: needs.newId(), at: at.toISOString(), activation };
  await needs.note({ kind: "objection-ended", at, subject, detail: ended });
  return end(needs, data, subject, ended);
};

/** Lets the use go on; false where no objection stops it. */
export const takeObjectionBack = (
  needs: ObjectNeeds,
  subject: string,
  { purpose: use, place }: { purpose: string; place: string },
): Promise<boolean> =>
  needs.within(stated, async (data) => {
    if ((await lockStanding(data, subject)) === null) return false;
    const one = (await objectablesIn(needs, data, subject)).find((found) => found.purpose === use);
    if (!one?.stopped) return false;
    const id = one.objection && one.objection.doneAt === null ? one.objection.id : null;
    return noteEnd(needs, data, subject, { id, purpose: use, state: "taken-back", place, answer: "" });
  });

/** The objection under way that a request is; null where it is none, or is over. */
const underWay = async ({ pieces }: ObjectNeeds, data: Data, id: string) => {
  const row = await data
    .selectFrom("rights_request")
    .selectAll()
    .where("id", "=", id)
    .where("kind", "=", "objection")
    .where("done_at", "is", null)
    .executeTakeFirst();
  const said = row && saidIn((await pieces.open(purpose, tables.rights_request, "words", row)).request);
  return said ? { subject: row.subject, use: said.purpose } : null;
};

/** Whether a request is an objection that stops a use until it is answered. */
export const isWeighed = (needs: ObjectNeeds, id: string): Promise<boolean> =>
  needs.within(stated, async (data) => (await underWay(needs, data, id)) !== null);

/**
 * Decides on an objection that is under way, and writes to the person in the same transaction. Followed: the use stays
 * stopped until they take it back. Refused: it goes on, and they read why.
 * @returns false where no such objection is under way
 */
export const answerObjection = (
  needs: AnswerNeeds,
  id: string,
  { state, answer }: { state: "done" | "refused"; answer: string },
): Promise<boolean> =>
  needs.within(stated, async (data) => {
    const found = await underWay(needs, data, id);
    // Locked, and read once more: of two answers given at once, or an answer and a taking back, the first holds.
    if (!found || (await lockStanding(data, found.subject)) === null) return false;
    if (!(await underWay(needs, data, id))) return false;
    const { subject, use } = found;
    if (!(await noteEnd(needs, data, subject, { id, purpose: use, state, place: "desk", answer })))
      return false;
    const answered = { purpose: use, followed: state === "done", answer };
    await writeTo(needs, data, subject, "objection-answered", (language) =>
      needs.objectionLetter(language, answered),
    );
    return true;
  });
