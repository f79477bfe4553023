// Starts a request for somebody who wrote in, once one of the staff has recorded by what that person was recognised (R7).
import type { QueueMail } from "../keep/letter.ts";
import { tables } from "../keep/tables.ts";
import { service } from "../policy/rows.ts";
import { askErasure } from "./erase-request.ts";
import { erasureOutlook } from "./erase-outlook.ts";
import { isHeld } from "./held-overview.ts";
import { objectTo, type ObjectNeeds } from "./object.ts";
import { objectablesOf } from "./objectables.ts";
import { dueOf, openRequest } from "./open-request.ts";
import { restrictUse } from "./restrict.ts";
import { purpose, type RightsNeeds } from "./rights-needs.ts";
import { writeTo } from "./write-to.ts";

export const kindsByWriting = ["access", "correction", "restriction", "objection", "erasure"] as const;
export const placesOfWriting = ["mail", "letter", "phone", "in person"] as const;

type Kind = (typeof kindsByWriting)[number];

/** As typed into the form. `use`: to which an objection is; empty where the words say it. */
export type Recognition = { kind: string; place: string; how: string; words: string; use: string };
export type RecognitionFault = { field: keyof Recognition; text: string };

/** What the person is written, in a language; null for the policy's own. */
export type AskedLetter = (language: string | null, kind: Kind) => { title: string; text: string };

type Needs = ObjectNeeds & { queueMail: QueueMail; askedLetter: AskedLetter };

const mostHow = 2000;
const mostWords = 5000;

const oneOf = <T extends string>(all: readonly T[], given: string): given is T =>
  (all as readonly string[]).includes(given);

const faultsIn = (given: Recognition): RecognitionFault[] => {
  const faults: RecognitionFault[] = [];
  if (!oneOf(kindsByWriting, given.kind))
    faults.push({ field: "kind", text: "Choose what the person asks for." });
  if (!oneOf(placesOfWriting, given.place)) faults.push({ field: "place", text: "Choose how they asked." });
  if (given.how.trim() === "")
    faults.push({ field: "how", text: "Say by what you recognised them; without that nothing is started." });
  if (given.how.length > mostHow)
    faults.push({ field: "how", text: `Say it in at most ${mostHow} characters.` });
  if (given.words.length > mostWords)
    faults.push({ field: "words", text: `Give at most ${mostWords} characters.` });
  return faults;
};

const canObject = async (needs: ObjectNeeds, subject: string, use: string): Promise<boolean> =>
  (await objectablesOf(needs, subject)).some(
    (one) => one.purpose === use && one.choice === null && !one.stopped,
  );

/** What stands in the way of a request that is well formed. */
const obstacle = async (
  needs: ObjectNeeds,
  subject: string,
  { kind, use }: Recognition,
): Promise<string | null> => {
  const there = await needs.within({ actor: service, purpose }, (data) => isHeld(data, subject));
  if (!there) return "Nobody is there any more.";
  const { pending, restrictedSince } = await erasureOutlook(needs, subject);
  if (pending && (kind === "erasure" || kind === "restriction"))
    return "An erasure is under way for this person already, and every use has stopped.";
  if (kind === "objection" && use !== "" && !(await canObject(needs, subject, use)))
    return "They have objected to this use already, or it rests on something else for them.";
  return kind === "restriction" && restrictedSince ? "The use of their data is restricted already." : null;
};

const keepRecognition = async (
  needs: RightsNeeds,
  staff: { subject: string; role: string },
  subject: string,
  { kind, place, how }: Recognition,
): Promise<void> => {
  const row = { id: needs.newId(), subject };
  const sealed = await needs.pieces.seal(tables.recognition, "how", row, { request: how.trim() });
  await needs.within({ actor: staff.subject, purpose }, async (data) => {
    await data
      .insertInto("recognition")
      .values({ ...row, staff: staff.subject, role: staff.role, at: needs.clock(), kind, place, how: sealed })
      .execute();
    await needs.ledger.append(data, [
      { kind: "recognised", about: [subject], purpose, rules: [`roles.${staff.role}`], detail: kind },
    ]);
  });
};

const start = async (needs: Needs, subject: string, kind: Kind, { place, words, use }: Recognition) => {
  if (kind === "objection" && use !== "")
    return objectTo(needs, subject, { purpose: use, words: words.trim(), place });
  if (kind === "erasure") return (await askErasure(needs, subject, { place })) !== null;
  if (kind === "restriction") return restrictUse(needs, subject, place);
  const due = await dueOf(needs.policy, kind, needs.clock());
  const asked = { subject, kind, place, due, words: words.trim() };
  return needs.within(
    { actor: service, purpose },
    async (data) => (await openRequest(needs, data, asked)) !== null,
  );
};

/** Whoever is at the address on file learns what was asked for in their name, and can object while there is time. */
const tell = (needs: Needs, subject: string, kind: Kind): Promise<boolean> =>
  needs.within({ actor: service, purpose }, (data) =>
    writeTo(needs, data, subject, "asked-for-you", (language) => needs.askedLetter(language, kind)),
  );

/** Gives what is wrong with it where it was not started. */
export const askForPerson = async (
  needs: Needs,
  staff: { subject: string; role: string },
  subject: string,
  given: Recognition,
): Promise<RecognitionFault[]> => {
  const faults = faultsIn(given);
  if (staff.subject === subject)
    faults.push({
      field: "how",
      text: "Nobody recognises themselves: ask on your own page, or somebody else here.",
    });
  const { kind } = given;
  if (faults.length > 0 || !oneOf(kindsByWriting, kind)) return faults;
  const stands = await obstacle(needs, subject, given);
  if (stands) return [{ field: "kind", text: stands }];
  await keepRecognition(needs, staff, subject, given);
  if (!(await start(needs, subject, kind, given)))
    return [{ field: "kind", text: "It was asked for in the meantime, or the person is gone." }];
  await tell(needs, subject, kind);
  return [];
};
