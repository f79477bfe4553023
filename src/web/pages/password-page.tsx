// Keeps K8 where a password is changed: what makes a good one, and what happens to the other sign-ins.
import { readingOf } from "../reading.ts";
import { Layout, type Site } from "./layout.tsx";
import { Errors, gathered } from "./parts/errors.tsx";
import { Field, type FieldProps } from "./parts/field.tsx";

export type PasswordPageProps = {
  site: Site;
  userName: string;
  /** The account has none so far. */
  first: boolean;
  /** From the policy's collection point. */
  fields: readonly FieldProps[];
};

export const PasswordPage = ({ site, userName, first, fields }: PasswordPageProps) => {
  const { words, to } = readingOf(site);
  const { ownPassword: say } = words;
  const errors = gathered([], fields);
  const title = first ? say.choose : say.change;
  return (
    <Layout site={site} title={errors.length > 0 ? say.notYet(title) : title} here="account">
      <div class="narrow">
        <h1>{title}</h1>
        <p class="lead">{say.lead}</p>
        <Errors errors={errors} />
        <form class="stack" method="post" action={to("/account/password")} novalidate={errors.length > 0}>
          {/* For whoever keeps the person's passwords: which account this one is of. */}
          <input type="text" name="for" value={userName} autocomplete="username" hidden readonly />
          {fields.map((field) => (
            <Field {...field} />
          ))}
          <button class="primary" type="submit">
            {title}
          </button>
        </form>
        <p>
          <a href={to("/account/security")}>{say.leave}</a>
        </p>
      </div>
    </Layout>
  );
};
