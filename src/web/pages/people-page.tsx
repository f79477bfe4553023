// Keeps R7 for those who write in: found by exact address or name, recognised by one of the staff, and only then is something started.
import { Layout, type Site } from "./layout.tsx";
import { DueAt, type ShownDue } from "./parts/due.tsx";
import { Errors } from "./parts/errors.tsx";
import { Field } from "./parts/field.tsx";
import { HeldList, type ShownRow } from "./parts/held-rows.tsx";
import { When } from "./parts/when.tsx";

export type FindPageProps = {
  site: Site;
  action: string;
  typed: string;
  error?: string | undefined;
  /** Several at one address. */
  found: readonly { href: string; name: string | null }[];
};

export const FindPage = ({ site, action, typed, error, found }: FindPageProps) => (
  <Layout site={site} title="Somebody who wrote in" here="desk" shape="wide">
    <p class="eyebrow">
      <a href="/desk">Desk</a>
    </p>
    <h1>Somebody who wrote in</h1>
    <p class="lead">
      Find them by the exact address or user name that they gave. They can read that they were looked up.
    </p>
    <form method="post" action={action} class="stack">
      <Field
        id="who"
        label="E-mail address or user name"
        type="text"
        required
        value={typed}
        error={error}
        autocomplete="off"
        max={254}
      />
      <button class="primary" type="submit">
        Look up
      </button>
    </form>
    {found.length === 0 ? null : (
      <section class="card" aria-labelledby="found">
        <h2 id="found">Several have this address</h2>
        <ul class="rows">
          {found.map(({ href, name }, at) => (
            <li class="row">
              <a class="row-main" href={href}>
                {name === null ? `Person ${at + 1}, with no account` : <bdi>{name}</bdi>}
              </a>
            </li>
          ))}
        </ul>
      </section>
    )}
  </Layout>
);

/** The form as it was typed. */
export type TypedRecognition = Record<"kind" | "place" | "how" | "words" | "use", string>;

type Choice = { id: string; label: string };

export type PersonPageProps = {
  site: Site;
  action: string;
  name: string | null;
  status: string;
  cases: readonly { kind: string; state: string; askedAt: number; due: ShownDue; late: boolean }[];
  parts: readonly { title: string; count: number; rows: readonly ShownRow[] }[];
  kinds: readonly Choice[];
  places: readonly Choice[];
  /** Uses to which an objection stops them at once. */
  uses: readonly Choice[];
  typed: TypedRecognition;
  faults: readonly { field: keyof TypedRecognition; text: string }[];
};

export const PersonPage = (props: PersonPageProps) => (
  <Layout site={props.site} title="Somebody who wrote in" here="desk" shape="wide">
    <p class="eyebrow">
      <a href="/desk/people">Somebody who wrote in</a>
    </p>
    <h1>{props.name === null ? "Somebody with no account" : <bdi>{props.name}</bdi>}</h1>
    <p class="lead">
      <span class="tag">{props.status}</span> This person can read that you looked, in which role and at what.
    </p>
    <div class="held">
      <Cases {...props} />
      <Recognise {...props} />
      <Held {...props} />
    </div>
  </Layout>
);

const Cases = ({ cases }: PersonPageProps) => (
  <section class="card" aria-labelledby="cases">
    <h2 id="cases">Under way</h2>
    {cases.length === 0 ? <p class="empty">Nothing is under way.</p> : null}
    <ul class="rows">
      {cases.map(({ kind, state, askedAt, due, late }) => (
        <li class="row">
          <span class="row-main">
            <span class="tag">{kind}</span> {state} {late ? <span class="state broken">late</span> : null}
          </span>
          <span class="row-side">
            asked for <When at={askedAt} show="date" />, due <DueAt due={due} />
          </span>
        </li>
      ))}
    </ul>
  </section>
);

const Held = ({ cases, parts }: PersonPageProps) => (
  <section class="card" aria-labelledby="held">
    <h2 id="held">What your role lets you see</h2>
    {cases.length === 0 ? (
      <p class="empty">Nothing is shown until a request of theirs is under way.</p>
    ) : parts.length === 0 ? (
      <p class="empty">Nothing of it is held.</p>
    ) : null}
    {parts.map(({ title, count, rows }) => (
      <>
        <h3>{title}</h3>
        <HeldList rows={rows} />
        {count > rows.length ? (
          <p class="hint">
            The newest {rows.length} of {count.toLocaleString("en-GB")}.
          </p>
        ) : null}
      </>
    ))}
  </section>
);

type SelectProps = {
  id: string;
  label: string;
  choices: readonly Choice[];
  value: string;
  error: string | undefined;
};

const Select = ({ id, label, choices, value, error }: SelectProps) => (
  <div class={error ? "field wrong" : "field"}>
    <label for={id}>{label}</label>
    {error ? <p class="error">{error}</p> : null}
    <select id={id} name={id}>
      {choices.map((choice) => (
        <option value={choice.id} selected={choice.id === value}>
          {choice.label}
        </option>
      ))}
    </select>
  </div>
);

type TextProps = { id: string; label: string; value: string; required: boolean; error: string | undefined };

const Text = ({ id, label, value, required, error }: TextProps) => (
  <div class={error ? "field wrong" : "field"}>
    <label for={id}>{label}</label>
    {error ? <p class="error">{error}</p> : null}
    <textarea id={id} name={id} rows={3} required={required} dir="auto">
      {value}
    </textarea>
  </div>
);

const Recognise = ({ action, kinds, places, uses, typed, faults }: PersonPageProps) => {
  const errorOf = (field: keyof TypedRecognition) => faults.find((fault) => fault.field === field)?.text;
  return (
    <section class="card" aria-labelledby="recognise">
      <h2 id="recognise">Start a request for them</h2>
      <p>
        Only once you are sure that it is they who ask. It is kept by what you recognised them, and a mail
        goes to the address on file.
      </p>
      <Errors errors={faults} />
      <form method="post" action={action} class="stack">
        <Select id="kind" label="They ask" choices={kinds} value={typed.kind} error={errorOf("kind")} />
        <Select
          id="use"
          label="If they object: to which use; it stops at once"
          choices={uses}
          value={typed.use}
          error={errorOf("use")}
        />
        <Select
          id="place"
          label="They asked by"
          choices={places}
          value={typed.place}
          error={errorOf("place")}
        />
        <Text
          id="how"
          label="By what you recognised them"
          value={typed.how}
          required
          error={errorOf("how")}
        />
        <Text
          id="words"
          label="What they wrote, as far as it matters (may be left empty)"
          value={typed.words}
          required={false}
          error={errorOf("words")}
        />
        <button class="primary" type="submit">
          Record it and start the request
        </button>
      </form>
    </section>
  );
};
