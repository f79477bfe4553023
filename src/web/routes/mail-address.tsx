// The address of an account: named, confirmed by a mailed link, changed, taken out (C3, K8, R2).
import { Hono } from "hono";
import { addressOf, askToConfirm, confirmAddress, removeAddress } from "../../collect/mail-address.ts";
import { readForm } from "../../collect/read-form.ts";
import { Refusal } from "../../http/errors.ts";
import { addressKey } from "../../keep/vault/address-key.ts";
import { formFields, shownFields } from "../form-fields.ts";
import type { WebContext, WebEnv, WebNeeds } from "../needs.ts";
import { AddressPage, ConfirmAddressPage } from "../pages/address-page.tsx";
import { MessagePage } from "../pages/message-page.tsx";
import { readBody } from "../read-body.ts";
import { readerFor } from "../reader.ts";
import { mustBeSignedIn } from "../signed-in.ts";
import { oweFor } from "./user-name.tsx";

const point = "profile";
const field = "email";

const show = async (
  needs: WebNeeds,
  c: WebContext,
  values: Record<string, string> = {},
  errors: Record<string, string> = {},
) => {
  const { subject } = mustBeSignedIn(c);
  const address = await addressOf(needs.collect, subject);
  const { site, policy } = readerFor(needs, c);
  const fields = shownFields(policy, point, values, errors);
  return c.html(
    <AddressPage
      site={site}
      address={address && { email: address.email, provedAt: address.provedAt?.getTime() ?? null }}
      fields={fields.filter(({ id }) => id === field).map((one) => ({ ...one, required: true }))}
    />,
    Object.keys(errors).length > 0 ? 422 : 200,
  );
};

const ask = async (needs: WebNeeds, c: WebContext) => {
  const { subject } = mustBeSignedIn(c);
  const { site, policy, words, to } = readerFor(needs, c);
  const fields = formFields(policy, point).filter(({ category }) => category === field);
  const required = fields.map((one) => ({ ...one, required: true }));
  const { values, errors } = readForm(required, await readBody(c), words.faults);
  if (errors) return show(needs, c, values, errors);
  if (!(await needs.throttles.address.allow(subject))) throw new Refusal("too-many-tries");
  const { email = "" } = values;
  // Nobody's mailbox is filled by others; whoever asks is told the same.
  if (await needs.throttles.addressTo.allow(addressKey(email)))
    await askToConfirm(needs.mailing, subject, email);
  const { sent } = words.address;
  return c.html(
    <MessagePage
      site={site}
      title={sent.title}
      words={sent.words(email)}
      ways={[{ href: to("/account/security"), label: sent.back }]}
      here="account"
    />,
  );
};

const mustBeOwn = (needs: WebNeeds, c: WebContext) => {
  const ticket = needs.tickets.read("address", c.req.param("ticket"));
  if (ticket?.carries.subject !== mustBeSignedIn(c).subject) throw new Refusal("link-over");
  return ticket;
};

const confirm = async (needs: WebNeeds, c: WebContext) => {
  const ticket = mustBeOwn(needs, c);
  const { subject, email } = ticket.carries;
  const before = await addressOf(needs.collect, subject);
  if (!(await confirmAddress(needs.mailing, ticket))) throw new Refusal("link-over");
  // Whoever confirms what they had named has corrected nothing.
  if (before && addressKey(before.email) !== addressKey(email)) await oweFor(needs, subject, [field]);
  return c.redirect(readerFor(needs, c).to("/account/security?said=address"), 303);
};

const remove = async (needs: WebNeeds, c: WebContext) => {
  const { subject } = mustBeSignedIn(c);
  await removeAddress(needs.mailing, subject);
  await oweFor(needs, subject, [field]);
  return c.redirect(readerFor(needs, c).to("/account/security?said=address-removed"), 303);
};

export const mailAddressRoutes = (needs: WebNeeds): Hono<WebEnv> => {
  const app = new Hono<WebEnv>();
  app.get("/account/address", (c) => show(needs, c));
  app.post("/account/address", (c) => ask(needs, c));
  app.post("/account/address/remove", (c) => remove(needs, c));
  app.get("/account/address/:ticket", (c) =>
    c.html(
      <ConfirmAddressPage
        site={readerFor(needs, c).site}
        action={c.req.path}
        email={mustBeOwn(needs, c).carries.email}
      />,
    ),
  );
  app.post("/account/address/:ticket", (c) => confirm(needs, c));
  return app;
};
