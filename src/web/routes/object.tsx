// The page on which somebody objects to a use, in their account or by a link of their own (R3, R6).
import { objectablesOf, objectTo } from "../../review/object.ts";
import { Refusal } from "../../http/errors.ts";
import type { WebContext, WebNeeds } from "../needs.ts";
import { ObjectPage } from "../pages/object-page.tsx";
import { readBody } from "../read-body.ts";
import { siteFor } from "../site.ts";

/** Whoever objects, where, and where the pages are to which it leads. */
export type Objector = { subject: string; place: string; base: string; choices: string; use: string };

const longest = 2000;

const needsOf = (needs: WebNeeds) => ({ ...needs.review, compiled: needs.correct.compiled });

export const showObject = async (
  needs: WebNeeds,
  c: WebContext,
  { subject, base, choices, use }: Objector,
) => {
  const uses = await objectablesOf(needsOf(needs), subject);
  return c.html(
    <ObjectPage
      site={siteFor(needs, c)}
      action={`${base}/object`}
      back={base}
      restrict={use}
      uses={uses.map(({ choice, objected, ...one }) => ({
        ...one,
        choice: choice === null ? null : `${choices}#${choice}`,
        objected: objected && { at: objected.at.getTime(), due: objected.due.getTime() },
      }))}
    />,
  );
};

export const postObject = async (needs: WebNeeds, c: WebContext, { subject, place, base }: Objector) => {
  if (!(await needs.throttles.correct.allow(subject))) throw new Refusal("too-many-tries");
  const body = await readBody(c);
  const purpose = typeof body.purpose === "string" ? body.purpose : "";
  const words = typeof body.words === "string" ? body.words.normalize("NFC").trim().slice(0, longest) : "";
  if (!(await objectTo(needsOf(needs), subject, { purpose, words, place })))
    throw new Refusal("no-such-choice");
  return c.redirect(`${base}/object#${encodeURIComponent(purpose)}`, 303);
};
