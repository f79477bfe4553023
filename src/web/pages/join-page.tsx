// Keeps T1 and C2 at the door: the guest reads what is recorded, and until when, before anything is.
import { readingOf } from "../reading.ts";
import { Layout, type Site } from "./layout.tsx";
import { KeptList, type Kept } from "./parts/end.tsx";
import { AgeAnswered } from "./parts/age-answered.tsx";
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
  /** Carries the answer to the question of age, where one was asked. */
  ageTicket?: string | null;
};

export const JoinPage = (props: JoinPageProps) => {
  const { site, action, technician, notice, fields, errors } = props;
  const { words, to } = readingOf(site);
  const { join } = words;
  return (
    <Layout site={site} title={join.title} here="join">
      <div class="narrow">
        <p class="eyebrow">{join.nothingYet}</p>
        <h1>{join.heading(<bdi class="name">{technician}</bdi>)}</h1>
        <Errors errors={gathered(errors, fields)} />
        <section class="card" aria-labelledby="notice">
          <h2 id="notice">{join.recorded}</h2>
          {props.words ? <p>{props.words}</p> : null}
          <KeptList kept={notice} />
          <p class="hint">
            {join.from(site.policyVersion, (text) => (
              <a href={to("/privacy")}>{text}</a>
            ))}
          </p>
        </section>
        <form class="stack" method="post" action={action}>
          <AgeAnswered ticket={props.ageTicket} />
          {fields.map((field) => (
            <Field {...field} />
          ))}
          <p class="actions">
            <button class="primary" type="submit">
              {join.send}
            </button>
            <a class="button" href={to("/")}>
              {join.no}
            </a>
          </p>
        </form>
      </div>
    </Layout>
  );
};
