// Accounts: registration from the policy's collection point, sign-in and sign-out, and what is held (C1, C3, C6, U11).
import { Hono } from "hono";
import { networkPurpose, purpose as accountPurpose } from "../../collect/needs.ts";
import { isBadPassword } from "../../collect/bad-passwords.ts";
import { digestOf } from "../../collect/publish-documents.ts";
import { readForm } from "../../collect/read-form.ts";
import { registerTechnician } from "../../collect/register-technician.ts";
import { passwordLength } from "../../collect/sign-in.ts";
import { signInHash } from "../../collect/sign-in-store.ts";
import { userNameFault, userNameKey } from "../../collect/user-name.ts";
import { Refusal } from "../../http/errors.ts";
import { collectable } from "../../session/needs.ts";
import { heldAbout } from "../../review/held-about.ts";
import { declared, dropSignIn, setSignIn, signInCookie } from "../cookies.ts";
import { formFields, pointOf, shownFields } from "../form-fields.ts";
import { endingOf, keptAt } from "../kept.ts";
import type { WebContext, WebEnv, WebNeeds } from "../needs.ts";
import { AccountPage } from "../pages/account-page.tsx";
import { FirstAdministratorPage } from "../pages/first-administrator-page.tsx";
import { RegisterPage } from "../pages/register-page.tsx";
import { SignInPage } from "../pages/sign-in-page.tsx";
import { mustBeSignedIn, safeNext } from "../signed-in.ts";
import { readBody } from "../read-body.ts";
import { siteFor } from "../site.ts";
import { pathOf } from "./public.tsx";

const registration = "technician-registration";

const hints = {
  password:
    `At least ${passwordLength.least} characters; several words do well. ` +
    "Change it from time to time, and keep your browser up to date.",
};

/** Documents that signing up agrees to: the policy and the terms. */
const agreedDocuments = ({ documents }: WebNeeds) =>
  documents.filter(({ id }) => pathOf(id) === "/privacy" || pathOf(id) === "/terms");

const shownDocuments = (needs: WebNeeds) =>
  agreedDocuments(needs).map(({ id, title, version }) => ({ title, version, href: pathOf(id) }));

type Typed = { values: Record<string, string>; errors: Record<string, string>; agreed: boolean };

/** What is wrong with name and password beyond what every field is checked for. */
const credentialFaults = (values: Record<string, string>): Record<string, string> => {
  const name = values["user-name"] ?? "";
  const password = values.password ?? "";
  const nameFault = name ? userNameFault(name) : null;
  const faults: Record<string, string> = nameFault ? { "user-name": nameFault } : {};
  if (password.length < passwordLength.least)
    faults.password = `Choose a password of at least ${passwordLength.least} characters.`;
  else if (password.length > passwordLength.most)
    faults.password = `Choose a password of at most ${passwordLength.most} characters.`;
  else if (isBadPassword(password, name))
    faults.password = "Choose another password: this one is among the first that anybody would try.";
  return faults;
};

const readAccountForm = async (needs: WebNeeds, c: WebContext): Promise<Typed> => {
  const typed = await readBody(c);
  const { values, errors } = readForm(formFields(needs.policy, registration), typed);
  const agreed = typed.agree === "yes";
  const disagreed = agreed
    ? {}
    : { agree: "Tick the box if you agree; without it no account can be opened." };
  return { values, errors: { ...credentialFaults(values), ...errors, ...disagreed }, agreed };
};

const showRegister = (needs: WebNeeds, c: WebContext, typed?: Typed) => {
  const errors = typed?.errors ?? {};
  return c.html(
    <RegisterPage
      site={siteFor(needs, c)}
      action="/register"
      fields={shownFields(needs.policy, registration, typed?.values, errors, hints)}
      passive={keptAt(needs, [registration], ["passive"])}
      documents={shownDocuments(needs)}
      agreement={{ id: "agree", checked: typed?.agreed ?? false, error: errors.agree }}
      errors={[]}
    />,
    typed ? 422 : 200,
  );
};

const register = async (
  needs: WebNeeds,
  c: WebContext,
  kind: "technician" | "administrator",
  { values }: Typed,
  page: string,
): Promise<boolean> => {
  const { "user-name": userName = "", password = "", ...details } = values;
  const permit = needs.permitFor(accountPurpose);
  const subject = await registerTechnician(needs.collect, {
    kind,
    userName,
    passwordHash: await needs.signIns.hashPassword(password),
    details,
    network: collectable(needs.permitFor(networkPurpose), registration, {
      "ip-address": c.get("address"),
      browser: c.get("browser"),
    }),
    agreed: agreedDocuments(needs).map(({ id, version, body }) => ({ id, version, digest: digestOf(body) })),
    page,
    rules: permit(registration, "user-name").rules,
  });
  if (!subject) return false;
  const token = await needs.signIns.signIn(userName, password);
  if (token) setSignIn(needs, c, token);
  return true;
};

const taken = "This user name is taken. Choose another.";

const postRegister = async (needs: WebNeeds, c: WebContext) => {
  if (!needs.throttles.register.allow(c.get("address"))) throw new Refusal("too-many-tries");
  const typed = await readAccountForm(needs, c);
  if (!typed.agreed) typed.errors.agree = "Tick the box if you agree; without it no account can be opened.";
  if (Object.keys(typed.errors).length > 0) return showRegister(needs, c, typed);
  if (await register(needs, c, "technician", typed, "/register")) return c.redirect("/console", 303);
  return showRegister(needs, c, { ...typed, errors: { "user-name": taken } });
};

