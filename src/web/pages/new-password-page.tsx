// Keeps K8 and C3 where a password is forgotten: what the mail can do, and what can't be done without an address.
import { readingOf } from "../reading.ts";
import { Layout, type Site } from "./layout.tsx";
import { Errors, gathered } from "./parts/errors.tsx";
import { Field, type FieldProps } from "./parts/field.tsx";

export type ForgottenPageProps = {
  site: Site;
  action: string;
  /** From the policy's collection point. */
  fields: readonly FieldProps[];
  /** The policy's own words about the form. */
  notice?: string | undefined;
};

export const ForgottenPage = ({ site, action, fields, notice }: ForgottenPageProps) => {
  const say = readingOf(site).words.newPassword;
  const errors = gathered([], fields);
  return (
    <Layout site={site} title={say.title} here="sign-in">
      <div class="narrow">
        <h1>{say.title}</h1>
        <p class="lead">{say.lead}</p>
        <Errors errors={errors} />
        <form class="stack" method="post" action={action} novalidate={errors.length > 0}>
          {fields.map((field) => (
            <Field {...field} />
          ))}
          {notice ? <p class="hint">{notice}</p> : null}
          <button class="primary" type="submit">
            {say.send}
          </button>
        </form>
        <p>{say.without}</p>
      </div>
    </Layout>
  );
};

export type ChoosePasswordPageProps = {
  site: Site;
  /** Carries the link's ticket. */
  action: string;
  userName: string;
  fields: readonly FieldProps[];
};

export const ChoosePasswordPage = ({ site, action, userName, fields }: ChoosePasswordPageProps) => {
  const say = readingOf(site).words.newPassword;
  const errors = gathered([], fields);
  return (
    <Layout site={site} title={say.choose} here="sign-in">
      <div class="narrow">
        <h1>{say.choose}</h1>
        <p class="lead">
          {say.for(<bdi>{userName}</bdi>)} {say.ends}
        </p>
        <Errors errors={errors} />
        <form class="stack" method="post" action={action} novalidate={errors.length > 0}>
          {/* For whoever keeps the person's passwords: which account this one is of. */}
          <input type="text" name="for" value={userName} autocomplete="username" hidden readonly />
          {fields.map((field) => (
            <Field {...field} />
          ))}
          <button class="primary" type="submit">
            {say.change}
          </button>
        </form>
      </div>
    </Layout>
  );
};
