// Writes to people of a new version of the policy, and notes that they were told once their mail has gone (P2).
import type { Within } from "../keep/database.ts";
import type { QueueMail } from "../keep/letter.ts";
import type { Pieces } from "../keep/pieces.ts";
import { tables } from "../keep/tables.ts";
import { service } from "../policy/rows.ts";
import { purpose, type ChooseNeeds } from "./needs.ts";
import { noteTold } from "./tell.ts";

export type MailNeeds = ChooseNeeds & {
  /** Transactions of the door role, which may write about an account. */
  door: Within;
  pieces: Pieces;
  queueMail: QueueMail;
  /** What the mail says. */
  letter: (running: ChooseNeeds["inForce"]["running"]) => { title: string; text: string };
};

const writing = "manage-account";
const most = 200;

const kindOf = ({ inForce: { running } }: ChooseNeeds): string => `policy-version-${running.number}`;

/** Account holders under an earlier version, to whom no mail about this one was written, from an id on. */
const untold = (needs: ChooseNeeds, after: string): Promise<{ id: string }[]> => {
  const { running } = needs.inForce;
  return needs.within({ actor: service, purpose }, (data) =>
    data
      .selectFrom("subject")
      .select("id")
      .where("kind", "in", ["technician", "administrator"])
      .where("told", "<", running.number)
      .where("id", ">", after)
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom("mail")
              .select("mail.id")
              .whereRef("mail.subject", "=", "subject.id")
              .where("mail.kind", "=", kindOf(needs)),
          ),
        ),
      )
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom("notice")
              .select("notice.subject")
              .whereRef("notice.subject", "=", "subject.id")
              .where("notice.activation", "=", running.number),
          ),
        ),
      )
      .orderBy("id")
      .limit(most)
      .execute(),
  );
};

const writeTo = (needs: MailNeeds, subject: string): Promise<boolean> =>
  needs.door({ actor: subject, purpose: writing }, async (data) => {
    const row = await data
      .selectFrom("profile")
      .selectAll()
      .where("subject", "=", subject)
      .executeTakeFirst();
    const { email } = row ? await needs.pieces.open(writing, tables.profile, "details", row) : {};
    if (!email) return false;
    const letter = { ...needs.letter(needs.inForce.running), to: email, kind: kindOf(needs) };
    return (await needs.queueMail(data, { ...letter, subject, purpose: writing })).queued;
  });

/** Writes to everybody who has an address and was not told yet; gives how many mails were queued. */
export const tellByMail = async (needs: MailNeeds): Promise<number> => {
  const { versions } = needs.inForce;
  if (versions.earlier.length === 0 || !versions.running.compiled.policy.changes.by.includes("mail"))
    return 0;
  let written = 0;
  let page = await untold(needs, service);
  while (page.length > 0) {
    for (const { id } of page) if (await writeTo(needs, id)) written += 1;
    page = await untold(needs, page.at(-1)?.id ?? "");
  }
  return written;
};

/** Those whose mail has gone are told. */
export const noteMailed = async (needs: ChooseNeeds): Promise<void> => {
  if (needs.inForce.versions.earlier.length === 0) return;
  const { running } = needs.inForce;
  const rows = await needs.within({ actor: service, purpose }, (data) =>
    data
      .selectFrom("mail")
      .select(["subject", "sent_at"])
      .where("kind", "=", kindOf(needs))
      .where("state", "=", "sent")
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom("notice")
              .select("notice.subject")
              .whereRef("notice.subject", "=", "mail.subject")
              .where("notice.activation", "=", running.number),
          ),
        ),
      )
      .execute(),
  );
  for (const { subject } of rows) await noteTold(needs, subject, "mail");
};
