// Writes to the address that a person gave, in the language that they chose, in the transaction of what it tells of (R5, R6, P1).
import type { Data } from "../keep/database.ts";
import type { QueueMail } from "../keep/letter.ts";
import type { Pieces } from "../keep/pieces.ts";
import { tables } from "../keep/tables.ts";
import { purpose } from "./needs.ts";

/** What a mail says, in a language; null for the policy's own. */
export type Write = (language: string | null) => { title: string; text: string };

type Needs = { pieces: Pieces; queueMail: QueueMail };

/** The address of an account; null where none is held. The transaction is one of the desk's for answering people. */
export const addressOf = async (pieces: Pieces, data: Data, subject: string): Promise<string | null> => {
  const row = await data
    .selectFrom("profile")
    .select(["subject", "details"])
    .where("subject", "=", subject)
    .executeTakeFirst();
  const { email } = row ? await pieces.open(purpose, tables.profile, "details", row) : {};
  return email ?? null;
};

/** What was chosen is kept as a language and a look, with a dot between them. */
const languageOf = async (pieces: Pieces, data: Data, subject: string): Promise<string | null> => {
  const row = await data
    .selectFrom("preference")
    .selectAll()
    .where("subject", "=", subject)
    .executeTakeFirst();
  const { preferences } = row ? await pieces.open(purpose, tables.preference, "chosen", row) : {};
  return preferences?.split(".")[0] || null;
};

/** @returns false where no address is held, or the policy lets nobody write */
export const writeTo = async (
  { pieces, queueMail }: Needs,
  data: Data,
  subject: string,
  kind: string,
  write: Write,
): Promise<boolean> => {
  const to = await addressOf(pieces, data, subject);
  if (to === null) return false;
  const letter = write(await languageOf(pieces, data, subject));
  return (await queueMail(data, { subject, purpose, to, kind, ...letter })).queued;
};
