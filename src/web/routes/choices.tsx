// What people decide on their own page: choices with their history, and what a new version of the policy asks (O1, O4, P2, C1).
import { Hono } from "hono";
import { agreeAnew } from "../../collect/agree-anew.ts";
import { digestOf } from "../../collect/publish-documents.ts";
import { choicesOf } from "../../choose/choices-of.ts";
import { regionsFor, setRegion } from "../../choose/set-region.ts";
import { setChoice } from "../../choose/set-choice.ts";
import { Refusal } from "../../http/errors.ts";
import type { WebContext, WebEnv, WebNeeds } from "../needs.ts";
import { ChangesPage } from "../pages/changes-page.tsx";
import { ChoicesPage } from "../pages/choices-page.tsx";
import { readBody } from "../read-body.ts";
import { readerFor, type Reader } from "../reader.ts";
import { mustBeSignedIn } from "../signed-in.ts";
import { siteFor } from "../site.ts";
import { oldStatement } from "../versions.ts";
import { pathOf } from "./public.tsx";

const here = "profile";

/** Whoever chooses, and under which address they do: an account, or a link of one's own. */
type Chooser = { subject: string; base: string };

const byAccount = (c: WebContext): Chooser => ({ subject: mustBeSignedIn(c).subject, base: "/account" });

/** Where a choice was made, as the statement says it. */
const placeSaid = ({ policy, words: { statement } }: Reader, place: string): string =>
  statement.places[place] ??
  statement.place(policy.collect.find(({ point }) => point === place)?.label ?? place);

export const showChoicesOf = async (needs: WebNeeds, c: WebContext, { subject, base }: Chooser) => {
  const reader = readerFor(needs, c);
  const choices = await choicesOf(needs.choose, subject, reader.policy);
  return c.html(
    <ChoicesPage
      site={reader.site}
      base={base}
      regions={await regionsFor(needs.choose, subject, reader.policy)}
      choices={choices.map((choice) => ({
        ...choice,
        history: choice.history.map(({ state, at, place }) => ({
          state,
          at: at.getTime(),
          place: placeSaid(reader, place),
        })),
      }))}
    />,
  );
};

const answers = { yes: "given", no: "refused" } as const;

export const postChoiceOf = async (needs: WebNeeds, c: WebContext, { subject, base }: Chooser) => {
  const { choice, answer } = await readBody(c);
  const state = answer === "yes" || answer === "no" ? answers[answer] : null;
  const made =
    typeof choice === "string" &&
    state !== null &&
    (await setChoice(needs.choose, subject, { choice, state, place: here }));
  if (!made) throw new Refusal("no-such-choice");
  return c.redirect(readerFor(needs, c).to(`${base}/choices#${encodeURIComponent(choice)}`), 303);
};

export const postRegionOf = async (needs: WebNeeds, c: WebContext, { subject, base }: Chooser) => {
  const { region } = await readBody(c);
  if (typeof region !== "string" || !(await setRegion(needs.choose, subject, region)))
    throw new Refusal("no-such-choice");
  return c.redirect(readerFor(needs, c).to(`${base}/choices#region`), 303);
};

/** Documents that were agreed to at sign-up, in the versions that run. */
const documentsOf = ({ documents }: WebNeeds) =>
  documents.filter(({ id }) => pathOf(id) === "/privacy" || pathOf(id) === "/terms");

const showChanges = async (needs: WebNeeds, c: WebContext) => {
  mustBeSignedIn(c);
  const { policy } = needs;
  const news = c.get("news");
  const consents = (news?.consents ?? []).map((id) => policy.choices[id]?.label ?? id);
  return c.html(
    <ChangesPage
      site={siteFor(needs, c)}
      version={policy.version}
      from={news?.from.getTime() ?? null}
      consents={consents}
      changed={(await oldStatement(needs, policy.version, policy.language))?.changed}
      documents={documentsOf(needs).map(({ id, title, version }) => ({ title, version, href: pathOf(id) }))}
      agreed={c.req.query("agreed") !== undefined}
    />,
  );
};

const postChanges = async (needs: WebNeeds, c: WebContext) => {
  const { subject } = mustBeSignedIn(c);
  const agreed = documentsOf(needs).map(({ id, version, body }) => ({ id, version, digest: digestOf(body) }));
  await agreeAnew(needs.collect, subject, agreed, "/account/changes");
  return c.redirect("/account/changes?agreed", 303);
};

export const choiceRoutes = (needs: WebNeeds): Hono<WebEnv> => {
  const app = new Hono<WebEnv>();
  app.get("/account/choices", (c) => showChoicesOf(needs, c, byAccount(c)));
  app.post("/account/choices", (c) => postChoiceOf(needs, c, byAccount(c)));
  app.post("/account/region", (c) => postRegionOf(needs, c, byAccount(c)));
  app.get("/account/changes", (c) => showChanges(needs, c));
  app.post("/account/changes", (c) => postChanges(needs, c));
  return app;
};
