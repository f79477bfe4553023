// The desk's page of requests: due dates, and the holds that staff set and end where their role of the policy lets them (R5).
import { Hono } from "hono";
import { userNameKey } from "../../collect/user-name.ts";
import { endHold, setHold, type Hold, type HoldFault, type NewHold } from "../../review/holds.ts";
import { saidIn } from "../../review/objectables.ts";
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
  { policy }: Pick<WebNeeds, "policy">,
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
const wordsIn = ({ policy }: WebNeeds, words: string | null): string | null => {
  const said = saidIn(words ?? "");
  if (!said) return words;
  return [policy.purposes[said.purpose]?.label ?? said.purpose, said.words]
    .filter((part) => part !== "")
    .join(": ");
};

const untyped: Typed = { person: "", kind: "", days: "", reason: "", hiddenDays: "" };

type Faults = readonly { field: HoldFault["field"] | "person"; text: string }[];

type Shown = {
  typed?: Typed;
  faults?: Faults;
  answered?: { id: string; text: string; fault: string } | null;
};

const show = async (
  needs: WebNeeds,
  c: WebContext,
  { typed = untyped, faults = [], answered = null }: Shown = {},
) => {
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
        said: wordsIn(needs, words),
        weighed: request.kind === "objection" && saidIn(words ?? "") !== null,
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
      answered={answered}
    />,
    faults.length > 0 || answered ? 422 : 200,
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
    return show(needs, c, {
      typed,
      faults: [
        {
          field: "person",
          text: "Neither a request nor a user name is known by this. Check how it is written.",
        },
      ],
    });
  const hold: NewHold = {
    kind: typed.kind,
    days: numberOf(typed.days),
    reason: typed.reason,
    hiddenDays: typed.hiddenDays.trim() === "" ? 0 : numberOf(typed.hiddenDays),
  };
  const faults = await setHold(needs.rights, { subject: person.subject, role }, subject, hold);
  return faults.length > 0 ? show(needs, c, { typed, faults }) : c.redirect(here, 303);
};

const end = async (needs: WebNeeds, c: WebContext) => {
  mustOpen(needs, c, deskPlaces.requests);
  const { id } = await readBody(c);
  if (typeof id === "string" && uuidForm.test(id)) await endHold(needs.rights, id);
  return c.redirect(here, 303);
};

const answer = async (needs: WebNeeds, c: WebContext) => {
  mustOpen(needs, c, deskPlaces.requests);
  const { id, answer: state, words } = await readBody(c);
  if (state !== "done" && state !== "refused") throw new Refusal("no-such-choice");
  if (typeof id !== "string" || !uuidForm.test(id)) return c.redirect(here, 303);
  const text = textOf(words, 5000);
  const { inForce, queueMail } = needs.review;
  const answering = { ...needs.rights, inForce, queueMail, objectionLetter: needs.objectionLetter };
  const fault = await answerRequest(answering, id, { state, answer: text });
  return fault ? show(needs, c, { answered: { id, text, fault } }) : c.redirect(here, 303);
};

export const requestRoutes = (needs: WebNeeds): Hono<WebEnv> => {
  const app = new Hono<WebEnv>();
  app.get(here, (c) => show(needs, c, { typed: { ...untyped, person: textOf(c.req.query("person"), 200) } }));
  app.post(here, (c) => set(needs, c));
  app.post(`${here}/end`, (c) => end(needs, c));
  app.post(`${here}/answer`, (c) => answer(needs, c));
  return app;
};
