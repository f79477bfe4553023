// What every page shows of the service, and who reads it.
import { fromText } from "../collect/preferences.ts";
import { declared, preferencesCookie, readCookie } from "./cookies.ts";
import type { WebContext, WebNeeds } from "./needs.ts";
import type { Site } from "./pages/layout.tsx";

/** Site props of a page for whoever asks. */
export const siteFor = (needs: Pick<WebNeeds, "policy" | "origin">, c: WebContext): Site => {
  const { policy } = needs;
  const person = c.get("person") ?? null;
  const news = c.get("news") ?? null;
  return {
    name: policy.controller.product ?? policy.controller.name,
    policyVersion: policy.version,
    theme: fromText(readCookie(needs, c, preferencesCookie)).theme,
    preferences: declared(policy, preferencesCookie) !== null,
    news: news && { version: news.version, from: news.from.getTime() },
    person: person ? { name: person.name, role: person.role, desk: person.roles.length > 0 } : null,
  };
};
