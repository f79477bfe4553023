// Keeps the right to object in reach: each use that rests on an interest or a choice, and where an objection to it leads.
import { Layout, type Site } from "./layout.tsx";
import { When } from "./parts/when.tsx";

export type ShownUse = {
  purpose: string;
  label: string;
  about: string;
  because: string | null;
  /** Leads to the choice that ends it at once; null where an objection is weighed. */
  choice: string | null;
  allowed: boolean;
  objected: { at: number; due: number } | null;
};

export type ObjectPageProps = {
  site: Site;
  action: string;
  back: string;
  /** Leads to the switch that stops every use meanwhile. */
  restrict: string;
  uses: readonly ShownUse[];
};

export const ObjectPage = ({ site, action, back, restrict, uses }: ObjectPageProps) => (
  <Layout site={site} title="Object to a use" here="account" shape="wide">
    <p class="eyebrow">
      <a href={back}>What is held about you</a>
    </p>
    <h1>Object to a use</h1>
    <p class="lead">
      Where a use rests on your choice, your no ends it at once. Where it rests on an interest of ours, tell
      us what speaks against it in your case: somebody weighs it and answers you by a day that is fixed now.
      Until then you can <a href={restrict}>restrict every use</a>.
    </p>
    <div class="held">
      {uses.length === 0 ? <p class="empty">Nothing here rests on an interest or a choice.</p> : null}
      {uses.map((use) => (
        <OneUse {...use} action={action} />
      ))}
    </div>
  </Layout>
);

const OneUse = ({
  purpose,
  label,
  about,
  because,
  choice,
  allowed,
  objected,
  action,
}: ShownUse & { action: string }) => (
  <section class="card" id={purpose} aria-labelledby={`${purpose}-title`}>
    <div class="part-head">
      <h2 id={`${purpose}-title`}>{label}</h2>
      <span class="tag">{allowed ? "done now" : "not done now"}</span>
    </div>
    <p>
      To {about}
      {because === null ? null : `; the reason is that ${because}`}.
    </p>
    {choice === null ? (
      <Weighed purpose={purpose} label={label} objected={objected} action={action} />
    ) : (
      <p>
        <a href={choice}>
          Say no to it<span class="hush">: {label}</span>
        </a>
        : it ends at once.
      </p>
    )}
  </section>
);

type WeighedProps = Pick<ShownUse, "purpose" | "label" | "objected"> & { action: string };

const Weighed = ({ purpose, label, objected, action }: WeighedProps) =>
  objected ? (
    <p role="status">
      You objected on <When at={objected.at} />. You have our answer by <When at={objected.due} show="date" />
      .
    </p>
  ) : (
    <form method="post" action={action} class="stack">
      <input type="hidden" name="purpose" value={purpose} />
      <div class="field">
        <label for={`${purpose}-words`}>
          What speaks against it in your case
          <span class="hush">: {label}</span>
        </label>
        <textarea id={`${purpose}-words`} name="words" rows={2} dir="auto" maxlength={2000}></textarea>
      </div>
      <button type="submit">
        Object<span class="hush">: {label}</span>
      </button>
    </form>
  );
