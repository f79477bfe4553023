// Signing in and out: one answer to a wrong name and a wrong password, and the word that one is no longer anonymous (U11, K3, K8).
import { Hono } from "hono";
import { outdatedBrowser } from "../../collect/browser.ts";
import { codeAppOf, useCode } from "../../collect/code-app.ts";
import { knownDevice } from "../../collect/known-device.ts";
import { passkeyOptions } from "../../collect/passkeys.ts";
import { endSignIn, userNameOf } from "../../collect/sign-in.ts";
import { userNameKey } from "../../collect/user-name.ts";
import { Refusal } from "../../http/errors.ts";
import { networkOf, type Throttle } from "../../http/throttle.ts";
import { declared, deviceCookie, dropSignIn, nameHere, readCookie, signInCookie } from "../cookies.ts";
import { enter } from "../enter.ts";
import { partyFor } from "../passkey-party.ts";
import { SecondStepPage } from "../pages/second-step-page.tsx";
import { takePasskey } from "../take-passkey.ts";
import { pointOf } from "../form-fields.ts";
import type { WebContext, WebEnv, WebNeeds } from "../needs.ts";
import { SignInPage } from "../pages/sign-in-page.tsx";
import { safeNext } from "../signed-in.ts";
import { readBody } from "../read-body.ts";
import { readerFor } from "../reader.ts";

const showSignIn = (
  needs: WebNeeds,
  c: WebContext,
  userName: string,
  next: string | undefined,
  error?: string,
) => {
  const cookie = declared(needs.policy, signInCookie);
  const { site, policy, words, to } = readerFor(needs, c);
  return c.html(
    <SignInPage
      site={site}
      action={to("/sign-in")}
      userName={userName}
      errors={error ? [{ text: error }] : []}
      notice={pointOf(policy, "sign-in").notice ?? undefined}
      cookie={{
        name: nameHere(needs.origin(), c.req.header("host"), signInCookie),
        life: cookie?.days == null ? words.statement.browserCloses : words.statement.time(cookie.days),
      }}
      next={next}
      oldBrowser={outdatedBrowser(c.get("browser"), needs.clock())}
    />,
    error ? 401 : 200,
  );
};

/** The mark of a browser in which somebody has signed in under this name, or null. */
const deviceOf = (needs: WebNeeds, c: WebContext, userName: string): string | null => {
  const { policy, deviceKey, clock } = needs;
  const lasts = declared(policy, deviceCookie)?.days ?? 0;
  return knownDevice(deviceKey, readCookie(needs, c, deviceCookie), userName, lasts, clock());
};

/** How a try is counted, the narrowest first: where the first is full, the others are not counted. */
const counted = (needs: WebNeeds, c: WebContext, userName: string): [Throttle, string][] => {
  const { throttles } = needs;
  const device = deviceOf(needs, c, userName);
  // A browser in which this person has signed in before is counted by itself: nobody elsewhere can use up its tries.
  if (device) return [[throttles.device, device]];
  const name = userNameKey(userName);
  const network = networkOf(c.get("address"));
  return [
    [throttles.nameHere, `${name} ${network}`],
    [throttles.signIn, network],
    [throttles.name, name],
  ];
};

const postSignIn = async (needs: WebNeeds, c: WebContext) => {
  const { "user-name": name = "", password = "", next } = await readBody(c);
  const userName = typeof name === "string" ? name.slice(0, 200) : "";
  const tries = counted(needs, c, userName);
  for (const [throttle, key] of tries) if (!(await throttle.allow(key))) throw new Refusal("too-many-tries");
  const found = await needs.collect.vault.find("user-name", userNameKey(userName));
  const typed = typeof password === "string" ? password : "";
  const subject = found?.subject ?? null;
  if (!(await needs.checkPassword(subject, typed)) || subject === null)
    return showSignIn(needs, c, userName, safeNext(next), readerFor(needs, c).words.signIn.refused);
  for (const [throttle, key] of tries) await throttle.refund(key);
  if (await codeAppOf(needs.collect, subject)) {
    const ticket = needs.tickets.make("second-step", { subject, userName });
    return showSecondStep(needs, c, { ticket, next: safeNext(next) });
  }
  return letIn(needs, c, subject, userName, next);
};

const letIn = async (needs: WebNeeds, c: WebContext, subject: string, userName: string, next: unknown) => {
  await enter(needs, c, subject, userName);
  return c.redirect(safeNext(next) ?? "/console", 303);
};

type Step = { ticket: string; next: string | undefined; error?: string };

const showSecondStep = (needs: WebNeeds, c: WebContext, { ticket, next, error }: Step) => {
  const { site, to } = readerFor(needs, c);
  return c.html(
    <SecondStepPage site={site} action={to("/sign-in/code")} ticket={ticket} next={next} error={error} />,
    error ? 401 : 200,
  );
};

const postSecondStep = async (needs: WebNeeds, c: WebContext) => {
  const { "second-step": typed, code = "", next: to } = await readBody(c);
  const { secondStep } = readerFor(needs, c).words;
  const next = safeNext(to);
  const ticket = needs.tickets.read("second-step", typed);
  if (!ticket) return showSignIn(needs, c, "", next, secondStep.over);
  const { subject, userName } = ticket.carries;
  // Only who has the password comes this far; one who guesses codes keeps the owner out of no known browser.
  const key = deviceOf(needs, c, userName) ?? subject;
  const throttle = needs.throttles.secondStep;
  if (!(await throttle.allow(key))) throw new Refusal("too-many-tries");
  if (typeof code !== "string" || !(await useCode(needs.collect, subject, code)))
    return showSecondStep(needs, c, { ticket: String(typed), next, error: secondStep.refused });
  await throttle.refund(key);
  return letIn(needs, c, subject, userName, next);
};

const offerPasskey = async (needs: WebNeeds, c: WebContext) => {
  if (!(await needs.throttles.passkey.allow(networkOf(c.get("address")))))
    throw new Refusal("too-many-tries");
  const options = await passkeyOptions(needs.collect, partyFor(needs), null);
  return c.json({ options, ticket: needs.tickets.make("passkey", { challenge: options.challenge }) });
};

const postPasskey = async (needs: WebNeeds, c: WebContext) => {
  const { passkey, "passkey-ticket": typed, next } = await readBody(c);
  const subject = await takePasskey(needs, passkey, typed, null);
  const userName = subject === null ? null : await userNameOf(needs.collect, subject);
  if (subject === null || userName === null)
    return showSignIn(needs, c, "", safeNext(next), readerFor(needs, c).words.passkey.refused);
  return letIn(needs, c, subject, userName, next);
};

/** What a signed-in browser may still have of ours, but for the cookies: those are dropped one by one. */
const cleared = '"cache", "storage"';

const signOut = async (needs: WebNeeds, c: WebContext) => {
  const person = c.get("person");
  if (person) await endSignIn(needs.collect, person.subject, person.signIn);
  dropSignIn(needs, c);
  c.header("clear-site-data", cleared);
  return c.redirect("/", 303);
};

export const signInRoutes = (needs: WebNeeds): Hono<WebEnv> => {
  const app = new Hono<WebEnv>();
  app.get("/sign-in", (c) => showSignIn(needs, c, "", safeNext(c.req.query("next"))));
  app.post("/sign-in", (c) => postSignIn(needs, c));
  app.post("/sign-in/code", (c) => postSecondStep(needs, c));
  app.post("/sign-in/passkey", (c) => postPasskey(needs, c));
  app.post("/sign-in/passkey/options", (c) => offerPasskey(needs, c));
  app.post("/sign-out", (c) => signOut(needs, c));
  return app;
};
