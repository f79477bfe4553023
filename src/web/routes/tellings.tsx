// The desk's page of recipients who have an old value and are owed word of it (R2, D3).
import { Hono } from "hono";
import { tellingsOwed, tellRecipient } from "../../review/tellings-desk.ts";
import { purpose } from "../../review/rights-needs.ts";
import type { WebContext, WebEnv, WebNeeds } from "../needs.ts";
import { TellingsPage } from "../pages/tellings-page.tsx";
import { readBody } from "../read-body.ts";
import { siteFor } from "../site.ts";
import { mustBeAllowedToLook } from "../staff.ts";

const here = "/desk/tellings";
export const tellingsLook = ["disclosure"];

const idForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const show = async (needs: WebNeeds, c: WebContext) => {
  const { person, role } = mustBeAllowedToLook(needs, c, tellingsLook, purpose);
  const { rights, outbox, policy } = needs;
  const viewer = { staff: person.subject, role, page: here };
  const owed = await tellingsOwed({ ...rights, noteLook: outbox.noteLook }, viewer);
  const names = await needs.namesOf(person, [...new Set(owed.map(({ subject }) => subject))], here);
  return c.html(
    <TellingsPage
      site={siteFor(needs, c)}
      tellings={owed.map(({ id, subject, recipient, categories, owedAt }) => ({
        id,
        recipient: policy.recipients[recipient]?.name ?? recipient,
        about: categories.map((category) => policy.categories[category]?.label ?? category),
        name: names.get(subject) ?? null,
        owedAt: owedAt.getTime(),
      }))}
    />,
  );
};

const told = async (needs: WebNeeds, c: WebContext) => {
  mustBeAllowedToLook(needs, c, tellingsLook, purpose);
  const { id } = await readBody(c);
  if (typeof id === "string" && idForm.test(id)) await tellRecipient(needs.rights, id);
  return c.redirect(here, 303);
};

export const tellingsRoutes = (needs: WebNeeds): Hono<WebEnv> => {
  const app = new Hono<WebEnv>();
  app.get(here, (c) => show(needs, c));
  app.post(here, (c) => told(needs, c));
  return app;
};