const showSignIn = (
  needs: WebNeeds,
  c: WebContext,
  userName: string,
  next: string | undefined,
  error?: string,
) => {
  const cookie = declared(needs.policy, signInCookie);
  return c.html(
    <SignInPage
      site={siteFor(needs, c)}
      action="/sign-in"
      userName={userName}
      errors={error ? [{ text: error }] : []}
      notice={pointOf(needs.policy, "sign-in").notice ?? undefined}
      cookie={{
        name: signInCookie,
        life: cookie?.days == null ? "until the browser closes" : `${cookie.days} days`,
      }}
      next={next}
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
  if (!token)
    return showSignIn(needs, c, userName, safeNext(next), "The user name or the password is not right.");
  throttles.signIn.refund(address);
  throttles.nameHere.refund(here);
  throttles.name.refund(userNameKey(userName));
  setSignIn(needs, c, token);
  return c.redirect(safeNext(next) ?? "/console", 303);
};

const showAccount = async (needs: WebNeeds, c: WebContext) => {
  const person = mustBeSignedIn(c);
  const held = await heldAbout(
    needs.review,
    person.subject,
    signInHash(needs.collect.tokenKey, person.token),
  );
  const documents = new Map(needs.documents.map((document) => [document.id, document.title]));
  const requestEnd = (at: Date) => endingOf(needs, "ip-address", "page-request", at).at ?? at.getTime();
  const signInEnd = (at: Date) => endingOf(needs, "sign-ins", "sign-in", at).at ?? at.getTime();
  return c.html(
    <AccountPage
      site={siteFor(needs, c)}
      fields={formFields(needs.policy, registration)
        .filter(({ category }) => category !== "password")
        .map(({ category, label }) => ({
          label,
          value: held.fields[category] ?? null,
          end: endingOf(needs, category, registration),
        }))}
      registered={{
        at: held.registered?.at.getTime() ?? 0,
        address: held.registered?.address ?? null,
        end: endingOf(needs, "ip-address", registration),
      }}
      documents={held.agreements.map(({ document, version, at, page }) => ({
        title: documents.get(document) ?? document,
        href: `${pathOf(document)}/v/${version}`,
        version,
        at: at.getTime(),
        page,
      }))}
      signIns={held.signIns.map(({ at, current }) => ({
        at: at.getTime(),
        until: signInEnd(at),
        current,
      }))}
      requests={held.requests.map(({ at, method, route, address }) => ({
        at: at.getTime(),
        method,
        page: route,
        address,
        until: requestEnd(at),
      }))}
      ends={{
        signIns: endingOf(needs, "sign-ins", "sign-in"),
        requests: endingOf(needs, "ip-address", "page-request"),
        sessions: endingOf(needs, "session-times", "session"),
      }}
      sessions={held.sessions.map(({ id, openedAt, startedAt, endedAt, people }) => ({
        href: endedAt ? `/sessions/${id}` : `/room/${id}`,
        openedAt: openedAt.getTime(),
        length: startedAt && endedAt ? endedAt.getTime() - startedAt.getTime() : 0,
        people,
      }))}
    />,
  );
};

const firstAdministrator = (app: Hono<WebEnv>, needs: WebNeeds): void => {
  const { firstLink } = needs;
  const check = (c: WebContext) => {
    if (!firstLink.token || c.req.param("token") !== firstLink.token) throw new Refusal("link-used");
  };
  const show = (c: WebContext, { values, errors, agreed }: Typed) =>
    c.html(
      <FirstAdministratorPage
        site={siteFor(needs, c)}
        action={c.req.path}
        userName={values["user-name"]}
        errors={Object.entries(errors).map(([field, text]) => ({ field, text }))}
        documents={shownDocuments(needs)}
        agreement={{ id: "agree", checked: agreed, error: errors.agree }}
        passwordHint={hints.password}
      />,
      Object.keys(errors).length > 0 ? 422 : 200,
    );
  app.get("/first/:token", (c) => {
    check(c);
    return show(c, { values: {}, errors: {}, agreed: false });
  });
  app.post("/first/:token", async (c) => {
    check(c);
    const typed = await readAccountForm(needs, c);
    if (Object.keys(typed.errors).length > 0) return show(c, typed);
    const token = firstLink.token;
    // Taken before the work, so that two who hold the link can't both use it; given back if nothing came of it.
    firstLink.token = null;
    try {
      if (await register(needs, c, "administrator", typed, "/first")) return c.redirect("/desk", 303);
    } catch (fault) {
      firstLink.token = token;
      throw fault;
    }
    firstLink.token = token;
    return show(c, { ...typed, errors: { "user-name": taken } });
  });
};

export const accountRoutes = (needs: WebNeeds): Hono<WebEnv> => {
  const app = new Hono<WebEnv>();
  app.get("/register", (c) => showRegister(needs, c));
  app.post("/register", (c) => postRegister(needs, c));
  app.get("/sign-in", (c) => showSignIn(needs, c, "", safeNext(c.req.query("next"))));
  app.post("/sign-in", (c) => postSignIn(needs, c));
  app.post("/sign-out", async (c) => {
    const person = c.get("person");
    if (person) await needs.signIns.signOut(person.token);
    dropSignIn(c);
    return c.redirect("/", 303);
  });
  app.get("/account", (c) => showAccount(needs, c));
  firstAdministrator(app, needs);
  return app;
};
