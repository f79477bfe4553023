// Correcting what somebody gave, where they read it: by the rules under which it was collected, and kept as typed when refused (R2).
import { readForm } from "../../collect/read-form.ts";
import { correctableAt, correctRow, type Correctable, type Place } from "../../review/correct-row.ts";
import { correctionFields } from "../../review/correctable.ts";
import { Refusal } from "../../http/errors.ts";
import { fieldLook } from "../form-fields.ts";
import { titleOf } from "../held-view.ts";
import type { WebContext, WebNeeds } from "../needs.ts";
import { CorrectPage } from "../pages/correct-page.tsx";
import { readBody } from "../read-body.ts";
import { readerFor, type Reader } from "../reader.ts";

/** Whose data it is, and where the pages are on which they read it. */
export type Corrector = { subject: string; base: string };

const placeIn = (c: WebContext): Place => ({
  table: c.req.param("table") ?? "",
  column: c.req.param("column") ?? "",
  row: c.req.param("row") ?? null,
});

type Shown = { values: Readonly<Record<string, string>>; errors: Readonly<Record<string, string>> };

/** A field in the words of the policy that the reader reads. */
const labelled = (
  { policy }: Pick<Reader, "policy">,
  { held, fields }: Pick<Correctable, "held" | "fields">,
) => {
  const said = correctionFields(policy, held.table);
  return fields.map((field) => ({
    ...field,
    ...said.find(({ category }) => category === field.category),
    required: field.required,
  }));
};

const show = (needs: WebNeeds, c: WebContext, base: string, found: Correctable, shown: Shown) => {
  const reader = readerFor(needs, c);
  return c.html(
    <CorrectPage
      site={reader.site}
      title={titleOf(reader, found.held)}
      action={c.req.path}
      back={base}
      seen={found.seen}
      fields={labelled(reader, found).map(({ category, label, required, hint }) => ({
        ...fieldLook(category),
        id: category,
        label,
        required,
        hint: hint ?? undefined,
        value: shown.values[category] ?? "",
        error: shown.errors[category],
      }))}
    />,
    Object.keys(shown.errors).length > 0 ? 422 : 200,
  );
};

export const showCorrect = async (needs: WebNeeds, c: WebContext, { subject, base }: Corrector) => {
  const found = await correctableAt(needs.correct, subject, placeIn(c));
  if (!found) throw new Refusal("not-correctable");
  return show(needs, c, base, found, { values: found.values, errors: {} });
};

/** Where somebody else was quicker, both values are shown, and nothing is overwritten unseen. */
const overtaken = (
  reader: Reader,
  now: Correctable,
  typed: Readonly<Record<string, string>>,
): Record<string, string> =>
  Object.fromEntries(
    labelled(reader, now)
      .filter(({ category }) => (now.values[category] ?? "") !== (typed[category] ?? ""))
      .map(({ category, label }) => [
        category,
        reader.words.correct.changed(label, now.values[category] || null),
      ]),
  );

export const postCorrect = async (needs: WebNeeds, c: WebContext, { subject, base }: Corrector) => {
  if (!(await needs.throttles.correct.allow(subject))) throw new Refusal("too-many-tries");
  const place = placeIn(c);
  const found = await correctableAt(needs.correct, subject, place);
  if (!found) throw new Refusal("not-correctable");
  const body = await readBody(c);
  const reader = readerFor(needs, c);
  const { values, errors } = readForm(labelled(reader, found), body, reader.words.faults);
  const seen = typeof body.seen === "string" ? body.seen : "";
  if (errors) return show(needs, c, base, { ...found, seen }, { values, errors });
  const outcome = await correctRow(needs.correct, subject, place, { typed: values, seen });
  if (outcome.done) return c.redirect(reader.to(`${base}?corrected=${outcome.recipients.length}`), 303);
  if (outcome.why === "changed")
    return show(needs, c, base, outcome.now, { values, errors: overtaken(reader, outcome.now, values) });
  throw new Refusal(outcome.why === "closed" ? "account-closed" : "not-correctable");
};
