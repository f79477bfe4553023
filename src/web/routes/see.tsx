// "See it work": for each clause of the running statement its rule, its live page, and the tests that show it (P1).
import path from "node:path";
import { Hono } from "hono";
import { Refusal } from "../../http/errors.ts";
import type { Clause } from "../../policy/core.ts";
import { resultsOf, standingOf, type TestRun } from "../../promises.ts";
import { livePathsOf, type LivePath } from "../live-paths.ts";
import type { WebContext, WebEnv, WebNeeds } from "../needs.ts";
import { SeePage, type SeenPromise, type SeenRule } from "../pages/see-page.tsx";
import { readerFor, type Reader } from "../reader.ts";
import { sourceLines } from "../source-lines.ts";

const seenRules = ({ see, documents, policy }: WebNeeds, reader: Reader, { rule }: Clause): SeenRule[] => {
  const text = documents.find(({ id }) => id === `${policy.policy}/privacy`)?.body ?? "";
  return rule.map(({ path: id, line }) => ({
    path: id,
    line,
    ...sourceLines(text, line),
    points: see.enforcedBy(id, reader),
  }));
};

const seenPromises = ({ see }: WebNeeds, clause: Clause, run: TestRun | null): SeenPromise[] =>
  clause.promises.map((id) => ({
    id,
    promise: see.promised.find((one) => one.id === id)?.promise ?? "",
    standing: standingOf(id, run?.results ?? []),
    tests: resultsOf(id, run?.results ?? []).map(({ fullName, status }) => ({
      name: fullName.slice(fullName.indexOf(`${id}:`) + id.length + 1).trim(),
      status,
    })),
  }));

/** Each page once, in the order of the rules; a rule that nothing enforces yet leads to none. */
const livePaths = ({ policy, words, to }: Reader, rules: readonly SeenRule[]): LivePath[] => {
  const found = rules
    .filter(({ points }) => points.some(({ built }) => built))
    .flatMap((rule) => livePathsOf(policy, rule.path, words));
  // What belongs to an account comes in English alone.
  const named = found.map((one) => (one.account ? one : { ...one, href: to(one.href) }));
  return [...new Map(named.map((one) => [one.href, one])).values()];
};

const showClause = async (needs: WebNeeds, c: WebContext, id: string) => {
  const reader = readerFor(needs, c);
  const section = reader.statement.sections.find(({ clauses }) => clauses.some((one) => one.id === id));
  const clause = section?.clauses.find((one) => one.id === id);
  if (!section || !clause) throw new Refusal("not-found");
  const run = await needs.see.lastRun();
  const rules = seenRules(needs, reader, clause);
  return c.html(
    <SeePage
      site={reader.site}
      clause={clause}
      section={section}
      file={path.basename(needs.policy.file)}
      language={needs.policy.language}
      rules={rules}
      live={livePaths(reader, rules)}
      promises={seenPromises(needs, clause, run)}
      ranAt={run?.at ?? null}
    />,
  );
};

export const seeRoutes = (needs: WebNeeds): Hono<WebEnv> => {
  const app = new Hono<WebEnv>();
  app.get("/privacy/see/:clause", (c) => showClause(needs, c, c.req.param("clause")));
  return app;
};
