// Signing in and out: one answer to a wrong name and a wrong password, and the word that one is no longer anonymous (U11, K3, K8).
import { Hono } from "hono";
import { outdatedBrowser } from "../../collect/browser.ts";
import { knownDevice } from "../../collect/known-device.ts";
import { endSignIn } from "../../collect/sign-in.ts";
import { userNameKey } from "../../collect/user-name.ts";
import { Refusal } from "../../http/errors.ts";
import { networkOf, type Throttle } from "../../http/throttle.ts";
import { declared, deviceCookie, dropSignIn, nameHere, readCookie, signInCookie } from "../cookies.ts";
import { enter } from "../enter.ts";
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

/** How a try is counted, the narrowest first: where the first is full, the others are not counted. */
const counted = (needs: WebNeeds, c: WebContext, userName: string): [Throttle, string][] => {
  const { throttles, policy, deviceKey, clock } = needs;
  const lasts = declared(policy, deviceCookie)?.days ?? 0;
  const device = knownDevice(deviceKey, readCookie(needs, c, deviceCookie), userName, lasts, clock());
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
  if (!(await needs.checkPassword(found?.subject ?? null, typed)) || !found)
    return showSignIn(needs, c, userName, safeNext(next), readerFor(needs, c).words.signIn.refused);
  for (const [throttle, key] of tries) await throttle.refund(key);
  await enter(needs, c, found.subject, userName);
  return c.redirect(safeNext(next) ?? "/console", 303);
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
  app.post("/sign-out", (c) => signOut(needs, c));
  return app;
};
