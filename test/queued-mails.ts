// Databases in which mails to a technician already wait, written by the service's own acts.
import { randomUUID } from "node:crypto";
import type { Letter } from "../src/keep/letter.ts";
import { openKeep } from "../src/keep/open-keep.ts";
import { service } from "../src/policy/rows.ts";
import { carrierIn } from "../src/share/mail-carrier.ts";
import { createQueueMail } from "../src/share/queue-mail.ts";
import { cloneData, keepOptions, type TestData } from "./keep.ts";
import { addTechnician } from "./walls/people.ts";

export const addressee = "wilhelmina@quux.example";

const letter: Omit<Letter, "subject"> = {
  purpose: "manage-account",
  to: addressee,
  title: "A new password",
  text: "The word is Rumpelstilzchen.",
  kind: "reset-password",
};

/** @param changes one mail for each */
export const dataWithMails = async (changes: readonly Partial<Letter>[]): Promise<TestData> => {
  const data = await cloneData();
  const keep = await openKeep(await keepOptions(data));
  const subject = await addTechnician(keep, "Wilhelmina Quux");
  const { pieces, clock, bits, inForce } = keep;
  const carrierFor = carrierIn(inForce.versions);
  const queueMail = createQueueMail({ pieces, clock, bits, carrierFor, newId: randomUUID });
  for (const change of changes)
    await keep.databases.door({ actor: service, purpose: "manage-account" }, (tx) =>
      queueMail(tx, { ...letter, subject, ...change }),
    );
  await keep.close();
  return data;
};
