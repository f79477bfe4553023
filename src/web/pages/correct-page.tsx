// Keeps R2 where it is done: what somebody gave stands in the fields that it came in by, and can be put right there.
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
  return (
    <Layout site={site} title={errors.length > 0 ? "Not yet: correct it" : "Correct it"} here="account">
      <div class="narrow">
        <p class="eyebrow">
          <a href={back}>What is held about you</a>
        </p>
        <h1>Correct it</h1>
        <p class="lead">
          Put right what is wrong, add what is missing, and empty what should not be there. It holds from the
          moment you save, and no copy that is put back brings the old value back. Whoever got the old value
          from us is to be told.
        </p>
        <Errors errors={errors} />
        <form class="stack" method="post" action={action} novalidate={errors.length > 0}>
          <input type="hidden" name="seen" value={seen} />
          <fieldset>
            <legend>{title}</legend>
            {fields.map((field) => (
              <Field {...field} />
            ))}
          </fieldset>
          <p class="actions">
            <button class="primary" type="submit">
              Save
            </button>
            <a class="button" href={back}>
              Leave it as it is
            </a>
          </p>
        </form>
      </div>
    </Layout>
  );
};
