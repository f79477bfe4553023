// Keeps K8 at sign-in: the code of an app, or a backup code, after the password.
import { readingOf } from "../reading.ts";
import { Layout, type Site } from "./layout.tsx";
import { Errors } from "./parts/errors.tsx";
import { Field } from "./parts/field.tsx";

export type SecondStepPageProps = {
  site: Site;
  action: string;
  /** Says that the password was right; sealed, and soon over. */
  ticket: string;
  next: string | undefined;
  error?: string | undefined;
};

export const SecondStepPage = ({ site, action, ticket, next, error }: SecondStepPageProps) => {
  const { words, to } = readingOf(site);
  const { secondStep } = words;
  return (
    <Layout site={site} title={error ? secondStep.notYet : secondStep.title} here="sign-in">
      <div class="narrow">
        <h1>{secondStep.title}</h1>
        <p class="lead">{secondStep.lead}</p>
        <Errors errors={error ? [{ field: "code", text: error }] : []} />
        <form class="stack" method="post" action={action}>
          <input type="hidden" name="second-step" value={ticket} />
          {next ? <input type="hidden" name="next" value={next} /> : null}
          <Field
            id="code"
            label={secondStep.code}
            type="text"
            required
            hint={secondStep.hint}
            error={error}
            autocomplete="one-time-code"
            max={40}
          />
          <button class="primary" type="submit">
            {secondStep.send}
          </button>
        </form>
        <p class="hint">
          {secondStep.lost((text) => (
            <a href={to("/privacy#section-contact")}>{text}</a>
          ))}
        </p>
      </div>
    </Layout>
  );
};
