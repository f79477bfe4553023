// Keeps O6 where it is met: says why one is asked again, and takes along what was typed.
import { readingOf, useReading } from "../reading.ts";
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
  const { site, late, field, userName, minutes, password, passkeys, error } = props;
  const { words, to } = readingOf(site);
  const { prove } = words;
  return (
    <Layout site={site} title={error ? prove.notYet : prove.title} scripts={passkeys ? [passkeyScript] : []}>
      <div class="narrow">
        <h1>{prove.title}</h1>
        <p class="lead">
          {prove.lead(
            <bdi>{userName}</bdi>,
            minutes.toLocaleString(words.locale),
            <Clause id="protect-ask-again" />,
          )}
        </p>
        <Errors errors={error ? [password ? { field, text: error } : { text: error }] : []} />
        <Proof {...props} />
        {late ? <p class="hint">{prove.kept}</p> : null}
        <form method="post" action={to("/sign-out")}>
          <button class="quiet" type="submit">
            {prove.signOut}
          </button>
        </form>
      </div>
    </Layout>
  );
};

const Proof = ({ action, kept, late, field, password, passkeys, error }: ProvePageProps) => {
  const { words, to } = useReading();
  const { prove } = words;
  return (
    <form class="stack" method="post" action={to(action)}>
      {kept.map(({ name, value }) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {password ? (
        <>
          <Field
            id={field}
            label={prove.password}
            type="password"
            required
            autocomplete="current-password"
            error={error}
            max={1000}
          />
          <button class="primary" type="submit">
            {late ? prove.send : prove.go}
          </button>
        </>
      ) : null}
      {passkeys ? (
        <PasskeyButton
          does="get"
          options="/prove/passkey"
          label={late ? prove.sendPasskey : prove.goPasskey}
          instead={field}
        />
      ) : null}
    </form>
  );
};
