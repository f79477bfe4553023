// Opening an account from the policy's collection point, with what is agreed to (C1, C3, C6, K8).
import { Hono } from "hono";
import { outdatedBrowser } from "../../collect/browser.ts";
import { hashPassword } from "../../collect/check-password.ts";
import { networkPurpose, purpose as accountPurpose } from "../../collect/needs.ts";
import { passwordFault, passwordLength } from "../../collect/password.ts";
import { digestOf } from "../../collect/publish-documents.ts";
import { readForm } from "../../collect/read-form.ts";
import { registerTechnician } from "../../collect/register-technician.ts";
import { userNameFault } from "../../collect/user-name.ts";
import { Refusal } from "../../http/errors.ts";
import { networkOf } from "../../http/throttle.ts";
import { collectable } from "../../session/needs.ts";
import { enter } from "../enter.ts";
import { formFields, shownFields } from "../form-fields.ts";
import { keptAt } from "../kept.ts";
import { textsOf } from "../../policy-file.ts";
import type { PageWords } from "../messages/en.ts";
import type { WebContext, WebEnv, WebNeeds } from "../needs.ts";
import { RegisterPage } from "../pages/register-page.tsx";
import { readBody } from "../read-body.ts";
import { readerFor, type Reader } from "../reader.ts";
import { pathOf } from "./public.tsx";

export const registration = "technician-registration";

/** The least length, and the policy's own advice. */
export const passwordHint = ({ policy, words }: Pick<Reader, "policy" | "words">): string =>
  `${words.register.password.hint(passwordLength.least)} ${policy.signIn.notice}`;

/** Documents that signing up agrees to: the policy and the terms. */
const agreedDocuments = ({ documents }: WebNeeds) =>
  documents.filter(({ id }) => pathOf(id) === "/privacy" || pathOf(id) === "/terms");

export const shownDocuments = (needs: WebNeeds, { policy, statement, to }: Reader) => {
  const titles = new Map(textsOf(policy).map(({ id, title }) => [id, title]));
  return agreedDocuments(needs).map(({ id, version }) => ({
    title: titles.get(id) ?? statement.title,
    version,
    href: to(pathOf(id)),
  }));
};

export type Typed = { values: Record<string, string>; errors: Record<string, string>; agreed: boolean };

/** What is wrong with name and password beyond what every field is checked for. */
const credentialFaults = async (
  values: Record<string, string>,
  { register }: PageWords,
): Promise<Record<string, string>> => {
  const name = values["user-name"] ?? "";
  const nameFault = name ? userNameFault(name, register.name) : null;
  const badPassword = await passwordFault(values.password ?? "", name, register.password);
  return {
    ...(nameFault ? { "user-name": nameFault } : {}),
    ...(badPassword ? { password: badPassword } : {}),
  };
};

export const readAccountForm = async (needs: WebNeeds, c: WebContext): Promise<Typed> => {
  const typed = await readBody(c);
  const { policy, words } = readerFor(needs, c);
  const { values, errors } = readForm(formFields(policy, registration), typed, words.faults);
  const agreed = typed.agree === "yes";
  const disagreed = agreed ? {} : { agree: words.register.disagreed };
  return { values, errors: { ...(await credentialFaults(values, words)), ...errors, ...disagreed }, agreed };
};

const showRegister = (needs: WebNeeds, c: WebContext, typed?: Typed) => {
  const errors = typed?.errors ?? {};
  const reader = readerFor(needs, c);
  return c.html(
    <RegisterPage
      site={reader.site}
      action={reader.to("/register")}
      fields={shownFields(reader.policy, registration, typed?.values, errors, {
        password: passwordHint(reader),
      })}
      passive={keptAt(reader, [registration], ["passive"])}
      documents={shownDocuments(needs, reader)}
      agreement={{ id: "agree", checked: typed?.agreed ?? false, error: errors.agree }}
      errors={[]}
      oldBrowser={outdatedBrowser(c.get("browser"), needs.clock())}
    />,
    typed ? 422 : 200,
  );
};

export const register = async (
  needs: WebNeeds,
  c: WebContext,
  kind: "technician" | "administrator",
  { values }: Typed,
  page: string,
): Promise<boolean> => {
  const { "user-name": userName = "", password = "", ...details } = values;
  const permit = needs.permitFor(accountPurpose);
  const subject = await registerTechnician(needs.collect, {
    region: await needs.regionFrom(c.get("address")),
    kind,
    userName,
    passwordHash: await hashPassword(password),
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
  await enter(needs, c, subject, userName);
  return true;
};

const postRegister = async (needs: WebNeeds, c: WebContext) => {
  if (!(await needs.throttles.register.allow(networkOf(c.get("address")))))
    throw new Refusal("too-many-tries");
  const typed = await readAccountForm(needs, c);
  if (Object.keys(typed.errors).length > 0) return showRegister(needs, c, typed);
  if (await register(needs, c, "technician", typed, "/register")) return c.redirect("/console", 303);
  const { taken } = readerFor(needs, c).words.register;
  return showRegister(needs, c, { ...typed, errors: { "user-name": taken } });
};

export const registerRoutes = (needs: WebNeeds): Hono<WebEnv> => {
  const app = new Hono<WebEnv>();
  app.get("/register", (c) => showRegister(needs, c));
  app.post("/register", (c) => postRegister(needs, c));
  return app;
};
