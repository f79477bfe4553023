// Whoever gives roles looks at a changed policy file and puts it in force while the service runs (P2, P3).
import path from "node:path";
import { Hono } from "hono";
import type { WebContext, WebEnv, WebNeeds } from "../needs.ts";
import { PolicyChangePage } from "../pages/policy-change-page.tsx";
import { readBody } from "../read-body.ts";
import { siteFor } from "../site.ts";
import { deskPlaces, mustOpen } from "../desk-places.ts";

const show = async (needs: WebNeeds, c: WebContext, error?: string) => {
  const { policy, change } = needs;
  const found = await change.look();
  const labels = Object.fromEntries(Object.entries(policy.purposes).map(([id, { label }]) => [id, label]));
  return c.html(
    <PolicyChangePage
      site={siteFor(needs, c)}
      file={path.basename(policy.file)}
      running={policy.version}
      {...{ found, labels, error }}
    />,
    error === undefined ? 200 : 422,
  );
};

const put = async (needs: WebNeeds, c: WebContext) => {
  const { digest } = await readBody(c);
  const why = await needs.change.put(typeof digest === "string" ? digest : "");
  return why === null ? c.redirect("/desk/policy", 303) : show(needs, c, why);
};

export const policyChangeRoutes = (needs: WebNeeds): Hono<WebEnv> => {
  const app = new Hono<WebEnv>();
  app.get("/desk/policy", (c) => {
    mustOpen(needs, c, deskPlaces.policy);
    return show(needs, c);
  });
  app.post("/desk/policy", (c) => {
    mustOpen(needs, c, deskPlaces.policy);
    return put(needs, c);
  });
  return app;
};
