// Keeps O6 where it is met: says why one is asked again, and takes along what was typed.
import { Layout, type Site } from "./layout.tsx";
import { Clause } from "./parts/end.tsx";
import { Errors } from "./parts/errors.tsx";
import { Field } from "./parts/field.tsx";
import { PasskeyButton, passkeyScript } from "./parts/passkey-button.tsx";

export type ProvePageProps = {
  site: Site;
  /** Where the proof goes: to the form that came too late, or to the page that leads on. */
  action: string;
  /** What goes along with it. */
  kept: readonly { name: string; value: string }[];
  /** A form was sent, and waits for the proof. */
  late: boolean;
  /** Name of the proof's field. */
  field: string;
  userName: string;
  /** After how many minutes the policy asks. */
  minutes: number;
  /** Whether the account has a password, and passkeys. */
  password: boolean;
  passkeys: boolean;
  error?: string | undefined;
};

export const ProvePage = (props: ProvePageProps) => {
  const { site, action, kept, late, field, userName, minutes, password, passkeys, error } = props;
  return (
    <Layout
      site={site}
      title={error ? "Not yet: is it still you?" : "Is it still you?"}
      scripts={passkeys ? [passkeyScript] : []}
    >
      <div class="narrow">
        <h1>Is it still you?</h1>
        <p class="lead">
          You are signed in as <bdi>{userName}</bdi>. Before anything of an account is shown or changed, the
          policy asks again after {minutes} minutes, and sooner where you change how you sign in{" "}
          <Clause id="protect-ask-again" />.
        </p>
        <Errors errors={error ? [password ? { field, text: error } : { text: error }] : []} />
        <form class="stack" method="post" action={action}>
          {kept.map(({ name, value }) => (
            <input type="hidden" name={name} value={value} />
          ))}
          {password ? (
            <>
              <Field
                id={field}
                label="Password"
                type="password"
                required
                autocomplete="current-password"
                error={error}
                max={1000}
              />
              <button class="primary" type="submit">
                {late ? "Go on and send it" : "Go on"}
              </button>
            </>
          ) : null}
          {passkeys ? (
            <PasskeyButton
              does="get"
              options="/prove/passkey"
              label={late ? "Send it with a passkey" : "Go on with a passkey"}
              instead={field}
            />
          ) : null}
        </form>
        {late ? (
          <p class="hint">
            What you sent is kept in this page, but for passwords, and goes on with your proof.
          </p>
        ) : null}
        <form method="post" action="/sign-out">
          <button class="quiet" type="submit">
            It is not me: sign out
          </button>
        </form>
      </div>
    </Layout>
  );
};
