// Keeps C11 where somebody wants to come in: a neutral question before all else, the same for everybody.
import { readingOf } from "../reading.ts";
import { Layout, type Site } from "./layout.tsx";

export type AgePageProps = {
  site: Site;
  action: string;
  /** As it was typed; wrong where `wrong` says so. */
  typed: Readonly<Record<"day" | "month" | "year", string>>;
  wrong: boolean;
  /** The answer was given too long ago, in the middle of a form; what was typed there is carried along. */
  late: boolean;
  kept: Readonly<Record<string, string>>;
};

const parts = [
  { id: "day", autocomplete: "bday-day", max: 2 },
  { id: "month", autocomplete: "bday-month", max: 2 },
  { id: "year", autocomplete: "bday-year", max: 4 },
] as const;

export const AgePage = ({ site, action, typed, wrong, late, kept }: AgePageProps) => {
  const { age } = readingOf(site).words;
  return (
    <Layout site={site} title={wrong ? age.notYet : age.title}>
      <div class="narrow">
        <h1>{age.title}</h1>
        <p class="lead">{late ? age.over : age.lead}</p>
        <form class="stack" method="post" action={action}>
          {Object.entries(kept).map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <fieldset class={wrong ? "wrong" : undefined} aria-describedby={wrong ? "age-error" : "age-hint"}>
            <legend>{age.legend}</legend>
            <p class="hint" id="age-hint">
              {age.hint}
            </p>
            {wrong ? (
              <p class="error" id="age-error" role="alert">
                {age.wrong}
              </p>
            ) : null}
            <div class="date-parts">
              {parts.map(({ id, autocomplete, max }) => (
                <div class="field">
                  <label for={id}>{age[id]}</label>
                  <input
                    id={id}
                    name={id}
                    type="text"
                    inputmode="numeric"
                    required
                    maxlength={max}
                    size={max}
                    autocomplete={autocomplete}
                    value={typed[id]}
                    aria-invalid={wrong ? "true" : undefined}
                    aria-describedby={wrong ? "age-error" : undefined}
                  />
                </div>
              ))}
            </div>
          </fieldset>
          <button class="primary" type="submit">
            {age.send}
          </button>
        </form>
      </div>
    </Layout>
  );
};
