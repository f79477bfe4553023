// How one signs in: password, passkeys, second step, and where one is signed in (C3, K8, O6).
import { Hono } from "hono";
import { hasPassword, hashPassword, replacePassword, sealPassword } from "../../collect/check-password.ts";
import { codeAppOf } from "../../collect/code-app.ts";
import { accountPurpose } from "../../collect/account-purpose.ts";
import { addressOf, tellOfChange } from "../../collect/mail-address.ts";
import { listPasskeys } from "../../collect/passkeys.ts";
import { passwordFault } from "../../collect/password.ts";
import { endSignIn, endSignIns, listSignIns } from "../../collect/sign-in.ts";
import { formFields, shownFields } from "../form-fields.ts";
import type { WebContext, WebEnv, WebNeeds } from "../needs.ts";
import { PasswordPage } from "../pages/password-page.tsx";
import { SecurityPage } from "../pages/security-page.tsx";
import { readBody } from "../read-body.ts";
import { readerFor } from "../reader.ts";
import { readForm } from "../../collect/read-form.ts";
import { mustBeSignedIn } from "../signed-in.ts";
import { passwordHint } from "./register.tsx";

const point = "sign-in-ways";
const page = "/account/security";

const showSecurity = async (needs: WebNeeds, c: WebContext) => {
  const { subject, signIn } = mustBeSignedIn(c);
  const app = await codeAppOf(needs.collect, subject);
  const passkeys = await listPasskeys(needs.collect, subject);
  const address = await addressOf(needs.collect, subject);
  const signIns = await listSignIns(needs.collect, subject);
  const { site, policy } = readerFor(needs, c);
  return c.html(
    <SecurityPage
      site={site}
      advice={policy.signIn.notice}
      password={await hasPassword(needs.collect, subject)}
      passkeys={passkeys.map(({ id, label, madeAt, usedAt }) => ({
        id,
        label,
        madeAt: madeAt.getTime(),
        usedAt: usedAt?.getTime() ?? null,
      }))}
      codeApp={app && { madeAt: app.madeAt.getTime(), codesLeft: app.codesLeft }}
      address={address && { email: address.email, proved: address.provedAt !== null }}
      signIns={signIns.map(({ id, browser, at, provedAt }) => ({
        id,
        browser,
        at: at.getTime(),
        provedAt: provedAt.getTime(),
        current: id === signIn,
      }))}
      said={c.req.query("said") ?? null}
    />,
  );
};

const showPassword = async (needs: WebNeeds, c: WebContext, error?: string) => {
  const { subject, name } = mustBeSignedIn(c);
  const reader = readerFor(needs, c);
  const fields = shownFields(reader.policy, point, {}, error ? { password: error } : {}, {
    password: passwordHint(reader),
  });
  return c.html(
    <PasswordPage
      site={reader.site}
      userName={name}
      first={!(await hasPassword(needs.collect, subject))}
      fields={fields.map((field) => ({ ...field, required: true }))}
    />,
    error ? 422 : 200,
  );
};

const postPassword = async (needs: WebNeeds, c: WebContext) => {
  const { subject, signIn, name } = mustBeSignedIn(c);
  const { policy, words, to } = readerFor(needs, c);
  const { values } = readForm(formFields(policy, point), await readBody(c), words.faults);
  const fault = await passwordFault(values.password ?? "", name, words.register.password);
  if (fault) return showPassword(needs, c, fault);
  const { collect } = needs;
  const row = await sealPassword(collect, subject, await hashPassword(values.password ?? ""));
  const purpose = await accountPurpose(collect, subject);
  await collect.within({ actor: subject, purpose }, async (data) => {
    await replacePassword(collect, data, row);
    await endSignIns(data, subject, collect.clock(), signIn);
    await tellOfChange(needs.mailing, data, subject, purpose, "password");
    await collect.ledger.append(data, [
      { kind: "collected", about: [subject], purpose, categories: ["password"] },
    ]);
  });
  return c.redirect(to(`${page}?said=password`), 303);
};

const endOthers = async (needs: WebNeeds, c: WebContext) => {
  const { subject, signIn } = mustBeSignedIn(c);
  const { collect } = needs;
  const purpose = await accountPurpose(collect, subject);
  await collect.within({ actor: subject, purpose }, (data) =>
    endSignIns(data, subject, collect.clock(), signIn),
  );
  return c.redirect(readerFor(needs, c).to(`${page}#sign-ins`), 303);
};

const idForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const endOne = async (needs: WebNeeds, c: WebContext) => {
  const { subject } = mustBeSignedIn(c);
  const id = c.req.param("id") ?? "";
  if (idForm.test(id)) await endSignIn(needs.collect, subject, id);
  return c.redirect(readerFor(needs, c).to(`${page}#sign-ins`), 303);
};

export const securityRoutes = (needs: WebNeeds): Hono<WebEnv> => {
  const app = new Hono<WebEnv>();
  app.get(page, (c) => showSecurity(needs, c));
  app.get("/account/password", (c) => showPassword(needs, c));
  app.post("/account/password", (c) => postPassword(needs, c));
  app.post("/account/sign-ins/end-others", (c) => endOthers(needs, c));
  app.post("/account/sign-ins/:id/end", (c) => endOne(needs, c));
  return app;
};
