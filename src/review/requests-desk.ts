// What the staff's desk shows of requests: what was asked for, by when it is due, and what holds it up (R5, R6).
import { tables } from "../keep/tables.ts";
import { service } from "../policy/rows.ts";
import { holdsOn, type Hold } from "./holds.ts";
import { answerObjection, isWeighed, type AnswerNeeds } from "./object.ts";
import { closeRequest, type RequestKind, type RequestState } from "./open-request.ts";
import { purpose, type RightsNeeds } from "./rights-needs.ts";

export type ListedRequest = {
  id: string;
  subject: string;
  kind: RequestKind;
  state: RequestState;
  place: string;
  askedAt: Date;
  dueAt: Date;
  zone: string;
  holds: Hold[];
  /** What the person wrote with it, as it is kept. */
  words: string | null;
};

export type DeskRequests = {
  requests: ListedRequest[];
  /** Holds on people who have not asked for an erasure. */
  others: { subject: string; holds: Hold[] }[];
  /** There are more than these. */
  more: boolean;
};

const most = 100;

const stated = { actor: service, purpose };

/** Requests that are under way, the next due first; restrictions in force are no work to be done, and not among them. */
export const requestsNow = async (needs: RightsNeeds): Promise<DeskRequests> => {
  const { rows, held } = await needs.within(stated, async (data) => ({
    rows: await data
      .selectFrom("rights_request")
      .select(["id", "subject", "kind", "state", "place", "asked_at", "due_at", "zone", "words"])
      .where("done_at", "is", null)
      .where("kind", "<>", "restriction")
      .orderBy("due_at")
      .limit(most + 1)
      .execute(),
    held: await data
      .selectFrom("hold")
      .select("subject")
      .distinct()
      .where("ended_at", "is", null)
      .where("ends_at", ">", needs.clock())
      .limit(most)
      .execute(),
  }));
  const holds = new Map<string, Hold[]>();
  for (const { subject } of held) holds.set(subject, await holdsOn(needs, service, subject));
  const opened = await Promise.all(
    rows.slice(0, most).map(async (row) => ({
      ...row,
      words: (await needs.pieces.open(purpose, tables.rights_request, "words", row)).request ?? null,
    })),
  );
  const listed = opened.map((row): ListedRequest => ({
    words: row.words,
    id: row.id,
    subject: row.subject,
    kind: row.kind as RequestKind,
    state: row.state as RequestState,
    place: row.place,
    askedAt: row.asked_at,
    dueAt: row.due_at,
    zone: row.zone,
    holds: row.kind === "erasure" || row.kind === "child" ? (holds.get(row.subject) ?? []) : [],
  }));
  const waiting = new Set(listed.flatMap(({ subject, holds: own }) => (own.length > 0 ? [subject] : [])));
  return {
    requests: listed,
    others: [...holds].flatMap(([subject, own]) => (waiting.has(subject) ? [] : [{ subject, holds: own }])),
    more: rows.length > most,
  };
};

/** Whose request it is; null where there is none that is under way. */
export const subjectOf = async ({ within }: RightsNeeds, request: string): Promise<string | null> => {
  const row = await within(stated, (data) =>
    data
      .selectFrom("rights_request")
      .select("subject")
      .where("id", "=", request)
      .where("done_at", "is", null)
      .executeTakeFirst(),
  );
  return row?.subject ?? null;
};

/** Requests that somebody of the staff answers; what is done by itself is not among them. */
const answeredByStaff = ["access", "correction", "objection", "comment"];

export type Answer = { state: "done" | "refused"; answer: string };

/** An objection is decided in full; any other request is closed with the answer that it got. */
const close = async (needs: AnswerNeeds, id: string, { state, answer }: Answer): Promise<boolean> => {
  if (await answerObjection(needs, id, { state, answer })) return true;
  const { within, ledger, clock } = needs;
  return within(stated, async (data) => {
    const row = await data
      .selectFrom("rights_request")
      .select(["subject", "kind"])
      .where("id", "=", id)
      .where("kind", "in", answeredByStaff)
      .executeTakeFirst();
    if (!row || !(await closeRequest({ clock }, data, id, state))) return false;
    await ledger.append(data, [
      { kind: "answered", about: [row.subject], purpose, detail: `${row.kind}: ${state}` },
    ]);
    return true;
  });
};

const longestAnswer = 2000;

/** Answers a request that is under way; gives what is wrong with the answer where it was not taken. */
export const answerRequest = async (
  needs: AnswerNeeds,
  id: string,
  given: Answer,
): Promise<string | null> => {
  const answer = given.answer.normalize("NFC").trim();
  if (answer.length > longestAnswer) return `Say it in at most ${longestAnswer} characters.`;
  if (given.state === "refused" && answer === "" && (await isWeighed(needs, id)))
    return "Say why the objection is refused: the person reads it.";
  await close(needs, id, { ...given, answer });
  return null;
};
