// Public pages, whole with no cookie, no script and no account: front page, statement, terms, guidelines (C1, C7, P1).
import { Hono } from "hono";
import { Refusal } from "../../http/errors.ts";
import { dpvOf } from "../../policy/core.ts";
import { keptAt } from "../kept.ts";
import type { WebContext, WebEnv, WebNeeds } from "../needs.ts";
import { DocumentPage } from "../pages/document-page.tsx";
import { FrontPage } from "../pages/front-page.tsx";
import { StatementPage } from "../pages/statement-page.tsx";
import { siteFor } from "../site.ts";
import { oldStatement } from "../versions.ts";

/** Path of a published document: the policy is /privacy, the terms /terms, guidelines by their id. */
export const pathOf = (id: string): string => {
  const name = id.slice(id.indexOf("/") + 1);
  return name === "privacy" || name === "terms" ? `/${name}` : `/guidelines/${name}`;
};

const versionPath = (id: string, version: number): string => `${pathOf(id)}/v/${version}`;

const showDocument = async (needs: WebNeeds, c: WebContext, name: string, version?: number) => {
  const id = `${needs.policy.policy}/${name}`;
  const versions = await needs.versions(id);
  const current = needs.documents.find((document) => document.id === id)?.version;
  const shown = versions.find((one) => one.version === (version ?? current));
  if (!shown) throw new Refusal("not-found");
  return c.html(
    <DocumentPage
      site={siteFor(needs, c)}
      title={shown.title}
      version={shown.version}
      effective={shown.publishedAt.toISOString().slice(0, 10)}
      text={shown.body.split("\n\n")}
      versions={versions.map((one) => ({
        version: one.version,
        href: versionPath(id, one.version),
        effective: one.publishedAt.toISOString().slice(0, 10),
      }))}
      current={shown.version === current}
      {...(name === "terms" ? { here: "terms" as const } : {})}
    />,
  );
};

const showVersion = async (needs: WebNeeds, c: WebContext) => {
  const versions = await needs.versions(`${needs.policy.policy}/privacy`);
  const found = oldStatement(versions, numberOf(c.req.param("version") ?? ""));
  if (!found) throw new Refusal("not-found");
  return c.html(<StatementPage site={siteFor(needs, c)} {...found} />);
};

/** JSON-LD has a type of its own, by which programs know it. */
const showForMachines = ({ policy }: WebNeeds, c: WebContext) =>
  c.body(JSON.stringify(dpvOf(policy)), 200, { "content-type": "application/ld+json; charset=utf-8" });

const numberOf = (text: string): number => (/^\d{1,9}$/.test(text) ? Number(text) : 0);

export const publicRoutes = (needs: WebNeeds): Hono<WebEnv> => {
  const app = new Hono<WebEnv>();
  const kept = keptAt(needs, ["page-request", "session-join", "session"], ["passive"]);
  app.get("/", (c) => c.html(<FrontPage site={siteFor(needs, c)} kept={kept} />));
  app.get("/privacy", (c) => c.html(<StatementPage site={siteFor(needs, c)} statement={needs.statement} />));
  app.get("/privacy.json", (c) => c.json(needs.statement));
  app.get("/privacy.jsonld", (c) => showForMachines(needs, c));
  app.get("/privacy/v/:version", (c) => showVersion(needs, c));
  app.get("/terms", (c) => showDocument(needs, c, "terms"));
  app.get("/terms/v/:version", (c) => showDocument(needs, c, "terms", numberOf(c.req.param("version"))));
  const guideline = (c: WebContext, version?: number) => {
    const path = `/guidelines/${c.req.param("id") ?? ""}`;
    const known = needs.documents.find(({ id }) => pathOf(id) === path);
    if (!known) throw new Refusal("not-found");
    return showDocument(needs, c, path.slice("/guidelines/".length), version);
  };
  app.get("/guidelines/:id", (c) => guideline(c));
  app.get("/guidelines/:id/v/:version", (c) => guideline(c, numberOf(c.req.param("version"))));
  return app;
};
