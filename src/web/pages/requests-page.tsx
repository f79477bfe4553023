// Keeps R5 and R6 in sight of the staff: what people have asked for, by when it is due, and what holds an erasure up.
import { Layout, type Site } from "./layout.tsx";
import { DueAt, type ShownDue } from "./parts/due.tsx";
import { Errors } from "./parts/errors.tsx";
import { Field } from "./parts/field.tsx";
import { When } from "./parts/when.tsx";

export type ShownHold = {
  id: string;
  about: string;
  by: string;
  setAt: number;
  endsAt: number;
  /** Until when the person is not told; null where they are. */
  hiddenUntil: number | null;
  reason: string;
};

export type ShownRequest = {
  id: string;
  kind: string;
  state: string;
  place: string;
  /** Null where the reader's role may not see it, or there is none. */
  name: string | null;
  /** Leads to what is held about the person; null where the reader's role may not see it. */
  href: string | null;
  askedAt: number;
  due: ShownDue;
  late: boolean;
  /** What the person wrote with it. */
  said?: string | null;
  /** An objection that stops a use until it is answered: the person reads why it is refused. */
  weighed?: boolean;
  holds: readonly ShownHold[];
};

/** The form as it was typed. */
export type Typed = Record<"person" | "kind" | "days" | "reason" | "hiddenDays", string>;

export type RequestsPageProps = {
  site: Site;
  action: string;
  requests: readonly ShownRequest[];
  others: readonly { name: string | null; holds: readonly ShownHold[] }[];
  more: boolean;
  /** Reasons of the policy, and for how many days each holds at most. */
  reasons: readonly { id: string; about: string; days: number }[];
  typed: Typed;
  faults: readonly { field: keyof Typed; text: string }[];
  /** An answer that was not taken: to which request, as it was typed, and why. */
  answered?: { id: string; text: string; fault: string } | null;
};

export const RequestsPage = (props: RequestsPageProps) => (
  <Layout site={props.site} title="Requests" here="desk" shape="wide">
    <h1>Requests</h1>
    <p class="lead">
      What people have asked for about their data, the next due first. Whoever is shown here can see that they
      were looked at.
    </p>
    <div class="held">
      <section class="card" aria-labelledby="requests">
        <h2 id="requests">Under way</h2>
        {props.requests.length === 0 ? <p class="empty">Nobody waits for anything.</p> : null}
        <ul class="rows">
          {props.requests.map((request) => (
            <Request {...request} action={props.action} answered={props.answered ?? null} />
          ))}
        </ul>
        {props.more ? <p class="hint">There are more; these are the next due.</p> : null}
      </section>
      {props.others.length > 0 ? (
        <section class="card" aria-labelledby="others">
          <h2 id="others">Holds on people who have asked for nothing</h2>
          {props.others.map(({ name, holds }) => (
            <>
              <p>
                <Name name={name} />
              </p>
              <Holds holds={holds} action={props.action} />
            </>
          ))}
        </section>
      ) : null}
      <SetHold {...props} />
    </div>
  </Layout>
);

const Name = ({ name }: { name: string | null }) =>
  name === null ? <i class="empty">name not shown</i> : <bdi>{name}</bdi>;

type Answered = RequestsPageProps["answered"];

const Request = (props: ShownRequest & { action: string; answered: Answered }) => {
  const { id, kind, state, place, name, href, askedAt, due, late, holds, action, said } = props;
  return (
    <li class="row request">
      <span class="row-main">
        <span class="tag">{kind}</span>
        {href === null ? (
          <Name name={name} />
        ) : (
          <a href={href}>
            <Name name={name} />
          </a>
        )}
        {state === "running" ? <span class="tag">being done</span> : null}
        {late ? <span class="state broken">late</span> : null}
      </span>
      <span class="row-side">
        asked for <When at={askedAt} show="date" />, {place}
      </span>
      <span class="row-side">
        due <DueAt due={due} />
      </span>
      {said ? (
        <p>
          <bdi>{said}</bdi>
        </p>
      ) : null}
      {props.weighed ? (
        <Weighing {...props} answered={props.answered?.id === id ? props.answered : null} />
      ) : byAnswering.has(kind) ? (
        <Answers id={id} name={name} action={action} />
      ) : null}
      <Holds holds={holds} action={action} />
      {kind === "erasure" && state === "open" ? (
        <a href={`${action}?person=${id}#hold`}>
          Hold it up<span class="hush">: {name ?? id}</span>
        </a>
      ) : null}
    </li>
  );
};

/** What is done by answering; an erasure and a restriction close by what is done. */
const byAnswering = new Set(["access", "correction", "objection", "comment"]);

