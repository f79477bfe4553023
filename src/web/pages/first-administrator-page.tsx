// The one-time door of a new service: whoever holds the link from the terminal becomes its first administrator.
import { readingOf } from "../reading.ts";
import { Layout, type Site } from "./layout.tsx";
import { Errors, gathered, type FormError } from "./parts/errors.tsx";
import { Field } from "./parts/field.tsx";
import { AgeAnswered } from "./parts/age-answered.tsx";
import { Agreement, type Agreed } from "./parts/agreement.tsx";

export type FirstAdministratorPageProps = {
  site: Site;
  /** Carries the one-time token. */
  action: string;
  userName?: string | undefined;
  errors: readonly FormError[];
  /** The texts to agree to, as every account does. */
  documents: readonly Agreed[];
  agreement: { id: string; checked: boolean; error?: string | undefined };
  passwordHint?: string | undefined;
  /** Carries the answer to the question of age, where one was asked. */
  ageTicket?: string | null | undefined;
};

export const FirstAdministratorPage = (props: FirstAdministratorPageProps) => {
  const { site, action, userName, errors, documents, agreement, passwordHint } = props;
  const { first, signIn } = readingOf(site).words;
  const errorOf = (id: string) => errors.find((error) => error.field === id)?.text;
  return (
    <Layout site={site} title={first.title}>
      <div class="narrow">
        <p class="eyebrow">{first.isNew(site.name)}</p>
        <h1>{first.heading}</h1>
        <p class="lead">{first.lead(site.name)}</p>
        <Errors errors={gathered(errors, [])} />
        <form class="stack" method="post" action={action}>
          <AgeAnswered ticket={props.ageTicket} />
          <Field
            id="user-name"
            label={signIn.userName}
            type="text"
            required
            value={userName}
            error={errorOf("user-name")}
            autocomplete="username"
            max={200}
          />
          <Field
            id="password"
            label={signIn.password}
            type="password"
            required
            hint={passwordHint}
            error={errorOf("password")}
            autocomplete="new-password"
            max={1000}
          />
          <Agreement documents={documents} {...agreement} />
          <button class="primary" type="submit">
            {first.send}
          </button>
        </form>
      </div>
    </Layout>
  );
};
