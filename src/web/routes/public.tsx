// Public pages, whole with no cookie, no script and no account: front page, statement, terms, guidelines (C1, C7, P1).
import { Hono } from "hono";
import { Refusal } from "../../http/errors.ts";
import { parsePolicy } from "../../policy/parse-policy.ts";
import { statement as render, type Statement } from "../../policy/core.ts";
import { keptAt } from "../kept.ts";
import type { Published, WebContext, WebEnv, WebNeeds } from "../needs.ts";
import { DocumentPage } from "../pages/document-page.tsx";
import { FrontPage } from "../pages/front-page.tsx";
import { StatementPage } from "../pages/statement-page.tsx";
import { siteFor } from "../site.ts";

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

/** Statements of earlier versions: a version never changes, and to read one takes long. */
const rendered = new Map<string, Statement | null>();

const renderedOnce = ({ body, version, digest }: Published): Statement | null => {
  const key = digest.toString("hex");
  if (!rendered.has(key)) {
    const { policy } = parsePolicy(body, `version ${version}`);
    rendered.set(key, policy && render(policy));
  }
  return rendered.get(key) ?? null;
};

const showOldStatement = (needs: WebNeeds, c: WebContext, published: Published) => {
  const statement = renderedOnce(published);
  if (!statement) throw new Refusal("not-found");
  return c.html(<StatementPage site={siteFor(needs, c)} statement={statement} />);
};

const numberOf = (text: string): number => (/^\d{1,9}$/.test(text) ? Number(text) : 0);

export const publicRoutes = (needs: WebNeeds): Hono<WebEnv> => {
  const app = new Hono<WebEnv>();
  const kept = keptAt(needs, ["session-join", "session"], ["passive"]);
  app.get("/", (c) => c.html(<FrontPage site={siteFor(needs, c)} kept={kept} />));
  app.get("/privacy", (c) => c.html(<StatementPage site={siteFor(needs, c)} statement={needs.statement} />));
  app.get("/privacy.json", (c) => c.json(needs.statement));
  app.get("/privacy/v/:version", async (c) => {
    const version = numberOf(c.req.param("version"));
    const found = (await needs.versions(`${needs.policy.policy}/privacy`)).find(
      (one) => one.version === version,
    );
    if (!found) throw new Refusal("not-found");
    return showOldStatement(needs, c, found);
  });
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