/** The use is stopped meanwhile, and stays so or goes on by the answer. */
const Weighing = ({ id, name, action, answered }: ShownRequest & { action: string; answered: Answered }) => (
  <form method="post" action={`${action}/answer`} class="stack">
    <input type="hidden" name="id" value={id} />
    <p class="hint">This use is stopped for them since they objected.</p>
    <div class={answered ? "field wrong" : "field"}>
      <label for={`answer-${id}`}>
        What you answer them; needed to refuse<span class="hush">: {name ?? id}</span>
      </label>
      {answered ? (
        <p class="error" id={`answer-${id}-error`}>
          {answered.fault}
        </p>
      ) : null}
      <textarea
        id={`answer-${id}`}
        name="words"
        rows={2}
        dir="auto"
        aria-invalid={answered ? "true" : undefined}
        aria-describedby={answered ? `answer-${id}-error` : undefined}
      >
        {answered?.text}
      </textarea>
    </div>
    <div class="answers">
      <button type="submit" name="answer" value="done">
        Follow it: the use stays stopped<span class="hush">: {name ?? id}</span>
      </button>
      <button class="quiet" type="submit" name="answer" value="refused">
        Refuse it: the use goes on<span class="hush">: {name ?? id}</span>
      </button>
    </div>
  </form>
);

const Answers = ({ id, name, action }: Pick<ShownRequest, "id" | "name"> & { action: string }) => (
  <form method="post" action={`${action}/answer`} class="answers">
    <input type="hidden" name="id" value={id} />
    <button type="submit" name="answer" value="done">
      Followed, and answered<span class="hush">: {name ?? id}</span>
    </button>
    <button class="quiet" type="submit" name="answer" value="refused">
      Refused, and answered<span class="hush">: {name ?? id}</span>
    </button>
  </form>
);

const Holds = ({ holds, action }: { holds: readonly ShownHold[]; action: string }) =>
  holds.length === 0 ? null : (
    <ul class="holds">
      {holds.map(({ id, about, by, setAt, endsAt, hiddenUntil, reason }) => (
        <li>
          <p>
            Held by {about}, until <When at={endsAt} show="date" />: <bdi>{reason}</bdi>
          </p>
          <p class="hint">
            Set by {by} on <When at={setAt} show="date" />
            {hiddenUntil === null ? null : (
              <>
                ; not told until <When at={hiddenUntil} show="date" />
              </>
            )}
          </p>
          <form method="post" action={`${action}/end`}>
            <input type="hidden" name="id" value={id} />
            <button class="quiet" type="submit" aria-label={`End it: the hold for ${about}`}>
              End it
            </button>
          </form>
        </li>
      ))}
    </ul>
  );

const SetHold = ({ action, reasons, typed, faults }: RequestsPageProps) => {
  const errorOf = (field: keyof Typed) => faults.find((fault) => fault.field === field)?.text;
  if (reasons.length === 0) return <p class="hint">The policy names nothing that may hold an erasure up.</p>;
  return (
    <section class="card" aria-labelledby="hold">
      <h2 id="hold">Hold an erasure up</h2>
      <p>
        Only for a reason that the policy names, and no longer than it allows. The person is told, unless the
        law forbids it.
      </p>
      <Errors errors={faults} />
      <form method="post" action={action} class="stack">
        <Field
          id="person"
          label="Number of the request, or user name"
          type="text"
          required
          value={typed.person}
          error={errorOf("person")}
          autocomplete="off"
          max={200}
        />
        <div class={errorOf("kind") ? "field wrong" : "field"}>
          <label for="kind">Reason</label>
          <select id="kind" name="kind">
            {reasons.map(({ id, about, days }) => (
              <option value={id} selected={id === typed.kind}>
                {about} ({days} days at most)
              </option>
            ))}
          </select>
        </div>
        <Field
          id="days"
          label="Days"
          type="text"
          required
          value={typed.days}
          error={errorOf("days")}
          autocomplete="off"
          max={10}
        />
        <div class={errorOf("reason") ? "field wrong" : "field"}>
          <label for="reason">Why, in a sentence</label>
          {errorOf("reason") ? <p class="error">{errorOf("reason")}</p> : null}
          <textarea id="reason" name="reason" rows={3} required dir="auto">
            {typed.reason}
          </textarea>
        </div>
        <Field
          id="hiddenDays"
          label="Days for which a law forbids to tell the person"
          type="text"
          required={false}
          value={typed.hiddenDays}
          error={errorOf("hiddenDays")}
          autocomplete="off"
          max={10}
        />
        <button class="primary" type="submit">
          Set the hold
        </button>
      </form>
    </section>
  );
};
