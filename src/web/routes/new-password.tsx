// A new password by mail: one answer whoever asks for whomever, and a link that works once (K8, C3).
import { Hono } from "hono";
import { accountOfLink, mailNewPassword, useNewPasswordLink } from "../../collect/new-password.ts";
import { passwordFault } from "../../collect/password.ts";
import { readForm } from "../../collect/read-form.ts";
import { Refusal } from "../../http/errors.ts";
import { networkOf } from "../../http/throttle.ts";
import { addressKey } from "../../keep/vault/address-key.ts";
import { formFields, pointOf, shownFields } from "../form-fields.ts";
import type { WebContext, WebEnv, WebNeeds } from "../needs.ts";
import { MessagePage } from "../pages/message-page.tsx";
import { ChoosePasswordPage, ForgottenPage } from "../pages/new-password-page.tsx";
import { readBody } from "../read-body.ts";
import { readerFor } from "../reader.ts";
import { passwordHint } from "./register.tsx";

const point = "password-reset";
const ways = "sign-in-ways";

const showForm = (
  needs: WebNeeds,
  c: WebContext,
  values: Record<string, string> = {},
  errors: Record<string, string> = {},
) => {
  const { site, policy, to } = readerFor(needs, c);
  return c.html(
    <ForgottenPage
      site={site}
      action={to("/new-password")}
      fields={shownFields(policy, point, values, errors)}
      notice={pointOf(policy, point).notice ?? undefined}
    />,
    Object.keys(errors).length > 0 ? 422 : 200,
  );
};

const ask = async (needs: WebNeeds, c: WebContext) => {
  const { throttles } = needs;
  if (!(await throttles.newPassword.allow(networkOf(c.get("address"))))) throw new Refusal("too-many-tries");
  const { site, policy, words, to } = readerFor(needs, c);
  const { values, errors } = readForm(formFields(policy, point), await readBody(c), words.faults);
  if (errors) return showForm(needs, c, values, errors);
  const { email = "" } = values;
  // Counted, looked up and written after the answer, which so takes the same time for every address.
  needs.background.run(async () => {
    if (await throttles.newPasswordTo.allow(addressKey(email))) await mailNewPassword(needs.mailing, email);
  });
  const { newPassword } = words;
  return c.html(
    <MessagePage
      site={site}
      title={newPassword.sent}
      words={newPassword.sentWords}
      ways={[{ href: to("/sign-in"), label: words.signIn.title }]}
    />,
  );
};

const mustLead = async (needs: WebNeeds, c: WebContext) => {
  const ticket = needs.tickets.read("new-password", c.req.param("ticket"));
  const account = ticket && (await accountOfLink(needs.mailing, ticket));
  if (!ticket || !account) throw new Refusal("link-over");
  return { ticket, account };
};

const showChoice = async (needs: WebNeeds, c: WebContext, error?: string) => {
  const { account } = await mustLead(needs, c);
  const reader = readerFor(needs, c);
  const errors = error ? { password: error } : {};
  const fields = shownFields(reader.policy, ways, {}, errors, { password: passwordHint(reader) });
  return c.html(
    <ChoosePasswordPage
      site={reader.site}
      action={reader.to(c.req.path)}
      userName={account.userName}
      fields={fields.map((field) => ({ ...field, required: true }))}
    />,
    error ? 422 : 200,
  );
};

const choose = async (needs: WebNeeds, c: WebContext) => {
  const { ticket, account } = await mustLead(needs, c);
  const { site, policy, words, to } = readerFor(needs, c);
  const { values } = readForm(formFields(policy, ways), await readBody(c), words.faults);
  const password = values.password ?? "";
  const fault = await passwordFault(password, account.userName, words.register.password);
  if (fault) return showChoice(needs, c, fault);
  if (!(await useNewPasswordLink(needs.mailing, ticket, password))) throw new Refusal("link-over");
  const { newPassword } = words;
  return c.html(
    <MessagePage
      site={site}
      title={newPassword.done}
      words={newPassword.doneWords}
      ways={[{ href: to("/sign-in"), label: words.signIn.title }]}
    />,
  );
};

export const newPasswordRoutes = (needs: WebNeeds): Hono<WebEnv> => {
  const app = new Hono<WebEnv>();
  app.get("/new-password", (c) => showForm(needs, c));
  app.post("/new-password", (c) => ask(needs, c));
  app.get("/new-password/:ticket", (c) => showChoice(needs, c));
  app.post("/new-password/:ticket", (c) => choose(needs, c));
  return app;
};
