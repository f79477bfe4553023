// Keeps T1 and C2 at the door: the guest reads what is recorded, and until when, before anything is.
import { Layout, type Site } from "./layout.tsx";
import { KeptList, type Kept } from "./parts/end.tsx";
import { Errors, gathered, type FormError } from "./parts/errors.tsx";
import { Field, type FieldProps } from "./parts/field.tsx";

export type JoinPageProps = {
  site: Site;
  /** Where "Join" posts to. */
  action: string;
  /** Whose session it is. */
  technician: string;
  /** What will be recorded, each with its end, from the policy. */
  notice: readonly Kept[];
  /** The policy's own words about it, where it has some. */
  words?: string | undefined;
  /** What the policy offers to be told: a name, as a rule optional. */
  fields: readonly FieldProps[];
  errors: readonly FormError[];
};

export const JoinPage = ({ site, action, technician, notice, words, fields, errors }: JoinPageProps) => (
  <Layout site={site} title="Before you join" here="join">
    <div class="narrow">
      <p class="eyebrow">Nothing of this session is recorded yet</p>
      <h1>
        A session with <bdi class="name">{technician}</bdi>
      </h1>
      <Errors errors={gathered(errors, fields)} />
      <section class="card" aria-labelledby="notice">
        <h2 id="notice">If you join, this is recorded</h2>
        {words ? <p>{words}</p> : null}
        <KeptList kept={notice} />
        <p class="hint">
          From the <a href="/privacy">privacy policy, version {site.policyVersion}</a>. Nothing of the session
          beyond this is kept.
        </p>
      </section>
      <form class="stack" method="post" action={action}>
        {fields.map((field) => (
          <Field {...field} />
        ))}
        <p class="actions">
          <button class="primary" type="submit">
            Join
          </button>
          <a class="button" href="/">
            No thanks
          </a>
        </p>
      </form>
    </div>
  </Layout>
);
