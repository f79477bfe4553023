// Keeps O1 and O4: each choice of the policy with what rests on it, how it stands, and how it came to stand so.
import type { ChoiceState } from "../../policy/policy.ts";
import { readingOf, useReading } from "../reading.ts";
import { Layout, type Site } from "./layout.tsx";
import { When } from "./parts/when.tsx";

export type ShownChoice = {
  id: string;
  label: string;
  about: string;
  state: ChoiceState;
  here: boolean;
  purposes: readonly { label: string; about: string; allowed: boolean }[];
  /** `place` in words, such as "in your profile". */
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

export const ChoicesPage = ({ site, base, choices, regions }: ChoicesPageProps) => {
  const { choices: say } = readingOf(site).words;
  return (
    <Layout site={site} title={say.title} here="account" shape="wide">
      <h1>{say.title}</h1>
      <p class="lead">{say.lead}</p>
      <div class="held">
        {choices.length === 0 ? <p class="empty">{say.none}</p> : null}
        {choices.map((choice) => (
          <OneChoice {...choice} base={base} />
        ))}
        {regions.length > 1 ? <Region base={base} regions={regions} /> : null}
      </div>
    </Layout>
  );
};

const Region = ({ base, regions }: Pick<ChoicesPageProps, "base" | "regions">) => {
  const { words, to } = useReading();
  const { region } = words.choices;
  return (
    <section class="card" id="region" aria-labelledby="region-title">
      <h2 id="region-title">{region.title}</h2>
      <p>{region.lead}</p>
      <form method="post" action={to(`${base}/region`)} class="answers">
        <label>
          <span class="hush">{region.label}</span>
          <select name="region">
            {regions.map(({ id, label, own }) => (
              <option value={id} selected={own}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <button type="submit">{region.save}</button>
      </form>
    </section>
  );
};

const OneChoice = (choice: ShownChoice & { base: string }) => {
  const { choices: say } = useReading().words;
  const { id, label, about, state, here, purposes } = choice;
  return (
    <section class="card choice" id={id} aria-labelledby={`${id}-title`}>
      <div class="part-head">
        <h2 id={`${id}-title`}>{label}</h2>
        <span class="tag">{say.states[state]}</span>
      </div>
      <p>{say.ifYes(about)}</p>
      <ul class="rows">
        {purposes.map((purpose) => (
          <li class="row">
            <span class="row-main">{purpose.label}</span>
            <span class="row-side">{purpose.allowed ? say.allowed : say.notDone}</span>
          </li>
        ))}
      </ul>
      {here ? <Answers {...choice} /> : <p class="hint">{say.elsewhere}</p>}
      <History {...choice} />
    </section>
  );
};

const Answers = ({ id, label, state, base }: ShownChoice & { base: string }) => {
  const { words, to } = useReading();
  const { choices: say } = words;
  return (
    <form method="post" action={to(`${base}/choices`)} class="answers">
      <input type="hidden" name="choice" value={id} />
      <Answer value="yes" text={say.yes} label={say.yesTo(label)} chosen={state === "given"} />
      <Answer value="no" text={say.no} label={say.noTo(label)} chosen={state === "refused"} />
    </form>
  );
};

type AnswerProps = { value: "yes" | "no"; text: string; label: string; chosen: boolean };

const Answer = ({ value, text, label, chosen }: AnswerProps) => (
  <button
    type="submit"
    name="answer"
    value={value}
    class={chosen ? "chosen" : "quiet"}
    aria-label={label}
    aria-pressed={chosen ? "true" : "false"}
  >
    {text}
  </button>
);

const History = ({ history }: ShownChoice) => {
  const { choices: say, locale } = useReading().words;
  if (history.length === 0) return null;
  return (
    <details>
      <summary>{say.history(history.length.toLocaleString(locale))}</summary>
      <ul class="rows">
        {history.map(({ state, at, place }) => (
          <li class="row">
            <span class="row-main">{say.states[state]}</span>
            <span class="row-side">
              <When at={at} /> · {place}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
};
