// Whoever may look at roles gives and ends them of the policy; every look at a name here is noted like any other (K3).
import { Hono } from "hono";
import { userNameKey } from "../../collect/user-name.ts";
import { Refusal } from "../../http/errors.ts";
import { endRole, giveRole, rolesToGive, staffNow } from "../../review/staff.ts";
import type { WebContext, WebEnv, WebNeeds } from "../needs.ts";
import { StaffPage } from "../pages/staff-page.tsx";
import { readBody } from "../read-body.ts";
import { siteFor } from "../site.ts";
import { deskPlaces, mustOpen } from "../desk-places.ts";

const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const show = async (needs: WebNeeds, c: WebContext, typed = "", error?: string) => {
  const staff = await staffNow(needs.staff);
  const names = await needs.namesOf(
    mustOpen(needs, c, deskPlaces.staff).person,
    staff.map(({ subject }) => subject),
    "/desk/staff",
  );
  return c.html(
    <StaffPage
      site={siteFor(needs, c)}
      roles={rolesToGive(needs.staff)}
      staff={staff.map(({ id, subject, role, givenAt }) => ({
        id,
        name: names.get(subject) ?? null,
        role: needs.policy.roles[role]?.label ?? role,
        givenAt: givenAt.getTime(),
      }))}
      typed={typed}
      error={error}
    />,
    error ? 422 : 200,
  );
};

const give = async (needs: WebNeeds, c: WebContext) => {
  const { "user-name": name, role } = await readBody(c);
  const typed = typeof name === "string" ? name.slice(0, 200) : "";
  const found = await needs.collect.vault.find("user-name", userNameKey(typed));
  if (!found) return show(needs, c, typed, "Nobody here has this user name. Check how it is written.");
  if (typeof role !== "string" || !(await giveRole(needs.staff, found.subject, role)))
    throw new Refusal("no-such-choice");
  return c.redirect("/desk/staff", 303);
};

const end = async (needs: WebNeeds, c: WebContext) => {
  const { id } = await readBody(c);
  if (typeof id === "string" && uuidForm.test(id)) await endRole(needs.staff, id);
  return c.redirect("/desk/staff", 303);
};

export const staffRoutes = (needs: WebNeeds): Hono<WebEnv> => {
  const app = new Hono<WebEnv>();
  const guarded = (act: (needs: WebNeeds, c: WebContext) => Promise<Response>) => (c: WebContext) => {
    mustOpen(needs, c, deskPlaces.staff);
    return act(needs, c);
  };
  app.get(
    "/desk/staff",
    guarded((all, c) => show(all, c)),
  );
  app.post("/desk/staff", guarded(give));
  app.post("/desk/staff/end", guarded(end));
  return app;
};
