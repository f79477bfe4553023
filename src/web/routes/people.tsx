// The desk's pages for somebody who wrote in: looked up by exact address or name, recognised, and asked for in their name (R7, K3).
import { Hono } from "hono";
import { userNameKey } from "../../collect/user-name.ts";
import { Refusal } from "../../http/errors.ts";
import { addressKey } from "../../keep/vault/address-key.ts";
import type { StaffView } from "../../review/held-for-staff.ts";
import { purpose } from "../../review/needs.ts";
import { weighedUses } from "../../review/objectables.ts";
import {
  askForPerson,
  kindsByWriting,
  placesOfWriting,
  type RecognitionFault,
} from "../../review/recognise.ts";
import { deskPlaces, mustOpen } from "../desk-places.ts";
import { shownRow, titleOf } from "../held-view.ts";
import type { WebContext, WebEnv, WebNeeds } from "../needs.ts";
import { FindPage, PersonPage, type TypedRecognition } from "../pages/people-page.tsx";
import { readBody } from "../read-body.ts";
import { siteFor } from "../site.ts";
import { mustBeAllowedToLook } from "../staff.ts";

const { path: here } = deskPlaces.people;
const idForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const kindLabels: Record<(typeof kindsByWriting)[number], string> = {
  access: "to be shown what is held",
  correction: "to have something corrected",
  restriction: "to have the use of their data restricted, at once",
  objection: "to have a use stopped",
  erasure: "to have their data erased: every use stops at once",
};

const textOf = (value: unknown, most: number): string =>
  typeof value === "string" ? value.slice(0, most) : "";

type Found = { href: string; name: string | null }[];

const showFind = (needs: WebNeeds, c: WebContext, typed = "", error?: string, found: Found = []) => {
  mustOpen(needs, c, deskPlaces.people);
  return c.html(
    <FindPage site={siteFor(needs, c)} action={here} typed={typed} error={error} found={found} />,
    error ? 422 : 200,
  );
};

/** The address or name is compared by its keyed hash, in full: nobody leafs through people here. */
const find = async (needs: WebNeeds, c: WebContext) => {
  mustOpen(needs, c, deskPlaces.people);
  const typed = textOf((await readBody(c)).who, 254).trim();
  const byAddress = typed.includes("@");
  const kind = byAddress ? "email" : "user-name";
  const { person, role } = mustBeAllowedToLook(needs, c, [kind], purpose);
  if (!(await needs.throttles.lookUp.allow(person.subject))) throw new Refusal("too-many-tries");
  const key = byAddress ? addressKey(typed) : userNameKey(typed);
  const about = typed === "" ? [] : await needs.review.findAll(kind, key);
  if (about.length === 0)
    return showFind(
      needs,
      c,
      typed,
      "Nobody here has exactly this address or name. Check how it is written, or ask the person for another.",
    );
  await needs.session.noteLook({
    staff: person.subject,
    role,
    about,
    purpose,
    categories: [kind],
    page: here,
  });
  const [only, ...others] = about;
  if (only && others.length === 0) return c.redirect(`${here}/${only}`, 303);
  const names = await needs.namesOf(person, about, here);
  const found = about.map((subject) => ({ href: `${here}/${subject}`, name: names.get(subject) ?? null }));
  return showFind(needs, c, typed, undefined, found);
};

const untyped: TypedRecognition = { kind: "access", place: "mail", how: "", words: "", use: "" };

const subjectIn = (c: WebContext): string => {
  const id = c.req.param("person") ?? "";
  if (!idForm.test(id)) throw new Refusal("not-found");
  return id;
};

const shownParts = (needs: WebNeeds, { parts }: StaffView) =>
  parts.map(({ held, count, rows }) => ({
    title: titleOf(needs, held),
    count,
    rows: rows.map((row) => shownRow(needs, held, row)),
  }));

const show = async (
  needs: WebNeeds,
  c: WebContext,
  typed = untyped,
  faults: readonly RecognitionFault[] = [],
) => {
  const { person } = mustOpen(needs, c, deskPlaces.people);
  const subject = subjectIn(c);
  const view = await needs.heldForStaff(person, subject, here);
  if (!view) throw new Refusal("not-found");
  const names = await needs.namesOf(person, [subject], here);
  return c.html(
    <PersonPage
      site={siteFor(needs, c)}
      action={`${here}/${subject}`}
      name={names.get(subject) ?? null}
      status={view.status}
      cases={view.cases.map(({ kind, state, askedAt, dueAt, zone }) => ({
        kind,
        state,
        askedAt: askedAt.getTime(),
        due: { at: dueAt.getTime(), zone },
        late: kind !== "restriction" && dueAt <= needs.clock(),
      }))}
      parts={shownParts(needs, view)}
      kinds={kindsByWriting.map((id) => ({ id, label: kindLabels[id] }))}
      places={placesOfWriting.map((id) => ({ id, label: id }))}
      uses={[
        { id: "", label: "what their words say" },
        ...weighedUses(needs.policy).map((id) => ({ id, label: needs.policy.purposes[id]?.label ?? id })),
      ]}
      typed={typed}
      faults={faults}
    />,
    faults.length > 0 ? 422 : 200,
  );
};

const start = async (needs: WebNeeds, c: WebContext) => {
  const { person, role } = mustOpen(needs, c, deskPlaces.people);
  const subject = subjectIn(c);
  const body = await readBody(c);
  const typed: TypedRecognition = {
    kind: textOf(body.kind, 30),
    place: textOf(body.place, 30),
    how: textOf(body.how, 6000),
    words: textOf(body.words, 6000),
    use: textOf(body.use, 100),
  };
  const { inForce, queueMail } = needs.review;
  const faults = await askForPerson(
    { ...needs.rights, ...{ inForce, queueMail }, askedLetter: needs.askedLetter },
    { subject: person.subject, role },
    subject,
    typed,
  );
  return faults.length > 0 ? show(needs, c, typed, faults) : c.redirect(`${here}/${subject}`, 303);
};

export const peopleRoutes = (needs: WebNeeds): Hono<WebEnv> => {
  const app = new Hono<WebEnv>();
  app.get(here, (c) => showFind(needs, c));
  app.post(here, (c) => find(needs, c));
  app.get(`${here}/:person`, (c) => show(needs, c));
  app.post(`${here}/:person`, (c) => start(needs, c));
  return app;
};
