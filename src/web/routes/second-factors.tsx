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
import { mustBeSignedIn } from "../signed-in.ts";
import { siteFor } from "../site.ts";

const back = (said: string): string => `/account/security?said=${said}`;

const showPasskey = (needs: WebNeeds, c: WebContext, error?: string) =>
  c.html(<PasskeyPage site={siteFor(needs, c)} error={error} />, error ? 422 : 200);

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
  if (!added)
    return showPasskey(needs, c, "The passkey could not be checked, or came too late. Make it again.");
  return c.redirect(back("passkey"), 303);
};

const idForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const dropPasskey = async (needs: WebNeeds, c: WebContext) => {
  const { subject } = mustBeSignedIn(c);
  const id = c.req.param("id") ?? "";
  if (!idForm.test(id)) throw new Refusal("not-found");
  const removed = await removePasskey(needs.mailing, subject, id);
  return c.redirect(back(removed ? "passkey-removed" : "only-way"), 303);
};

const showCodeApp = (needs: WebNeeds, c: WebContext, secret: string, ticket: string, error?: string) => {
  const { name } = mustBeSignedIn(c);
  const service = needs.policy.controller.product ?? needs.policy.controller.name;
  return c.html(
    <CodeAppPage
      site={siteFor(needs, c)}
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
  c.html(<BackupCodesPage site={siteFor(needs, c)} codes={codes} />);

const postCodeApp = async (needs: WebNeeds, c: WebContext) => {
  const { subject } = mustBeSignedIn(c);
  const { "code-app": typed, code } = await readBody(c);
  const ticket = needs.tickets.read("code-app", typed);
  if (!ticket || ticket.carries.subject !== subject) return c.redirect("/account/code-app", 303);
  if (!(await needs.throttles.secondStep.allow(subject))) throw new Refusal("too-many-tries");
  const codes = await turnOnCodeApp(needs.mailing, ticket, typeof code === "string" ? code : "");
  if (!codes)
    return showCodeApp(
      needs,
      c,
      ticket.carries.secret,
      String(typed),
      "This code is not right. Look at the app again: it shows a new one every half minute.",
    );
  await needs.throttles.secondStep.refund(subject);
  return showCodes(needs, c, codes);
};

const renewCodes = async (needs: WebNeeds, c: WebContext) => {
  const codes = await renewBackupCodes(needs.collect, mustBeSignedIn(c).subject);
  return codes ? showCodes(needs, c, codes) : c.redirect(back("no-code-app"), 303);
};

const dropCodeApp = async (needs: WebNeeds, c: WebContext) => {
  const { subject } = mustBeSignedIn(c);
  if (await codeAppOf(needs.collect, subject)) await turnOffCodeApp(needs.mailing, subject);
  return c.redirect(back("code-app-removed"), 303);
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
