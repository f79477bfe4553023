// Keeps C3 where a passkey is added; without script it says what passkeys need.
import { readingOf } from "../reading.ts";
import { Layout, type Site } from "./layout.tsx";
import { Errors } from "./parts/errors.tsx";
import { Field } from "./parts/field.tsx";
import { PasskeyButton, passkeyScript } from "./parts/passkey-button.tsx";

/** `label`: what was typed before. */
export type PasskeyPageProps = { site: Site; label?: string | undefined; error?: string | undefined };

export const PasskeyPage = ({ site, label, error }: PasskeyPageProps) => {
  const { words, to } = readingOf(site);
  const { newPasskey: say } = words;
  return (
    <Layout site={site} title={error ? say.notYet : say.title} here="account" scripts={[passkeyScript]}>
      <div class="narrow">
        <h1>{say.title}</h1>
        <p class="lead">{say.lead}</p>
        <Errors errors={error ? [{ text: error }] : []} />
        <form class="stack" method="post" action={to("/account/passkeys")}>
          <Field
            id="label"
            label={say.label}
            type="text"
            required={false}
            hint={say.hint}
            value={label}
            autocomplete="off"
            max={40}
          />
          <PasskeyButton does="create" options="/account/passkeys/options" label={say.make} />
        </form>
        <p>
          <a href={to("/account/security")}>{say.leave}</a>
        </p>
      </div>
    </Layout>
  );
};
