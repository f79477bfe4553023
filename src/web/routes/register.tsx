// Opening an account from the policy's collection point, with what is agreed to (C1, C3, C6, K8).
import { Hono } from "hono";
import { outdatedBrowser } from "../../collect/browser.ts";
import { hashPassword } from "../../collect/check-password.ts";
import { askToConfirm } from "../../collect/mail-address.ts";
import { networkPurpose, purpose as accountPurpose } from "../../collect/needs.ts";
import { passwordFault, passwordLength } from "../../collect/password.ts";
import { digestOf } from "../../collect/publish-documents.ts";
import { readForm } from "../../collect/read-form.ts";
import { registerTechnician } from "../../collect/register-technician.ts";
import { checkNewPasskey, newPasskeyOptions, type NewPasskey } from "../../collect/passkeys.ts";
import { tidyName, userNameFault } from "../../collect/user-name.ts";
import { service } from "../../policy/rows.ts";
import { partyFor } from "../passkey-party.ts";
import { Refusal } from "../../http/errors.ts";
import type { Age } from "../../policy/core.ts";
import { askAge, takeAge } from "../ages.tsx";
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

/** What the documents in force are called, by their ids. */
export const titlesOf = ({ documents }: WebNeeds, { policy, statement }: Reader): Map<string, string> => {
  const titles = new Map(textsOf(policy).map(({ id, title }) => [id, title]));
  return new Map(documents.map(({ id }) => [id, titles.get(id) ?? statement.title]));
};

export const shownDocuments = (needs: WebNeeds, reader: Reader) => {
  const titles = titlesOf(needs, reader);
  return agreedDocuments(needs).map(({ id, version }) => ({
    title: titles.get(id) ?? id,
    version,
    href: reader.to(pathOf(id)),
  }));
};

/** What a browser made, and the ticket that it was made for. */
type BroughtPasskey = { passkey: string; ticket: string };

export type Typed = {
  values: Record<string, string>;
  errors: Record<string, string>;
  agreed: boolean;
  brought?: BroughtPasskey | undefined;
  /** Carries the answer to the question of age; null where none was asked. */
  ageTicket?: string | null;
};

/** What is wrong with name and password beyond what every field is checked for. */
const credentialFaults = async (
  values: Record<string, string>,
  brought: BroughtPasskey | undefined,
  { register }: PageWords,
): Promise<Record<string, string>> => {
  const name = values["user-name"] ?? "";
  const nameFault = name ? userNameFault(name, register.name) : null;
  const password = values.password ?? "";
  const badPassword = brought && !password ? null : await passwordFault(password, name, register.password);
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
  const brought = broughtIn(typed);
  const faults = await credentialFaults(values, brought, words);
  return { values, errors: { ...faults, ...errors, ...disagreed }, agreed, brought };
};

const broughtIn = (typed: Readonly<Record<string, unknown>>): BroughtPasskey | undefined => {
  const { passkey, "passkey-ticket": ticket } = typed;
  return typeof passkey === "string" && typeof ticket === "string" && passkey && ticket
    ? { passkey, ticket }
    : undefined;
};

const here = "/register";

const showFirst = (needs: WebNeeds, c: WebContext) => {
  const asked = askAge(needs, c, registration, here);
  return asked.page ?? showRegister(needs, c);
};

/** The form behind the question, with what had been typed into it before. */
const showBehind = (needs: WebNeeds, c: WebContext, ageTicket: string, kept: Record<string, string>) => {
  const { values } = readForm(formFields(needs.policy, registration), kept);
  return showRegister(needs, c, { values, errors: {}, agreed: kept.agree === "yes", ageTicket });
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
      }).map((field) => (field.id === "password" ? { ...field, required: !typed?.brought } : field))}
      brought={typed?.brought}
      passive={keptAt(reader, [registration], ["passive"])}
      documents={shownDocuments(needs, reader)}
      agreement={{ id: "agree", checked: typed?.agreed ?? false, error: errors.agree }}
      errors={errors.passkey ? [{ text: errors.passkey }] : []}
      ageTicket={typed?.ageTicket ?? null}
      oldBrowser={outdatedBrowser(c.get("browser"), needs.clock())}
    />,
    Object.keys(errors).length > 0 ? 422 : 200,
  );
};

