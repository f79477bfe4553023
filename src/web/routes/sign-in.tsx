// Signing in and out: one answer to a wrong name and a wrong password, and the word that one is no longer anonymous (U11, K3, K8).
import { Hono } from "hono";
import { outdatedBrowser } from "../../collect/browser.ts";
import { userNameKey } from "../../collect/user-name.ts";
import { Refusal } from "../../http/errors.ts";
import { declared, dropSignIn, setSignIn, signInCookie } from "../cookies.ts";
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
        name: signInCookie,
        life: cookie?.days == null ? words.statement.browserCloses : words.statement.time(cookie.days),
      }}
      next={next}
      oldBrowser={outdatedBrowser(c.get("browser"), needs.clock())}
    />,
    error ? 401 : 200,
  );
};

const postSignIn = async (needs: WebNeeds, c: WebContext) => {
  const { "user-name": name = "", password = "", next } = await readBody(c);
  const userName = typeof name === "string" ? name.slice(0, 200) : "";
  const { throttles } = needs;
  const address = c.get("address");
  const here = `${userNameKey(userName)} ${address}`;
  // One who guesses from one place locks that place out, and not the person from everywhere else.
  if (!throttles.signIn.allow(address) || !throttles.nameHere.allow(here))
    throw new Refusal("too-many-tries");
  if (!throttles.name.allow(userNameKey(userName))) throw new Refusal("too-many-tries");
  const token = await needs.signIns.signIn(userName, typeof password === "string" ? password : "");
  if (!token) return showSignIn(needs, c, userName, safeNext(next), readerFor(needs, c).words.signIn.refused);
  throttles.signIn.refund(address);
  throttles.nameHere.refund(here);
  throttles.name.refund(userNameKey(userName));
  setSignIn(needs, c, token);
  return c.redirect(safeNext(next) ?? "/console", 303);
};

export const signInRoutes = (needs: WebNeeds): Hono<WebEnv> => {
  const app = new Hono<WebEnv>();
  app.get("/sign-in", (c) => showSignIn(needs, c, "", safeNext(c.req.query("next"))));
  app.post("/sign-in", (c) => postSignIn(needs, c));
  app.post("/sign-out", async (c) => {
    const person = c.get("person");
    if (person) await needs.signIns.signOut(person.token);
    dropSignIn(c);
    return c.redirect("/", 303);
  });
  return app;
};
