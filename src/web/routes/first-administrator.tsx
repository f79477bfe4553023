// The one-time door of a new service: whoever holds the link from the terminal opens the administrator's account.
import { Hono } from "hono";
import { Refusal } from "../../http/errors.ts";
import type { WebContext, WebEnv, WebNeeds } from "../needs.ts";
import { askAge, takeAge } from "../ages.tsx";
import { FirstAdministratorPage } from "../pages/first-administrator-page.tsx";
import { readerFor } from "../reader.ts";
import { readBody } from "../read-body.ts";
import {
  passwordHint,
  readAccountForm,
  register,
  registration,
  shownDocuments,
  type Typed,
} from "./register.tsx";

export const firstAdministratorRoutes = (needs: WebNeeds): Hono<WebEnv> => {
  const app = new Hono<WebEnv>();
  const { firstLink } = needs;
  const check = (c: WebContext) => {
    if (!firstLink.token || c.req.param("token") !== firstLink.token) throw new Refusal("link-used");
  };
  const pathOf = (c: WebContext) => `/first/${c.req.param("token") ?? ""}`;
  const show = (c: WebContext, { values, errors, agreed, ageTicket }: Typed) => {
    const reader = readerFor(needs, c);
    return c.html(
      <FirstAdministratorPage
        site={reader.site}
        action={reader.to(pathOf(c))}
        ageTicket={ageTicket}
        userName={values["user-name"]}
        errors={Object.entries(errors).map(([field, text]) => ({ field, text }))}
        documents={shownDocuments(needs, reader)}
        agreement={{ id: "agree", checked: agreed, error: errors.agree }}
        passwordHint={passwordHint(reader)}
      />,
      Object.keys(errors).length > 0 ? 422 : 200,
    );
  };
  app.get("/first/:token", (c) => {
    check(c);
    return (
      askAge(needs, c, registration, pathOf(c)).page ?? show(c, { values: {}, errors: {}, agreed: false })
    );
  });
  app.get("/first/:token/age", (c) => c.redirect(readerFor(needs, c).to(pathOf(c)), 303));
  app.post("/first/:token/age", (c) => {
    check(c);
    return takeAge(needs, c, {
      action: pathOf(c),
      next: (ageTicket, kept) =>
        show(c, { values: { "user-name": kept["user-name"] ?? "" }, errors: {}, agreed: false, ageTicket }),
    });
  });
  app.post("/first/:token", async (c) => {
    check(c);
    const asked = askAge(needs, c, registration, pathOf(c), await readBody(c));
    if (asked.page !== null) return asked.page;
    const typed = { ...(await readAccountForm(needs, c)), ageTicket: asked.ticket, age: asked.age };
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
    const { taken } = readerFor(needs, c).words.register;
    return show(c, { ...typed, errors: { "user-name": taken } });
  });
  return app;
};
