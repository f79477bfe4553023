// The outbox on the desk: for those whose role lets them look at mails: what waits, and by a recorded look what it says (K3, D1).
import { Hono } from "hono";
import { Refusal } from "../../http/errors.ts";
import { lookAtMail, mailStates, readOutbox, retryMail, type OutboxMail } from "../../share/outbox.ts";
import type { WebContext, WebEnv, WebNeeds } from "../needs.ts";
import { LetterPage } from "../pages/letter-page.tsx";
import { OutboxPage, type ShownMail } from "../pages/outbox-page.tsx";
import { siteFor } from "../site.ts";
import { deskPlaces, mustOpen } from "../desk-places.ts";

const idForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const idOf = (c: WebContext): string => {
  const id = c.req.param("id") ?? "";
  if (!idForm.test(id)) throw new Refusal("not-found");
  return id;
};

const shown = ({ policy }: WebNeeds, mail: OutboxMail): ShownMail => ({
  ...mail,
  purpose: policy.purposes[mail.purpose]?.label ?? mail.purpose,
  dueAt: mail.dueAt.getTime(),
  nextTryAt: mail.nextTryAt.getTime(),
  sentAt: mail.sentAt?.getTime() ?? null,
});

const showOutbox = async (needs: WebNeeds, c: WebContext) => {
  mustOpen(needs, c, deskPlaces.outbox);
  const state = mailStates.find((one) => one === c.req.query("state")) ?? "queued";
  const { counts, mails } = await readOutbox(needs.outbox, state);
  return c.html(
    <OutboxPage
      site={siteFor(needs, c)}
      sends={needs.outbox.sends}
      state={state}
      counts={counts}
      mails={mails.map((mail) => shown(needs, mail))}
    />,
  );
};

const showLetter = async (needs: WebNeeds, c: WebContext) => {
  const { person, role } = mustOpen(needs, c, deskPlaces.outbox);
  const looked = await lookAtMail(needs.outbox, { staff: person.subject, role }, idOf(c));
  if (looked.seen === "nothing") throw new Refusal("not-found");
  if (looked.seen === "refused") throw new Refusal("not-yours");
  const { mail, to, title, text } = looked;
  return c.html(
    <LetterPage site={siteFor(needs, c)} mail={shown(needs, mail)} to={to} title={title} text={text} />,
  );
};

const postRetry = async (needs: WebNeeds, c: WebContext) => {
  mustOpen(needs, c, deskPlaces.outbox);
  if (!(await retryMail(needs.outbox, idOf(c)))) throw new Refusal("not-found");
  return c.redirect("/desk/outbox", 303);
};

export const outboxRoutes = (needs: WebNeeds): Hono<WebEnv> => {
  const app = new Hono<WebEnv>();
  app.get("/desk/outbox", (c) => showOutbox(needs, c));
  app.get("/desk/outbox/:id", (c) => showLetter(needs, c));
  app.post("/desk/outbox/:id/retry", (c) => postRetry(needs, c));
  return app;
};
