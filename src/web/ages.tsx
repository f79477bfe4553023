// Asks for the age where the policy does, before anything is stored; of whoever is too young nothing is, not even that they asked (C11).
import { birthDateIn, hasReached, isAgeAsked } from "../collect/age.ts";
import type { Age } from "../policy/core.ts";
import { readCookie, ageCookie, setAgeAnswered } from "./cookies.ts";
import type { WebContext, WebNeeds } from "./needs.ts";
import { AgePage } from "./pages/age-page.tsx";
import { MessagePage } from "./pages/message-page.tsx";
import { readBody } from "./read-body.ts";
import { readerFor } from "./reader.ts";

/** Name of the field that carries the answer on: a ticket that says nothing but that the question was answered. */
export const ageField = "age-answered";

/** The age group to come in with, and the ticket for the next form; or the page to answer with in its place. */
export type Asked = { age: Age; ticket: string | null; page: null } | { page: Response | Promise<Response> };

type Form = Readonly<Record<string, unknown>>;

/** Where the question goes that stands before a form. */
const questionOf = (action: string): string => `${action}/age`;

const textOf = (value: unknown): string => (typeof value === "string" ? value.slice(0, 300) : "");

/** What was typed into the form behind the question, but for secrets and the answer itself. */
const keptOf = (body: Form): Record<string, string> => {
  const { day: _day, month: _month, year: _year, [ageField]: _ticket, password: _password, ...rest } = body;
  return Object.fromEntries(
    Object.entries(rest)
      .filter(([, value]) => typeof value === "string")
      .slice(0, 40)
      .map(([name, value]) => [name, textOf(value)]),
  );
};

const question = (needs: WebNeeds, c: WebContext, action: string, body: Form, wrong: boolean) => {
  const { site, to } = readerFor(needs, c);
  const kept = keptOf(body);
  return c.html(
    <AgePage
      site={site}
      action={to(questionOf(action))}
      typed={{ day: textOf(body.day), month: textOf(body.month), year: textOf(body.year) }}
      wrong={wrong}
      late={!wrong && Object.keys(kept).length > 0}
      kept={kept}
    />,
    wrong ? 422 : 200,
  );
};

/** The same whenever it is met: at the answer, and each time the browser comes back until it is closed. */
const refused = (needs: WebNeeds, c: WebContext) => {
  // Its status alone would say in a line of the log what was answered from there.
  c.set("unlogged", true);
  const { site, words, to } = readerFor(needs, c);
  return c.html(
    <MessagePage
      site={site}
      title={words.age.refusedTitle}
      words={words.age.refused}
      ways={[{ href: to("/"), label: words.age.home }]}
    />,
    403,
  );
};

/**
 * Stands before a form and whatever it sends.
 * @param action where the form posts to
 * @param body what was sent; empty where the form is only to be shown
 */
export const askAge = (
  needs: WebNeeds,
  c: WebContext,
  point: string,
  action: string,
  body: Form = {},
): Asked => {
  if (!isAgeAsked(needs.policy, point)) return { age: "unknown", ticket: null, page: null };
  if (readCookie(needs, c, ageCookie) !== null) return { page: refused(needs, c) };
  const ticket = needs.tickets.read("old-enough", body[ageField]);
  if (ticket) return { age: "over", ticket: textOf(body[ageField]), page: null };
  return { page: question(needs, c, action, body, false) };
};

/**
 * Takes the answer. Its request is logged for nobody: a line would say who was refused.
 * @param next shows the form, with what was typed into it before
 */
export const takeAge = async (
  needs: WebNeeds,
  c: WebContext,
  {
    action,
    next,
  }: { action: string; next: (ticket: string, kept: Record<string, string>) => Response | Promise<Response> },
): Promise<Response> => {
  c.set("unlogged", true);
  const { age } = needs.policy;
  const body = await readBody(c);
  if (!age || readCookie(needs, c, ageCookie) !== null) return refused(needs, c);
  const now = needs.clock();
  const born = birthDateIn({ year: body.year, month: body.month, day: body.day }, now);
  if (!born) return question(needs, c, action, body, true);
  if (hasReached(age.limit, born, now)) return next(needs.tickets.make("old-enough", {}), keptOf(body));
  setAgeAnswered(needs, c);
  return refused(needs, c);
};
