// Keeps C3 where a passkey is added; without script it says what passkeys need.
import { Layout, type Site } from "./layout.tsx";
import { Errors } from "./parts/errors.tsx";
import { Field } from "./parts/field.tsx";
import { PasskeyButton, passkeyScript } from "./parts/passkey-button.tsx";

export type PasskeyPageProps = { site: Site; error?: string | undefined };

export const PasskeyPage = ({ site, error }: PasskeyPageProps) => (
  <Layout
    site={site}
    title={error ? "Not yet: add a passkey" : "Add a passkey"}
    here="account"
    scripts={[passkeyScript]}
  >
    <div class="narrow">
      <h1>Add a passkey</h1>
      <p class="lead">
        Your device makes it, asks for your finger, face or PIN each time, and shows us nothing of them. We
        keep what it takes to recognise it, sealed.
      </p>
      <Errors errors={error ? [{ text: error }] : []} />
      <form class="stack" method="post" action="/account/passkeys">
        <Field
          id="label"
          label="What you call it"
          type="text"
          required={false}
          hint="Such as “work laptop”, so that you know it among others."
          autocomplete="off"
          max={40}
        />
        <PasskeyButton does="create" options="/account/passkeys/options" label="Make the passkey" />
      </form>
      <p>
        <a href="/account/security">Leave it as it is</a>
      </p>
    </div>
  </Layout>
);
