// An archive of all that is held: a link to it that ends, and the archive itself, put together while it goes out (R1).
import type { ServerResponse } from "node:http";
import { finished } from "node:stream";
import { Hono } from "hono";
import { Refusal } from "../../http/errors.ts";
import {
  askDownload,
  beginDownload,
  downloadOfPerson,
  downloadsOf,
  endDownload,
  type Download,
  type ReadyLetter,
} from "../../review/download.ts";
import { archiveFiles } from "../archive/archive-files.ts";
import { bodyOf } from "../archive/body.ts";
import type { GoingOut, Sending } from "../archive/going-out.ts";
import { schemas, schemaText, type SchemaName } from "../archive/schema.ts";
import { zipOf } from "../archive/zip.ts";
import type { WebContext, WebEnv, WebNeeds } from "../needs.ts";
import { DownloadPage, type ShownDownload } from "../pages/download-page.tsx";
import { readerFor } from "../reader.ts";

/** Whose it is, where the pages of what is held about them are, and whether that takes an account. */
export type Downloader = { subject: string; base: string; until: Date | null };
type Who = (c: WebContext) => Downloader | Promise<Downloader>;

const idForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const instant = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", dateStyle: "long", timeStyle: "short" });

/** One that stopped being sent without a note, as after a kill, was cut off. */
const shown = (sending: Sending, { subject, base }: Downloader, one: Download): ShownDownload => {
  const going = sending.of(subject);
  const runs = going?.id === one.id;
  const state = one.state === "running" ? "broken" : one.state;
  return {
    ...{ id: one.id, action: `${base}/download/${one.id}` },
    ...{ askedAt: one.askedAt.getTime(), endsAt: one.endsAt.getTime(), total: one.total },
    state: runs ? "running" : state,
    done: runs ? going.done : one.done,
  };
};

const show = async (needs: WebNeeds, c: WebContext, sending: Sending, who: Downloader) => {
  const downloads = await downloadsOf(needs.review, who.subject);
  return c.html(
    <DownloadPage
      site={readerFor(needs, c).site}
      action={`${who.base}/download`}
      back={who.base}
      downloads={downloads.map((one) => shown(sending, who, one))}
      mails={needs.outbox.sends}
    />,
  );
};

/** Whoever came by a mailed link comes back with it, as long as it opens anything; all others show who they are. */
const letterFor = (needs: WebNeeds, c: WebContext, { base, until }: Downloader): ReadyLetter | null => {
  if (!needs.outbox.sends) return null;
  const { words, policy, to } = readerFor(needs, c);
  const { controller } = policy;
  const name = controller.product ?? controller.name;
  const from = [controller.name, ...controller.post, controller.email].join("\n");
  const write = until ? words.download.letterByLink : words.download.letter;
  return (_, endsAt) => {
    const ends = until && until < endsAt ? until : endsAt;
    return write(name, `${needs.origin()}${to(`${base}/download`)}`, instant.format(ends), from);
  };
};

const ask = async (needs: WebNeeds, c: WebContext, who: Downloader) => {
  if (!(await needs.throttles.download.allow(who.subject))) throw new Refusal("too-many-tries");
  const id = await askDownload(needs.review, who.subject, letterFor(needs, c, who));
  if (!id) throw new Refusal("not-found");
  return c.redirect(readerFor(needs, c).to(`${who.base}/download`), 303);
};

/** The person's own, while its link works; anybody else's is not there. */
const found = async (needs: WebNeeds, c: WebContext, { subject }: Downloader): Promise<Download> => {
  const id = c.req.param("id") ?? "";
  const one = idForm.test(id) ? await downloadOfPerson(needs.review, subject, id) : null;
  if (one === null) throw new Refusal("not-found");
  if (one === "over") throw new Refusal("download-over");
  return one;
};

/** The zip, which notes how it ended once nobody takes any more of it. */
const send = (needs: WebNeeds, c: WebContext, { subject }: Downloader, one: Download, sending: Sending) => {
  const place = sending.take(subject, one.id);
  if (place === "running") throw new Refusal("download-running");
  if (place === "busy") throw new Refusal("downloads-busy");
  const going: GoingOut = place;
  const files = archiveFiles(needs, {
    ...{ subject, askedAt: one.askedAt, spoken: readerFor(needs, c) },
    told: (more) => (going.done += more),
  });
  const begin = async () => {
    if (!(await beginDownload(needs.review, subject, one.id))) throw new Refusal("not-found");
    const zip = zipOf(files, needs.clock());
    going.stop = () => zip.destroy();
    finished(zip, (fault) => {
      sending.leave(going);
      const state = fault ? "broken" : "whole";
      needs.background.run(() => endDownload(needs.review, subject, one.id, { state, done: going.done }));
    });
    return zip;
  };
  return begin().catch((fault: unknown) => {
    sending.leave(going);
    throw fault;
  });
};

const fetchOne = async (needs: WebNeeds, c: WebContext, sending: Sending, who: Downloader) => {
  const one = await found(needs, c, who);
  if (!(await needs.throttles.download.allow(who.subject))) throw new Refusal("too-many-tries");
  const zip = await send(needs, c, who, one, sending);
  const name = `${needs.policy.policy}-${needs.clock().toISOString().slice(0, 10)}.zip`;
  c.header("content-type", "application/zip");
  c.header("content-disposition", `attachment; filename="${name}"`);
  const { outgoing } = c.env as { outgoing?: ServerResponse };
  return c.body(bodyOf(zip, () => void outgoing?.destroy()));
};

const stop = async (needs: WebNeeds, c: WebContext, sending: Sending, who: Downloader) => {
  const one = await found(needs, c, who);
  const going = sending.of(who.subject);
  if (going?.id === one.id) going.stop();
  return c.redirect(readerFor(needs, c).to(`${who.base}/download`), 303);
};

/** The pages of the download for whoever may read what is held about them. */
export const downloadPages = (
  app: Hono<WebEnv>,
  needs: WebNeeds,
  sending: Sending,
  at: string,
  who: Who,
): void => {
  app.get(`${at}/download`, async (c) => show(needs, c, sending, await who(c)));
  app.post(`${at}/download`, async (c) => ask(needs, c, await who(c)));
  app.post(`${at}/download/:id`, async (c) => fetchOne(needs, c, sending, await who(c)));
  app.post(`${at}/download/:id/stop`, async (c) => stop(needs, c, sending, await who(c)));
};

/** The form of an archive's JSON, for whoever writes a program that reads it. */
export const schemaRoutes = (): Hono<WebEnv> => {
  const app = new Hono<WebEnv>();
  app.get("/schemas/:name", (c) => {
    const name = c.req.param("name");
    if (!Object.hasOwn(schemas, name)) throw new Refusal("not-found");
    return c.body(schemaText(name as SchemaName), 200, { "content-type": "application/schema+json" });
  });
  return app;
};
