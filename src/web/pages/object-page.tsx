// Keeps the right to object in reach: each use that rests on an interest or a choice, and where an objection to it leads.
import { readingOf, useReading } from "../reading.ts";
import { Layout, type Site } from "./layout.tsx";
import { When } from "./parts/when.tsx";
import { WrittenText } from "./parts/written-text.tsx";

/** What became of the last objection: `answer` is empty where nothing was written. */
export type ShownObjection = {
  at: number;
  due: number;
  state: "waits" | "followed" | "refused" | "over";
  answeredAt: number | null;
  answer: string;
};

export type ShownUse = {
  purpose: string;
  label: string;
  about: string;
  because: string | null;
  /** Leads to the choice that ends it at once; null where an objection is weighed. */
  choice: string | null;
  allowed: boolean;
  /** An objection stops it. */
  stopped: boolean;
  objection: ShownObjection | null;
};

export type ObjectPageProps = {
  site: Site;
  action: string;
  back: string;
  /** Leads to the switch that stops every use meanwhile. */
  restrict: string;
  uses: readonly ShownUse[];
};

export const ObjectPage = ({ site, action, back, restrict, uses }: ObjectPageProps) => {
  const { words, to } = readingOf(site);
  const { object } = words;
  return (
    <Layout site={site} title={object.title} here="account" shape="wide">
      <p class="eyebrow">
        <a href={to(back)}>{object.back}</a>
      </p>
      <h1>{object.title}</h1>
      <p class="lead">
        {object.lead((text) => (
          <a href={to(restrict)}>{text}</a>
        ))}
      </p>
      <div class="held">
        {uses.length === 0 ? <p class="empty">{object.none}</p> : null}
        {uses.map((use) => (
          <OneUse {...use} action={to(action)} />
        ))}
      </div>
    </Layout>
  );
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const OneUse = (use: ShownUse & { action: string }) => {
  const { object } = useReading().words;
  const { purpose, label, about, because, allowed, stopped } = use;
  const tag = stopped ? object.objected : allowed ? object.now : object.notNow;
  return (
    <section class="card" id={purpose} aria-labelledby={`${purpose}-title`}>
      <div class="part-head">
        <h2 id={`${purpose}-title`}>{label}</h2>
        <span class={stopped ? "tag off" : "tag"}>{tag}</span>
      </div>
      <p>{capital(object.purpose(about, because))}</p>
      {use.objection ? <Became {...use.objection} stopped={stopped} /> : null}
      {stopped ? <TakeBack {...use} /> : use.choice === null ? <Form {...use} /> : <No {...use} />}
    </section>
  );
};

const No = ({ choice, label }: ShownUse) => {
  const { words, to } = useReading();
  return (
    <p>
      {words.object.no((text) => (
        <a href={to(choice ?? "")}>
          {text}
          <span class="hush">: {label}</span>
        </a>
      ))}
    </p>
  );
};

const Became = (objection: ShownObjection & { stopped: boolean }) => {
  const { object } = useReading().words;
  const { at, due, state, answeredAt, answer, stopped } = objection;
  const on = <When at={answeredAt ?? at} show="date" />;
  const said =
    stopped && state === "waits"
      ? object.waits(<When at={at} />, <When at={due} show="date" />)
      : stopped
        ? object.followed(on)
        : state === "refused"
          ? object.refused(on)
          : null;
  if (said === null) return null;
  return (
    <>
      <p role="status">{said}</p>
      {answer === "" ? null : (
        <div class="held-value">
          <b>{object.answer}</b> <WrittenText text={answer} />
        </div>
      )}
    </>
  );
};

type FormProps = Pick<ShownUse, "purpose" | "label" | "objection"> & { action: string };

const TakeBack = ({ purpose, label, objection, action }: FormProps) => {
  const { object } = useReading().words;
  return (
    <form method="post" action={action} class="stack">
      {objection ? null : <p role="status">{object.stopped}</p>}
      <input type="hidden" name="purpose" value={purpose} />
      <p class="hint">{object.takeBackAbout}</p>
      <button type="submit" name="back" value="yes">
        {object.takeBack}
        <span class="hush">: {label}</span>
      </button>
    </form>
  );
};

const Form = ({ purpose, label, objection, action }: FormProps) => {
  const { object } = useReading().words;
  return (
    <form method="post" action={action} class="stack">
      <input type="hidden" name="purpose" value={purpose} />
      <div class="field">
        <label for={`${purpose}-words`}>
          {object.why}
          <span class="hush">: {label}</span>
        </label>
        <p class="hint" id={`${purpose}-hint`}>
          {objection?.state === "refused" ? object.again : object.whyHint}
        </p>
        <textarea
          id={`${purpose}-words`}
          name="words"
          rows={2}
          dir="auto"
          maxlength={2000}
          aria-describedby={`${purpose}-hint`}
        ></textarea>
      </div>
      <button type="submit">
        {object.send}
        <span class="hush">: {label}</span>
      </button>
    </form>
  );
};
