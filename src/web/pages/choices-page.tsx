// Keeps O1 and O4: each choice of the policy with what rests on it, how it stands, and how it came to stand so.
import type { ChoiceState } from "../../policy/policy.ts";
import { Layout, type Site } from "./layout.tsx";
import { When } from "./parts/when.tsx";

export type ShownChoice = {
  id: string;
  label: string;
  about: string;
  state: ChoiceState;
  here: boolean;
  purposes: readonly { label: string; about: string; allowed: boolean }[];
  history: readonly { state: ChoiceState; at: number; place: string }[];
};

export type ShownRegion = { id: string; label: string; own: boolean };
export type ChoicesPageProps = {
  site: Site;
  /** Address under which the forms post: of the account, or of a link. */
  base: string;
  choices: readonly ShownChoice[];
  regions: readonly ShownRegion[];
};

/** A choice that was only assumed is never shown as given. */
const words: Readonly<Record<ChoiceState, string>> = {
  given: "You said yes",
  refused: "You said no",
  assumed: "Assumed: you have said neither yes nor no",
  unset: "You have not said anything",
};

export const ChoicesPage = ({ site, base, choices, regions }: ChoicesPageProps) => (
  <Layout site={site} title="Your choices" here="account" shape="wide">
    <h1>Your choices</h1>
    <p class="lead">
      What you choose here holds from that moment. You can change it at any time, and nothing else here
      depends on it.
    </p>
    <div class="held">
      {choices.length === 0 ? <p class="empty">The policy leaves nothing to choose.</p> : null}
      {choices.map((choice) => (
        <OneChoice {...choice} base={base} />
      ))}
      {regions.length > 1 ? <Region base={base} regions={regions} /> : null}
    </div>
  </Layout>
);

const Region = ({ base, regions }: Pick<ChoicesPageProps, "base" | "regions">) => (
  <section class="card" id="region" aria-labelledby="region-title">
    <h2 id="region-title">Where you live</h2>
    <p>
      The rules of your region hold for you. We took it from the country of your internet address when you
      came to us; where that said nothing, the policy says which one counts. If it is wrong, put it right
      here.
    </p>
    <form method="post" action={`${base}/region`} class="answers">
      <label>
        <span class="hush">Your region</span>
        <select name="region">
          {regions.map(({ id, label, own }) => (
            <option value={id} selected={own}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <button type="submit">Save</button>
    </form>
  </section>
);

const OneChoice = ({
  id,
  label,
  about,
  state,
  here,
  purposes,
  history,
  base,
}: ShownChoice & { base: string }) => (
  <section class="card choice" id={id} aria-labelledby={`${id}-title`}>
    <div class="part-head">
      <h2 id={`${id}-title`}>{label}</h2>
      <span class="tag">{words[state]}</span>
    </div>
    <p>If you say yes, {about}.</p>
    <ul class="rows">
      {purposes.map((purpose) => (
        <li class="row">
          <span class="row-main">{purpose.label}</span>
          <span class="row-side">{purpose.allowed ? "allowed now" : "not done now"}</span>
        </li>
      ))}
    </ul>
    {here ? (
      <form method="post" action={`${base}/choices`} class="answers">
        <input type="hidden" name="choice" value={id} />
        <Answer value="yes" label={`Yes, to ${label}`} chosen={state === "given"} />
        <Answer value="no" label={`No, to ${label}`} chosen={state === "refused"} />
      </form>
    ) : (
      <p class="hint">This is chosen elsewhere: where it is asked.</p>
    )}
    {history.length > 0 ? (
      <details>
        <summary>How it came about ({history.length})</summary>
        <ul class="rows">
          {history.map((entry) => (
            <li class="row">
              <span class="row-main">{words[entry.state]}</span>
              <span class="row-side">
                <When at={entry.at} /> · {entry.place}
              </span>
            </li>
          ))}
        </ul>
      </details>
    ) : null}
  </section>
);

type AnswerProps = { value: "yes" | "no"; label: string; chosen: boolean };

const Answer = ({ value, label, chosen }: AnswerProps) => (
  <button
    type="submit"
    name="answer"
    value={value}
    class={chosen ? "chosen" : "quiet"}
    aria-label={label}
    aria-pressed={chosen ? "true" : "false"}
  >
    {value === "yes" ? "Yes" : "No"}
  </button>
);
