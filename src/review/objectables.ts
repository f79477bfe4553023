// Every use that somebody can object to, and how each stands for them: what rests on a contract or a law is none (R3, R6).
import { groundOf, objectionTo, type Policy } from "../policy/core.ts";
import type { Data, Within } from "../keep/database.ts";
import { purposesOf, type InForce } from "../keep/permissions.ts";
import type { Pieces } from "../keep/pieces.ts";
import { personIn } from "../keep/standing.ts";
import { tables } from "../keep/tables.ts";
import { innerParts } from "./inner-parts.ts";
import { purpose } from "./needs.ts";
import type { RequestState } from "./open-request.ts";

export type ObjectablesNeeds = { within: Within; pieces: Pieces; inForce: InForce };

export type Objection = {
  id: string;
  at: Date;
  due: Date;
  state: RequestState;
  doneAt: Date | null;
  /** What the person was answered; empty where nothing was written. */
  answer: string;
};

export type Objectable = {
  purpose: string;
  /** The choice that ends it at once; null where there is none. */
  choice: string | null;
  allowed: boolean;
  /** An objection stops it, be it weighed still or followed. */
  stopped: boolean;
  /** The last one that was made. */
  objection: Objection | null;
};

/** What an objection says, as it lies sealed. */
export type Said = { purpose: string; words: string; answer?: string };

export const saidIn = (request: string | undefined): Said | null => {
  const { purpose: about, words, answer } = innerParts(request) ?? {};
  if (typeof about !== "string") return null;
  const text = typeof words === "string" ? words : "";
  return { purpose: about, words: text, ...(typeof answer === "string" ? { answer } : {}) };
};

/** A person's last objections, by purpose. */
const lastObjections = async (pieces: Pieces, data: Data, subject: string) => {
  const rows = await data
    .selectFrom("rights_request")
    .selectAll()
    .where("subject", "=", subject)
    .where("kind", "=", "objection")
    .orderBy("asked_at")
    .execute();
  const found = new Map<string, Objection>();
  for (const row of rows) {
    const said = saidIn((await pieces.open(purpose, tables.rights_request, "words", row)).request);
    if (!said) continue;
    const { id, asked_at: at, due_at: due, done_at: doneAt } = row;
    const state = row.state as RequestState;
    found.set(said.purpose, { id, at, due, state, doneAt, answer: said.answer ?? "" });
  }
  return found;
};

const answerable: ReadonlySet<string> = new Set([
  "legitimate-interest",
  "opt-out",
  "opt-in",
  "explicit-opt-in",
]);

/** The uses that rest on no choice: an objection to one of them is weighed. */
export const weighedUses = ({ purposes }: Policy): string[] =>
  Object.entries(purposes)
    .filter(
      ([, { ground, region, choice }]) =>
        choice === null && [ground, ...Object.values(region)].includes("legitimate-interest"),
    )
    .map(([id]) => id);

/** In the caller's transaction, which is one of the desk's for answering people. */
export const objectablesIn = async (
  { pieces, inForce }: Omit<ObjectablesNeeds, "within">,
  data: Data,
  subject: string,
): Promise<Objectable[]> => {
  const { policy } = inForce.versions.running.compiled;
  const person = await personIn(data, subject);
  const now = new Set(purposesOf(inForce, person));
  const objections = await lastObjections(pieces, data, subject);
  return Object.entries(policy.purposes)
    .map(([id, { choice }]) => ({
      purpose: id,
      choice,
      allowed: now.has(id),
      stopped: person.choices[objectionTo(id)]?.state === "refused",
      objection: objections.get(id) ?? null,
    }))
    .filter(
      ({ purpose: id, stopped }) =>
        stopped || answerable.has(groundOf(policy.purposes[id] as Policy["purposes"][string], person.region)),
    );
};

export const objectablesOf = (needs: ObjectablesNeeds, subject: string): Promise<Objectable[]> =>
  needs.within({ actor: subject, purpose }, (data) => objectablesIn(needs, data, subject));
