// Keeps R2 where it is done: what somebody gave stands in the fields that it came in by, and can be put right there.
import { readingOf } from "../reading.ts";
import { Layout, type Site } from "./layout.tsx";
import { Errors, gathered } from "./parts/errors.tsx";
import { Field, type FieldProps } from "./parts/field.tsx";

export type CorrectPageProps = {
  site: Site;
  /** What kind of data it is, in the policy's words. */
  title: string;
  action: string;
  back: string;
  /** Stands for what was read, so that nobody overwrites unseen what was changed meanwhile. */
  seen: string;
  fields: readonly FieldProps[];
};

export const CorrectPage = ({ site, title, action, back, seen, fields }: CorrectPageProps) => {
  const errors = gathered([], fields);
  const { words, to } = readingOf(site);
  const { correct } = words;
  return (
    <Layout site={site} title={errors.length > 0 ? correct.notYet : correct.title} here="account">
      <div class="narrow">
        <p class="eyebrow">
          <a href={to(back)}>{correct.back}</a>
        </p>
        <h1>{correct.title}</h1>
        <p class="lead">{correct.lead}</p>
        <Errors errors={errors} />
        <form class="stack" method="post" action={to(action)} novalidate={errors.length > 0}>
          <input type="hidden" name="seen" value={seen} />
          <fieldset>
            <legend>{title}</legend>
            {fields.map((field) => (
              <Field {...field} />
            ))}
          </fieldset>
          <p class="actions">
            <button class="primary" type="submit">
              {correct.save}
            </button>
            <a class="button" href={to(back)}>
              {correct.leave}
            </a>
          </p>
        </form>
      </div>
    </Layout>
  );
};
