// Keeps C1, C3 and C6 at registration: the least is asked, the rest is optional, and what is agreed to is named with its version.
import { readingOf } from "../reading.ts";
import { Agreement, type Agreed } from "./parts/agreement.tsx";
import { OldBrowser } from "./parts/advice.tsx";
import { AgeAnswered } from "./parts/age-answered.tsx";
import { PasskeyButton, passkeyScript } from "./parts/passkey-button.tsx";
import { KeptList, type Kept } from "./parts/end.tsx";
import { Errors, gathered, type FormError } from "./parts/errors.tsx";
import { Field, type FieldProps } from "./parts/field.tsx";
import { Layout, type Site } from "./layout.tsx";

export type RegisterPageProps = {
  site: Site;
  /** Where the form posts to. */
  action: string;
  /** From the policy's collection point, required ones first. */
  fields: readonly FieldProps[];
  /** What is recorded without being asked for. */
  passive: readonly Kept[];
  documents: readonly Agreed[];
  /** Id and name of the agreement box, and what was wrong with it. */
  agreement?: { id: string; checked: boolean; error?: string | undefined };
  errors: readonly FormError[];
  /** A passkey that was made already, while something else was not right yet. */
  brought?: { passkey: string; ticket: string } | undefined;
  /** Carries the answer to the question of age, where one was asked. */
  ageTicket?: string | null;
  /** Name and version of a browser to warn of. */
  oldBrowser?: string | null;
};

export const RegisterPage = (props: RegisterPageProps) => {
  const { site, action, fields, passive, documents, errors } = props;
  const { words, to } = readingOf(site);
  const { register } = words;
  const agreement = props.agreement ?? { id: "agree", checked: false };
  const optional = fields.filter((field) => !field.required);
  const all = gathered(errors, [...fields, agreement]);
  return (
    <Layout
      site={site}
      title={all.length > 0 ? register.notYet : register.title}
      here="register"
      scripts={[passkeyScript]}
    >
      <h1>{register.title}</h1>
      <p class="lead">{register.lead}</p>
      <Errors errors={all} />
      <OldBrowser browser={props.oldBrowser} />
      <form class="stack" method="post" action={action} novalidate={all.length > 0}>
        <AgeAnswered ticket={props.ageTicket} />
        <fieldset>
          <legend>{register.needed}</legend>
          {fields.map((field) => (field.required ? <Field {...field} /> : null))}
          {props.brought ? <p class="hint">{words.passkey.made}</p> : null}
          <PasskeyButton
            does="create"
            options="/register/passkey"
            label={words.passkey.instead}
            instead="password"
            kept={props.brought}
          />
        </fieldset>
        {optional.length > 0 ? (
          <fieldset>
            <legend>{register.optional}</legend>
            {optional.map((field) => (
              <Field {...field} />
            ))}
          </fieldset>
        ) : null}
        <section class="card calm" aria-labelledby="passive">
          <h2 id="passive">{register.passive}</h2>
          <KeptList kept={passive} />
        </section>
        <Agreement documents={documents} {...agreement} />
        <button class="primary" type="submit">
          {register.send}
        </button>
      </form>
      <p>
        {register.haveOne((text) => (
          <a href={to("/sign-in")}>{text}</a>
        ))}
      </p>
    </Layout>
  );
};
