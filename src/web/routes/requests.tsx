// The desk's page of requests: due dates, and the holds that staff set and end where their role of the policy lets them (R5).
import { Hono } from "hono";
import { userNameKey } from "../../collect/user-name.ts";
import { endHold, setHold, type Hold, type HoldFault, type NewHold } from "../../review/holds.ts";
import { innerParts } from "../../review/inner-parts.ts";
import { Refusal } from "../../http/errors.ts";
import { answerRequest, requestsNow, subjectOf, type DeskRequests } from "../../review/requests-desk.ts";
import { purpose } from "../../review/rights-needs.ts";
import { deskPlaces, mayOpen, mustOpen } from "../desk-places.ts";
import type { WebContext, WebEnv, WebNeeds } from "../needs.ts";
import { RequestsPage, type ShownHold, type Typed } from "../pages/requests-page.tsx";
import { readBody } from "../read-body.ts";
import { siteFor } from "../site.ts";

const { path: here, looks: looked } = deskPlaces.requests;

const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const peopleIn = ({ requests, others }: DeskRequests): string[] => [
  ...new Set([...requests, ...others].map(({ subject }) => subject)),
];

export const shownHold = (
  { policy }: WebNeeds,
  { id, kind, role, setAt, endsAt, hiddenUntil, reason }: Hold,
): ShownHold => ({
  id,
  about: policy.erase.holds.find((one) => one.id === kind)?.about ?? kind,
  by: policy.roles[role]?.label ?? role,
  setAt: setAt.getTime(),
  endsAt: endsAt.getTime(),
  hiddenUntil: hiddenUntil?.getTime() ?? null,
  reason,
});

/** What somebody wrote with a request: of an objection, to which use, and why. */
const saidIn = ({ policy }: WebNeeds, words: string | null): string | null => {
  const { purpose: use, words: why } = innerParts(words) ?? {};
  if (typeof use !== "string") return words;
  return [policy.purposes[use]?.label ?? use, why]
    .filter((part) => typeof part === "string" && part !== "")
    .join(": ");
};

const untyped: Typed = { person: "", kind: "", days: "", reason: "", hiddenDays: "" };

type Faults = readonly { field: HoldFault["field"] | "person"; text: string }[];

const show = async (needs: WebNeeds, c: WebContext, typed = untyped, faults: Faults = []) => {
  const { person, role } = mustOpen(needs, c, deskPlaces.requests);
  const found = await requestsNow(needs.rights);
  const about = peopleIn(found);
  await needs.session.noteLook({
    staff: person.subject,
    role,
    about,
    purpose,
    categories: looked,
    page: here,
  });
  const names = await needs.namesOf(person, about, here);
  const seesPeople = mayOpen(needs, person.roles, deskPlaces.people);
  const nameOf = (subject: string) => names.get(subject) ?? null;
  return c.html(
    <RequestsPage
      site={siteFor(needs, c)}
      action={here}
      requests={found.requests.map(({ subject, askedAt, dueAt, zone, holds, words, ...request }) => ({
        ...request,
        said: saidIn(needs, words),
        href: seesPeople ? `${deskPlaces.people.path}/${subject}` : null,
        name: nameOf(subject),
        askedAt: askedAt.getTime(),
        due: { at: dueAt.getTime(), zone },
        late: dueAt <= needs.clock() && holds.length === 0,
        holds: holds.map((hold) => shownHold(needs, hold)),
      }))}
      others={found.others.map(({ subject, holds }) => ({
        name: nameOf(subject),
        holds: holds.map((hold) => shownHold(needs, hold)),
      }))}
      more={found.more}
      reasons={needs.policy.erase.holds.map(({ id, about: text, days }) => ({ id, about: text, days }))}
      typed={typed}
      faults={faults}
    />,
    faults.length > 0 ? 422 : 200,
  );
};

const textOf = (value: unknown, most: number): string =>
  typeof value === "string" ? value.slice(0, most) : "";

/** An empty field is none at all; what is no whole number stays what it is, and is refused. */
const numberOf = (text: string): number => (text.trim() === "" ? Number.NaN : Number(text));

/** By the number of a request, or by a user name. */
const personOf = async ({ rights, collect }: WebNeeds, typed: string): Promise<string | null> =>
  uuidForm.test(typed.trim())
    ? subjectOf(rights, typed.trim())
    : ((await collect.vault.find("user-name", userNameKey(typed)))?.subject ?? null);

const set = async (needs: WebNeeds, c: WebContext) => {
  const { person, role } = mustOpen(needs, c, deskPlaces.requests);
  const body = await readBody(c);
  const typed: Typed = {
    person: textOf(body.person, 200),
    kind: textOf(body.kind, 100),
    days: textOf(body.days, 10),
    reason: textOf(body.reason, 5000),
    hiddenDays: textOf(body.hiddenDays, 10),
  };
  const subject = await personOf(needs, typed.person);
  if (!subject)
    return show(needs, c, typed, [
      {
        field: "person",
        text: "Neither a request nor a user name is known by this. Check how it is written.",
      },
    ]);
  const hold: NewHold = {
    kind: typed.kind,
    days: numberOf(typed.days),
    reason: typed.reason,
    hiddenDays: typed.hiddenDays.trim() === "" ? 0 : numberOf(typed.hiddenDays),
  };
  const faults = await setHold(needs.rights, { subject: person.subject, role }, subject, hold);
  return faults.length > 0 ? show(needs, c, typed, faults) : c.redirect(here, 303);
};

const end = async (needs: WebNeeds, c: WebContext) => {
  mustOpen(needs, c, deskPlaces.requests);
  const { id } = await readBody(c);
  if (typeof id === "string" && uuidForm.test(id)) await endHold(needs.rights, id);
  return c.redirect(here, 303);
};

const answer = async (needs: WebNeeds, c: WebContext) => {
  mustOpen(needs, c, deskPlaces.requests);
  const { id, answer: given } = await readBody(c);
  if (given !== "done" && given !== "refused") throw new Refusal("no-such-choice");
  if (typeof id === "string" && uuidForm.test(id)) await answerRequest(needs.rights, id, given);
  return c.redirect(here, 303);
};

export const requestRoutes = (needs: WebNeeds): Hono<WebEnv> => {
  const app = new Hono<WebEnv>();
  app.get(here, (c) => show(needs, c, { ...untyped, person: textOf(c.req.query("person"), 200) }));
  app.post(here, (c) => set(needs, c));
  app.post(`${here}/end`, (c) => end(needs, c));
  app.post(`${here}/answer`, (c) => answer(needs, c));
  return app;
};
