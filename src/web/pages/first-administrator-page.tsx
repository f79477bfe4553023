// The one-time door of a new service: whoever holds the link from the terminal becomes its first administrator.
import { Layout, type Site } from "./layout.tsx";
import { Errors, gathered, type FormError } from "./parts/errors.tsx";
import { Field } from "./parts/field.tsx";
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
};

export const FirstAdministratorPage = (props: FirstAdministratorPageProps) => {
  const { site, action, userName, errors, documents, agreement, passwordHint } = props;
  const errorOf = (id: string) => errors.find((error) => error.field === id)?.text;
  return (
    <Layout site={site} title="The first administrator">
      <div class="narrow">
        <p class="eyebrow">{site.name} is new</p>
        <h1>Who looks after it?</h1>
        <p class="lead">
          This link came from the terminal in which {site.name} was started. It works once: the account that
          you open with it is the administrator's.
        </p>
        <Errors errors={gathered(errors, [])} />
        <form class="stack" method="post" action={action}>
          <Field
            id="user-name"
            label="User name"
            type="text"
            required
            value={userName}
            error={errorOf("user-name")}
            autocomplete="username"
            max={200}
          />
          <Field
            id="password"
            label="Password"
            type="password"
            required
            hint={passwordHint}
            error={errorOf("password")}
            autocomplete="new-password"
            max={1000}
          />
          <Agreement documents={documents} {...agreement} />
          <button class="primary" type="submit">
            Open the administrator's account
          </button>
        </form>
      </div>
    </Layout>
  );
};