export const register = async (
  needs: WebNeeds,
  c: WebContext,
  kind: "technician" | "administrator",
  { values, age }: Pick<Typed, "values"> & { age: Age },
  page: string,
  made: MadePasskey | null = null,
): Promise<boolean> => {
  const { "user-name": userName = "", password = "", ...details } = values;
  const permit = needs.permitFor(accountPurpose);
  const subject = await registerTechnician(needs.collect, {
    region: await needs.regionFrom(c.get("address")),
    age,
    kind,
    userName,
    passwordHash: password ? await hashPassword(password) : null,
    made,
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
  const { email } = details;
  if (email) needs.background.run(() => askToConfirm(needs.mailing, subject, email));
  await enter(needs, c, subject, userName);
  return true;
};

type MadePasskey = { passkey: NewPasskey; subject: string; challenge: string };

/** The passkey that came with the form, checked, and its ticket used up; null where it is not right. */
const takePasskey = async (needs: WebNeeds, brought: BroughtPasskey): Promise<MadePasskey | null> => {
  const ticket = needs.tickets.read("new-passkey", brought.ticket);
  if (!ticket) return null;
  const { subject, challenge } = ticket.carries;
  const passkey = await checkNewPasskey(partyFor(needs), challenge, brought.passkey, "");
  const stated = { actor: service, purpose: accountPurpose };
  const spent = passkey && (await needs.collect.within(stated, (data) => needs.tickets.spend(data, ticket)));
  return passkey && spent ? { passkey, subject, challenge } : null;
};

/** What the browser makes a passkey of; nothing is kept of it until the form comes. */
const offerPasskey = async (needs: WebNeeds, c: WebContext) => {
  if (!(await needs.throttles.register.allow(networkOf(c.get("address")))))
    throw new Refusal("too-many-tries");
  const { "user-name": name } = await readBody(c);
  const userName = tidyName(typeof name === "string" ? name.slice(0, 200) : "");
  const subject = needs.collect.newId();
  const options = await newPasskeyOptions(needs.collect, partyFor(needs), subject, userName);
  return c.json({
    options,
    ticket: needs.tickets.make("new-passkey", { challenge: options.challenge, subject }),
  });
};

const postRegister = async (needs: WebNeeds, c: WebContext) => {
  // Before all else, the count of tries included.
  const asked = askAge(needs, c, registration, here, await readBody(c));
  if (asked.page !== null) return asked.page;
  if (!(await needs.throttles.register.allow(networkOf(c.get("address")))))
    throw new Refusal("too-many-tries");
  const typed = { ...(await readAccountForm(needs, c)), ageTicket: asked.ticket, age: asked.age };
  if (Object.keys(typed.errors).length > 0) return showRegister(needs, c, typed);
  const { words } = readerFor(needs, c);
  const { brought } = typed;
  const made = brought ? await takePasskey(needs, brought) : null;
  if (brought && !made)
    return showRegister(needs, c, {
      ...typed,
      brought: undefined,
      errors: { passkey: words.passkey.refusedNew },
    });
  if (await register(needs, c, "technician", typed, "/register", made)) return c.redirect("/console", 303);
  // The same passkey may come again, with another name.
  const again = brought &&
    made && {
      passkey: brought.passkey,
      ticket: needs.tickets.make("new-passkey", { challenge: made.challenge, subject: made.subject }),
    };
  return showRegister(needs, c, {
    ...typed,
    brought: again ?? undefined,
    errors: { "user-name": words.register.taken },
  });
};

export const registerRoutes = (needs: WebNeeds): Hono<WebEnv> => {
  const app = new Hono<WebEnv>();
  app.get("/register", (c) => showFirst(needs, c));
  app.get("/register/age", (c) => c.redirect(readerFor(needs, c).to(here), 303));
  app.post("/register/age", (c) =>
    takeAge(needs, c, { action: here, next: (ticket, kept) => showBehind(needs, c, ticket, kept) }),
  );
  app.post("/register", (c) => postRegister(needs, c));
  app.post("/register/passkey", (c) => offerPasskey(needs, c));
  return app;
};
