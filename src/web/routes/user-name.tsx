// The name by which somebody signs in: changed with a fresh proof, by the rules of registration (R2, K8).
import { Hono } from "hono";
import { changeUserName } from "../../collect/change-user-name.ts";
import { readForm } from "../../collect/read-form.ts";
import { userNameFault } from "../../collect/user-name.ts";
import { Refusal } from "../../http/errors.ts";
import { purpose } from "../../review/needs.ts";
import { formFields, shownFields } from "../form-fields.ts";
import type { WebContext, WebEnv, WebNeeds } from "../needs.ts";
import { CorrectPage } from "../pages/correct-page.tsx";
import { readBody } from "../read-body.ts";
import { readerFor } from "../reader.ts";
import { mustBeSignedIn } from "../signed-in.ts";
import { registration } from "./register.tsx";

const field = "user-name";
const back = "/account/data";

const show = (needs: WebNeeds, c: WebContext, value?: string, error?: string) => {
  const { name } = mustBeSignedIn(c);
  const { site, policy } = readerFor(needs, c);
  const values = { [field]: value ?? name };
  const fields = shownFields(policy, registration, values, error ? { [field]: error } : {});
  return c.html(
    <CorrectPage
      site={site}
      title={policy.categories[field]?.label ?? field}
      action="/account/user-name"
      back={back}
      seen=""
      fields={fields.filter(({ id }) => id === field)}
    />,
    error ? 422 : 200,
  );
};

const change = async (needs: WebNeeds, c: WebContext) => {
  const { subject } = mustBeSignedIn(c);
  if (!needs.policy.rights.correct) throw new Refusal("not-correctable");
  if (!(await needs.throttles.correct.allow(subject))) throw new Refusal("too-many-tries");
  const { policy, words, to } = readerFor(needs, c);
  const fields = formFields(policy, registration).filter(({ category }) => category === field);
  const { values, errors } = readForm(fields, await readBody(c), words.faults);
  const typed = values[field] ?? "";
  const fault = errors?.[field] ?? userNameFault(typed, words.register.name);
  if (fault) return show(needs, c, typed, fault);
  const outcome = await changeUserName(needs.mailing, subject, typed);
  if (outcome === "taken") return show(needs, c, typed, words.register.taken);
  if (outcome === "same") return c.redirect(to(back), 303);
  const told = await oweFor(needs, subject, [field]);
  await needs.rooms.readAnew(subject);
  return c.redirect(to(`${back}?corrected=${told.length}`), 303);
};

/** What is owed to whoever got a value that was changed on a page of its own. */
export const oweFor = ({ correct }: WebNeeds, subject: string, categories: readonly string[]) =>
  correct.within({ actor: subject, purpose }, (data) => correct.oweTelling(data, subject, categories));

export const userNameRoutes = (needs: WebNeeds): Hono<WebEnv> => {
  const app = new Hono<WebEnv>();
  app.get("/account/user-name", (c) => show(needs, c));
  app.post("/account/user-name", (c) => change(needs, c));
  return app;
};
