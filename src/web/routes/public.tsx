// Public pages, whole with no cookie, no script and no account: front page, statement, terms, guidelines (C1, C7, P1).
import { Hono } from "hono";
import { Refusal } from "../../http/errors.ts";
import { dpvOf } from "../../policy/core.ts";
import { keptAt } from "../kept.ts";
import { textsOf } from "../../policy-file.ts";
import type { Published, WebContext, WebEnv, WebNeeds } from "../needs.ts";
import { CookiePage } from "../pages/cookie-page.tsx";
import { DocumentPage } from "../pages/document-page.tsx";
import { FrontPage } from "../pages/front-page.tsx";
import type { Version } from "../pages/parts/versions.tsx";
import { StatementPage } from "../pages/statement-page.tsx";
import { readerFor, type Reader } from "../reader.ts";
import { oldStatement, oldText } from "../versions.ts";

/** Path of a published document: the policy is /privacy, the terms /terms, guidelines by their id. */
export const pathOf = (id: string): string => {
  const name = id.slice(id.indexOf("/") + 1);
  return name === "privacy" || name === "terms" ? `/${name}` : `/guidelines/${name}`;
};

const dayOf = ({ publishedAt }: Published): string => publishedAt.toISOString().slice(0, 10);

const listed = (versions: readonly Published[], { to }: Reader): Version[] =>
  versions.map((one) => ({
    version: one.version,
    href: to(`${pathOf(one.id)}/v/${one.version}`),
    effective: dayOf(one),
  }));

/** The text in the reader's language: the one that holds from the running policy, an older one as it was kept. */
const textIn = async (
  needs: WebNeeds,
  { policy, language }: Reader,
  { id, version, title, body }: Published,
) => {
  const own = { title, body, language: needs.policy.language };
  if (language === own.language) return own;
  const running = textsOf(policy).find((one) => one.id === id && one.version === version);
  return running ? { ...running, language } : ((await oldText(needs, id, version, language)) ?? own);
};

const showDocument = async (needs: WebNeeds, c: WebContext, name: string, version?: number) => {
  const id = `${needs.policy.policy}/${name}`;
  const reader = readerFor(needs, c);
  const versions = await needs.versions(id);
  const current = needs.documents.find((document) => document.id === id)?.version;
  const shown = versions.find((one) => one.version === (version ?? current));
  if (!shown) throw new Refusal("not-found");
  const { title, body, language } = await textIn(needs, reader, shown);
  return c.html(
    <DocumentPage
      site={reader.site}
      title={title}
      version={shown.version}
      effective={dayOf(shown)}
      text={body.split("\n\n")}
      language={language}
      versions={listed(versions, reader)}
      current={shown.version === current}
      {...(name === "terms" ? { here: "terms" as const } : {})}
    />,
  );
};

const showStatement = async (needs: WebNeeds, c: WebContext) => {
  const reader = readerFor(needs, c);
  const versions = listed(await needs.versions(`${needs.policy.policy}/privacy`), reader);
  return c.html(<StatementPage site={reader.site} statement={reader.statement} versions={versions} />);
};

/** In the reader's language if that version has words in it, else in its own. */
const showVersion = async (needs: WebNeeds, c: WebContext) => {
  const reader = readerFor(needs, c);
  const version = numberOf(c.req.param("version") ?? "");
  const found =
    (await oldStatement(needs, version, reader.language)) ??
    (await oldStatement(needs, version, needs.policy.language));
  if (!found) throw new Refusal("not-found");
  const versions = listed(await needs.versions(`${needs.policy.policy}/privacy`), reader);
  return c.html(<StatementPage site={reader.site} {...found} versions={versions} />);
};

/** JSON-LD has a type of its own, by which programs know it. */
const showForMachines = (needs: WebNeeds, c: WebContext) => {
  const { policy, words } = readerFor(needs, c);
  const type = "application/ld+json; charset=utf-8";
  return c.body(JSON.stringify(dpvOf(policy, words.statement)), 200, { "content-type": type });
};

const numberOf = (text: string): number => (/^\d{1,9}$/.test(text) ? Number(text) : 0);

const showCookies = (needs: WebNeeds, c: WebContext) => {
  const { site, statement } = readerFor(needs, c);
  const section = statement.sections.find(({ id }) => id === "cookies");
  if (!section) throw new Refusal("not-found");
  return c.html(<CookiePage site={site} section={section} />);
};

const showFront = (needs: WebNeeds, c: WebContext) => {
  const reader = readerFor(needs, c);
  const kept = keptAt(reader, ["page-request", "session-join", "session"], ["passive"]);
  return c.html(<FrontPage site={reader.site} kept={kept} />);
};

export const publicRoutes = (needs: WebNeeds): Hono<WebEnv> => {
  const app = new Hono<WebEnv>();
  app.get("/", (c) => showFront(needs, c));
  app.get("/privacy", (c) => showStatement(needs, c));
  app.get("/cookies", (c) => showCookies(needs, c));
  app.get("/privacy.json", (c) => c.json(readerFor(needs, c).statement));
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
