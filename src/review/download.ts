// A download of all that is held: asked for, fetched while its link lasts, and entered in the ledger each time (R1, K5).
import { tables } from "../keep/tables.ts";
import { endOf } from "../policy/core.ts";
import { countHeld } from "./held-stream.ts";
import { purpose, type ReviewNeeds } from "./needs.ts";
import { addressOf } from "./write-to.ts";

export type DownloadState = "ready" | "running" | "whole" | "broken";

export type Download = {
  id: string;
  askedAt: Date;
  endsAt: Date;
  state: DownloadState;
  /** Records when it was asked for. */
  total: number;
  /** Records that went out the last time. */
  done: number;
  /** How often it was fetched. */
  fetched: number;
};

/** What the person is written, with where the link is; nothing is written where it is null. */
export type ReadyLetter = (id: string, endsAt: Date) => { title: string; text: string };

const day = 86_400_000;

/** How long a link works: as long as the policy keeps that it was asked for. */
export const linkLasts = ({ inForce }: Pick<ReviewNeeds, "inForce">): number => {
  const { policy } = inForce.versions.running.compiled;
  return (endOf(policy, "request", tables.download.at)?.days ?? 1) * day;
};

/** Makes a link for the person; null where nobody is there. Nothing is put together before it is fetched. */
export const askDownload = async (
  needs: ReviewNeeds,
  subject: string,
  write: ReadyLetter | null,
): Promise<string | null> =>
  needs.within({ actor: subject, purpose }, async (data) => {
    const person = await data.selectFrom("subject").select("id").where("id", "=", subject).executeTakeFirst();
    if (!person) return null;
    const id = needs.newId();
    const asked_at = needs.clock();
    const ends_at = new Date(asked_at.getTime() + linkLasts(needs));
    const total = await countHeld(data, subject);
    await data
      .insertInto("download")
      .values({ id, subject, asked_at, ends_at, state: "ready", total, done: 0, fetched: 0 })
      .execute();
    const to = write && (await addressOf(needs.pieces, data, subject));
    if (!to) return id;
    await needs.queueMail(data, { subject, purpose, to, kind: "download-ready", ...write(id, ends_at) });
    await needs.ledger.append(data, [{ kind: "told", about: [subject], detail: "download by mail" }]);
    return id;
  });

const columns = ["id", "asked_at", "ends_at", "state", "total", "done", "fetched"] as const;
type Row = Pick<Download, "id" | "total" | "done" | "fetched"> & {
  asked_at: Date;
  ends_at: Date;
  state: string;
};

const downloadOf = ({ asked_at, ends_at, state, ...row }: Row): Download => ({
  ...row,
  state: state as DownloadState,
  askedAt: asked_at,
  endsAt: ends_at,
});

/** Whether its link works: not after its end, nor before it was made, should the clock have been set back. */
const works = ({ askedAt, endsAt }: Download, now: Date): boolean => askedAt <= now && now < endsAt;

/** The person's downloads whose links still work, newest first. */
export const downloadsOf = async (
  { within, clock }: Pick<ReviewNeeds, "within" | "clock">,
  subject: string,
): Promise<Download[]> => {
  const rows = await within({ actor: subject, purpose }, (data) =>
    data
      .selectFrom("download")
      .select(columns)
      .where("subject", "=", subject)
      .orderBy("asked_at", "desc")
      .limit(20)
      .execute(),
  );
  const now = clock();
  return rows.map(downloadOf).filter((one) => works(one, now));
};

/** One of the person's own; `over`: its link works no more. Null for anybody else's, or none at all. */
export const downloadOfPerson = async (
  { within, clock }: Pick<ReviewNeeds, "within" | "clock">,
  subject: string,
  id: string,
): Promise<Download | "over" | null> => {
  const row = await within({ actor: subject, purpose }, (data) =>
    data
      .selectFrom("download")
      .select(columns)
      .where("id", "=", id)
      .where("subject", "=", subject)
      .executeTakeFirst(),
  );
  if (!row) return null;
  const found = downloadOf(row);
  return works(found, clock()) ? found : "over";
};

type Noting = Pick<ReviewNeeds, "within" | "ledger">;

/** Notes in row and ledger that the archive begins to go out; false where the link is gone. */
export const beginDownload = ({ within, ledger }: Noting, subject: string, id: string): Promise<boolean> =>
  within({ actor: subject, purpose }, async (data) => {
    const begun = await data
      .updateTable("download")
      .set((column) => ({ state: "running", done: 0, fetched: column("fetched", "+", 1) }))
      .where("id", "=", id)
      .where("subject", "=", subject)
      .returning("id")
      .executeTakeFirst();
    if (!begun) return false;
    await ledger.append(data, [{ kind: "downloaded", about: [subject], purpose, detail: "begun" }]);
    return true;
  });

/** Notes how it ended and how many records went out; nothing of somebody who was erased meanwhile. */
export const endDownload = async (
  { within, ledger }: Noting,
  subject: string,
  id: string,
  ended: { state: "whole" | "broken"; done: number },
): Promise<void> =>
  within({ actor: subject, purpose }, async (data) => {
    const { numUpdatedRows } = await data
      .updateTable("download")
      .set(ended)
      .where("id", "=", id)
      .where("subject", "=", subject)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return;
    await ledger.append(data, [
      { kind: "downloaded", about: [subject], purpose, detail: ended.state, count: ended.done },
    ]);
  });
