// Adding and removing passkeys and the code app: each change asks first who it is (C3, K8, O6).
import { Hono } from "hono";
import {
  codeAppOf,
  codeAppUrl,
  newSecret,
  renewBackupCodes,
  turnOffCodeApp,
  turnOnCodeApp,
} from "../../collect/code-app.ts";
import { addPasskey, checkNewPasskey, newPasskeyOptions, removePasskey } from "../../collect/passkeys.ts";
import { Refusal } from "../../http/errors.ts";
import type { WebContext, WebEnv, WebNeeds } from "../needs.ts";
import { BackupCodesPage } from "../pages/backup-codes-page.tsx";
import { CodeAppPage } from "../pages/code-app-page.tsx";
import { PasskeyPage } from "../pages/passkey-page.tsx";
import { partyFor } from "../passkey-party.ts";
import { readBody } from "../read-body.ts";
import { answering, readerFor } from "../reader.ts";
import { mustBeSignedIn } from "../signed-in.ts";

const back = (needs: WebNeeds, c: WebContext, said: string) =>
  c.redirect(readerFor(needs, c).to(`/account/security?said=${said}`), 303);

const showPasskey = (needs: WebNeeds, c: WebContext, label?: string, error?: string) =>
  c.html(<PasskeyPage site={readerFor(needs, c).site} label={label} error={error} />, error ? 422 : 200);

const offerPasskey = async (needs: WebNeeds, c: WebContext) => {
  const { subject, name } = mustBeSignedIn(c);
  const options = await newPasskeyOptions(needs.collect, partyFor(needs), subject, name);
  const ticket = needs.tickets.make("new-passkey", { challenge: options.challenge, subject });
  return c.json({ options, ticket });
};

const longestLabel = 40;

const labelIn = (typed: unknown): string =>
  typeof typed === "string" ? typed.replace(/\p{C}/gu, "").trim().slice(0, longestLabel) : "";

const postPasskey = async (needs: WebNeeds, c: WebContext) => {
  const { subject } = mustBeSignedIn(c);
  const { passkey, "passkey-ticket": typed, label } = await readBody(c);
  const ticket = needs.tickets.read("new-passkey", typed);
  const made =
    ticket?.carries.subject === subject
      ? await checkNewPasskey(partyFor(needs), ticket.carries.challenge, passkey, labelIn(label))
      : null;
  const added = ticket && made && (await addPasskey(needs.mailing, made, ticket));
  if (!added) return showPasskey(needs, c, labelIn(label), readerFor(needs, c).words.newPasskey.refused);
  return back(needs, c, "passkey");
};

const idForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const dropPasskey = async (needs: WebNeeds, c: WebContext) => {
  const { subject } = mustBeSignedIn(c);
  const id = c.req.param("id") ?? "";
  if (!idForm.test(id)) throw new Refusal("not-found");
  const removed = await removePasskey(needs.mailing, subject, id);
  return back(needs, c, removed ? "passkey-removed" : "only-way");
};

const showCodeApp = (needs: WebNeeds, c: WebContext, secret: string, ticket: string, error?: string) => {
  const { name } = mustBeSignedIn(c);
  const service = needs.policy.controller.product ?? needs.policy.controller.name;
  return c.html(
    <CodeAppPage
      site={readerFor(needs, c).site}
      url={codeAppUrl(secret, service, name)}
      ticket={ticket}
      error={error}
    />,
    error ? 422 : 200,
  );
};

const newCodeApp = (needs: WebNeeds, c: WebContext) => {
  const { subject } = mustBeSignedIn(c);
  const secret = newSecret();
  return showCodeApp(needs, c, secret, needs.tickets.make("code-app", { subject, secret }));
};

const showCodes = (needs: WebNeeds, c: WebContext, codes: readonly string[]) =>
  c.html(<BackupCodesPage site={answering(readerFor(needs, c).site)} codes={codes} />);

const postCodeApp = async (needs: WebNeeds, c: WebContext) => {
  const { subject } = mustBeSignedIn(c);
  const { "code-app": typed, code } = await readBody(c);
  const ticket = needs.tickets.read("code-app", typed);
  const { words, to } = readerFor(needs, c);
  if (!ticket || ticket.carries.subject !== subject) return c.redirect(to("/account/code-app"), 303);
  if (!(await needs.throttles.secondStep.allow(subject))) throw new Refusal("too-many-tries");
  const codes = await turnOnCodeApp(needs.mailing, ticket, typeof code === "string" ? code : "");
  if (!codes) return showCodeApp(needs, c, ticket.carries.secret, String(typed), words.codeApp.refused);
  await needs.throttles.secondStep.refund(subject);
  return showCodes(needs, c, codes);
};

const renewCodes = async (needs: WebNeeds, c: WebContext) => {
  const codes = await renewBackupCodes(needs.collect, mustBeSignedIn(c).subject);
  return codes ? showCodes(needs, c, codes) : back(needs, c, "no-code-app");
};

const dropCodeApp = async (needs: WebNeeds, c: WebContext) => {
  const { subject } = mustBeSignedIn(c);
  if (await codeAppOf(needs.collect, subject)) await turnOffCodeApp(needs.mailing, subject);
  return back(needs, c, "code-app-removed");
};

export const secondFactorRoutes = (needs: WebNeeds): Hono<WebEnv> => {
  const app = new Hono<WebEnv>();
  app.get("/account/passkeys", (c) => showPasskey(needs, c));
  app.post("/account/passkeys", (c) => postPasskey(needs, c));
  app.post("/account/passkeys/options", (c) => offerPasskey(needs, c));
  app.post("/account/passkeys/:id/remove", (c) => dropPasskey(needs, c));
  app.get("/account/code-app", (c) => newCodeApp(needs, c));
  app.post("/account/code-app", (c) => postCodeApp(needs, c));
  app.post("/account/code-app/remove", (c) => dropCodeApp(needs, c));
  app.post("/account/backup-codes", (c) => renewCodes(needs, c));
  return app;
};
