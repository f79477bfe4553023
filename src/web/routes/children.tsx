// "This is a child": told by anybody, by a technician of a guest, or by a link of one's own; decided at the desk (C11).
import { Hono } from "hono";
import { userNameKey } from "../../collect/user-name.ts";
import { networkOf } from "../../http/throttle.ts";
import { Refusal } from "../../http/errors.ts";
import { childReports, decideChild, reportChild } from "../../review/child-report.ts";
import { purpose } from "../../review/rights-needs.ts";
import { sessionFacts } from "../../session/session-record.ts";
import { seatsOf } from "../../session/seat.ts";
import type { WebContext, WebEnv, WebNeeds } from "../needs.ts";
import { ChildReportPage } from "../pages/child-report-page.tsx";
import { ChildrenPage } from "../pages/children-page.tsx";
import { MessagePage } from "../pages/message-page.tsx";
import { readBody } from "../read-body.ts";
import { readerFor } from "../reader.ts";
import { mustBeSignedIn } from "../signed-in.ts";
import { siteFor } from "../site.ts";
import { mustBeAllowedToLook } from "../staff.ts";

const idForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const longest = 2000;
const looked = ["child-report"];

/** Whom a report is about: one by a user name that is asked for, or somebody who is known already. */
export type Reported = { action: string; place: string; subject: string | null; back: string };

/** Where the policy knows no limit, nobody is a child here. */
const mustHaveLimit = ({ policy }: WebNeeds): void => {
  if (policy.age === null) throw new Refusal("not-found");
};

type Wrong = { who?: string; whoError?: string; words?: string; wordsError?: string };

export const showChildReport = (needs: WebNeeds, c: WebContext, about: Reported, wrong: Wrong = {}) => {
  mustHaveLimit(needs);
  const { site, to } = readerFor(needs, c);
  const { who = "", whoError, words = "", wordsError } = wrong;
  return c.html(
    <ChildReportPage
      site={site}
      action={to(about.action)}
      who={about.subject === null ? who : null}
      whoError={whoError}
      words={words}
      wordsError={wordsError}
    />,
    whoError || wordsError ? 422 : 200,
  );
};

const faultsIn = (needs: WebNeeds, c: WebContext, about: Reported, who: string, words: string): Wrong => {
  const { words: said } = readerFor(needs, c);
  const { childReport: labels, faults } = said;
  return {
    ...(about.subject === null && who.trim() === "" ? { whoError: faults.missing(labels.who) } : {}),
    ...(words.length > longest ? { wordsError: faults.long(labels.words, longest) } : {}),
    ...(/(?![\n\r\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(words)
      ? { wordsError: faults.invisible(labels.words) }
      : {}),
  };
};

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** The answer is the same whether or not there is such a person. */
export const postChildReport = async (needs: WebNeeds, c: WebContext, about: Reported) => {
  mustHaveLimit(needs);
  if (!(await needs.throttles.childReport.allow(networkOf(c.get("address")))))
    throw new Refusal("too-many-tries");
  const body = await readBody(c);
  const [who, words] = [textOf(body["user-name"]).slice(0, 200), textOf(body.words).normalize("NFC").trim()];
  const wrong = faultsIn(needs, c, about, who, words);
  if (wrong.whoError || wrong.wordsError)
    return showChildReport(needs, c, about, { ...wrong, who, words: words.slice(0, longest) });
  const { place } = about;
  needs.background.run(async () => {
    const subject = about.subject ?? (await needs.collect.vault.find("user-name", userNameKey(who)))?.subject;
    if (subject) await reportChild(needs.rights, subject, { place, words });
  });
  const { site, words: said, to } = readerFor(needs, c);
  return c.html(
    <MessagePage
      site={site}
      title={said.childReport.sent}
      words={said.childReport.sentWords}
      ways={[{ href: to(about.back), label: said.dataRequest.asked.done }]}
    />,
  );
};

const byAnybody: Reported = { action: "/child-report", place: "contact-page", subject: null, back: "/" };

/** A guest of a session of one's own, by their seat in it. */
const guestOf = async (needs: WebNeeds, c: WebContext): Promise<Reported> => {
  const { subject: technician } = mustBeSignedIn(c);
  const session = c.req.param("id") ?? "";
  const facts = idForm.test(session) ? await sessionFacts(needs.session, technician, session) : null;
  const seats = facts?.technician === technician ? await seatsOf(needs.session, technician, session) : [];
  const seat = seats.find(({ id, role }) => id === c.req.param("seat") && role === "guest");
  if (!seat) throw new Refusal("not-found");
  return { action: c.req.path, place: "session", subject: seat.subject, back: `/sessions/${session}` };
};

const showDesk = async (needs: WebNeeds, c: WebContext, typed = "", error?: string) => {
  mustHaveLimit(needs);
  const { person, role } = mustBeAllowedToLook(needs, c, looked, purpose);
  const reports = await childReports(needs.rights);
  const about = [...new Set(reports.map(({ subject }) => subject))];
  const page = "/desk/children";
  await needs.session.noteLook({ staff: person.subject, role, about, purpose, categories: looked, page });
  const names = await needs.namesOf(person, about, page);
  return c.html(
    <ChildrenPage
      site={siteFor(needs, c)}
      reports={reports.map(({ subject, reportedAt, ...report }) => ({
        ...report,
        name: names.get(subject) ?? null,
        reportedAt: reportedAt.getTime(),
      }))}
      typed={typed}
      error={error}
    />,
    error ? 422 : 200,
  );
};

const postDesk = async (needs: WebNeeds, c: WebContext) => {
  mustHaveLimit(needs);
  mustBeAllowedToLook(needs, c, looked, purpose);
  const typed = textOf((await readBody(c))["user-name"]).slice(0, 200);
  const found = await needs.collect.vault.find("user-name", userNameKey(typed));
  if (!found) return showDesk(needs, c, typed, "Nobody goes by this user name. Check how it is written.");
  await reportChild(needs.rights, found.subject, { place: "desk", words: "" });
  return c.redirect("/desk/children", 303);
};

const decide = async (needs: WebNeeds, c: WebContext) => {
  mustHaveLimit(needs);
  mustBeAllowedToLook(needs, c, looked, purpose);
  const { id, answer } = await readBody(c);
  if (answer !== "yes" && answer !== "no") throw new Refusal("no-such-choice");
  if (typeof id === "string" && idForm.test(id)) await decideChild(needs.rights, id, answer === "yes");
  return c.redirect("/desk/children", 303);
};

export const childrenRoutes = (needs: WebNeeds): Hono<WebEnv> => {
  const app = new Hono<WebEnv>();
  app.get("/child-report", (c) => showChildReport(needs, c, byAnybody));
  app.post("/child-report", (c) => postChildReport(needs, c, byAnybody));
  app.get("/sessions/:id/child/:seat", async (c) => showChildReport(needs, c, await guestOf(needs, c)));
  app.post("/sessions/:id/child/:seat", async (c) => postChildReport(needs, c, await guestOf(needs, c)));
  app.get("/desk/children", (c) => showDesk(needs, c));
  app.post("/desk/children", (c) => postDesk(needs, c));
  app.post("/desk/children/decide", (c) => decide(needs, c));
  return app;
};
