// The page on which somebody objects to a use, in their account or by a link of their own (R3, R6).
import { objectTo, takeObjectionBack } from "../../review/object.ts";
import { objectablesOf, type Objectable, type Objection } from "../../review/objectables.ts";
import { Refusal } from "../../http/errors.ts";
import type { Policy } from "../../policy/core.ts";
import type { WebContext, WebNeeds } from "../needs.ts";
import { ObjectPage, type ShownObjection, type ShownUse } from "../pages/object-page.tsx";
import { readBody } from "../read-body.ts";
import { readerFor } from "../reader.ts";

/** Whoever objects, where, and where the pages are to which it leads. */
export type Objector = { subject: string; place: string; base: string; choices: string; use: string };

const longest = 2000;

const states: Readonly<Partial<Record<Objection["state"], ShownObjection["state"]>>> = {
  open: "waits",
  running: "waits",
  done: "followed",
  refused: "refused",
};

const shownObjection = ({ at, due, state, doneAt, answer }: Objection): ShownObjection => ({
  at: at.getTime(),
  due: due.getTime(),
  state: states[state] ?? "over",
  answeredAt: doneAt?.getTime() ?? null,
  answer,
});

const shownUse = (
  { purposes }: Policy,
  choices: string,
  { purpose, choice, objection, allowed, stopped }: Objectable,
): ShownUse => ({
  ...{ purpose, allowed, stopped },
  label: purposes[purpose]?.label ?? purpose,
  about: purposes[purpose]?.about ?? purpose,
  because: purposes[purpose]?.because ?? null,
  choice: choice === null ? null : `${choices}#${choice}`,
  objection: objection && shownObjection(objection),
});

export const showObject = async (
  needs: WebNeeds,
  c: WebContext,
  { subject, base, choices, use }: Objector,
) => {
  const { site, policy } = readerFor(needs, c);
  const uses = await objectablesOf(needs.review, subject);
  return c.html(
    <ObjectPage
      site={site}
      action={`${base}/object`}
      back={base}
      restrict={use}
      uses={uses.map((one) => shownUse(policy, choices, one))}
    />,
  );
};

export const postObject = async (needs: WebNeeds, c: WebContext, { subject, place, base }: Objector) => {
  if (!(await needs.throttles.correct.allow(subject))) throw new Refusal("too-many-tries");
  const body = await readBody(c);
  const purpose = typeof body.purpose === "string" ? body.purpose : "";
  const words = typeof body.words === "string" ? body.words.normalize("NFC").trim().slice(0, longest) : "";
  const objecting = { ...needs.rights, inForce: needs.review.inForce };
  const done =
    body.back === "yes"
      ? await takeObjectionBack(objecting, subject, { purpose, place })
      : await objectTo(objecting, subject, { purpose, words, place });
  if (!done) throw new Refusal("no-such-choice");
  const { to } = readerFor(needs, c);
  return c.redirect(to(`${base}/object#${encodeURIComponent(purpose)}`), 303);
};
