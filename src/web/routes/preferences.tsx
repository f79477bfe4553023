// Choosing language and look: kept in the browser, and with the account of whoever is signed in (U10).
import { Hono } from "hono";
import { fromText, keepPreferences, preferencesOf } from "../../collect/preferences.ts";
import { Refusal } from "../../http/errors.ts";
import { declared, preferencesCookie, readCookie, setPreferences } from "../cookies.ts";
import type { WebContext, WebEnv, WebNeeds } from "../needs.ts";
import { PreferencesPage } from "../pages/preferences-page.tsx";
import { readBody } from "../read-body.ts";
import { readerFor } from "../reader.ts";

const here = "/preferences";

/** A policy that declares no such cookie has no such page. */
const mustBeDeclared = ({ policy }: WebNeeds): void => {
  if (!declared(policy, preferencesCookie)) throw new Refusal("not-found");
};

const show = (needs: WebNeeds, c: WebContext) => {
  mustBeDeclared(needs);
  const { site } = readerFor(needs, c);
  return c.html(
    <PreferencesPage
      site={site}
      action={here}
      languages={needs.spoken.map(({ language, words }) => ({ id: language, name: words.name }))}
      {...fromText(readCookie(needs, c, preferencesCookie))}
      saved={c.req.query("saved") !== undefined}
    />,
  );
};

const save = async (needs: WebNeeds, c: WebContext) => {
  mustBeDeclared(needs);
  const { language, theme } = await readBody(c);
  const chosen = preferencesOf({ language, theme });
  if (chosen.language !== null && !needs.spoken.some((one) => one.language === chosen.language))
    throw new Refusal("no-such-choice");
  const person = c.get("person");
  if (person) await keepPreferences(needs.collect, person.subject, chosen);
  setPreferences(needs, c, chosen);
  return c.redirect(`${here}?saved`, 303);
};

export const preferencesRoutes = (needs: WebNeeds): Hono<WebEnv> => {
  const app = new Hono<WebEnv>();
  app.get(here, (c) => show(needs, c));
  app.post(here, (c) => save(needs, c));
  return app;
};
