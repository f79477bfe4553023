// Keeps R1 and D2: all that is held about the reader, by where it came in, with what it serves, who may get it and who did.
import { Layout, type Site } from "./layout.tsx";
import { End, type Ending } from "./parts/end.tsx";
import { HeldDetails, HeldList, type ShownRow } from "./parts/held-rows.tsx";
import type { NotCorrected } from "../../review/correctable.ts";
import { When } from "./parts/when.tsx";

export type ShownFact = {
  label: string;
  about: string;
  end: Ending;
  purposes: readonly { label: string; about: string; now: boolean }[];
  recipients: readonly { name: string; because: string | null }[];
};

export type ShownPart = {
  id: string;
  title: string;
  count: number;
  /** Leads to all of it. */
  href: string;
  single: boolean;
  newest: readonly ShownRow[];
  facts: readonly ShownFact[];
  /** Why none of it can be corrected; null where some can. */
  fixed: NotCorrected | null;
  /** Kinds of data in it that are changed in the account alone. */
  inAccount?: readonly string[];
};

export type ShownSource = { id: string; label: string; from: string | null; parts: readonly ShownPart[] };

export type Way = { href: string; label: string; about: string };

export type ReviewPageProps = {
  site: Site;
  /** Who reads: the account, or whoever has a link. */
  lead: string;
  sources: readonly ShownSource[];
  /** Kinds of data of which nothing is held. */
  nothing: readonly string[];
  handed: readonly { name: string; categories: readonly string[]; count: number; last: number }[];
  /** Leads to the disclosures one by one; null where there are none. */
  handedHref: string | null;
  ways: readonly Way[];
  /** Instant (ms) at which the link ends that led here. */
  until?: number | null;
  /** Something was just corrected, and so many who had the old value are to be told; null otherwise. */
  corrected?: number | null;
};

const fixedBecause: Readonly<Record<NotCorrected, string>> = {
  record:
    "This was noted by the service as it happened. It can't be corrected, since it would say then what did not happen; it ends in its time.",
  shared:
    "This is the record of what took place between several people. It can't be corrected for one of them; what you wrote can be erased.",
  secret: "This shows who you are. It is not corrected but replaced, on the page of how you sign in.",
  "no-right": "The policy grants no correction.",
};

/** Says that it is done, and what follows from it. */
const Corrected = ({ recipients }: { recipients: number }) => (
  <p class="card calm" role="status">
    It is corrected.{" "}
    {recipients === 0 ? (
      "Nobody outside had the old value."
    ) : (
      <>
        {recipients === 1 ? "One recipient" : `${recipients} recipients`} had the old value and{" "}
        {recipients === 1 ? "is" : "are"} to be told: <a href="#telling">see whom</a>.
      </>
    )}
  </p>
);

export const ReviewPage = (props: ReviewPageProps) => (
  <Layout site={props.site} title="What is held about you" here="account" shape="wide">
    <h1>What is held about you</h1>
    <p class="lead">{props.lead}</p>
    {typeof props.corrected === "number" ? <Corrected recipients={props.corrected} /> : null}
    {props.until ? (
      <p class="hint">
        This page can be read until <When at={props.until} />.
      </p>
    ) : null}
    <div class="review">
      <nav class="card" aria-labelledby="ways">
        <h2 id="ways">What you can do</h2>
        <ul class="ways">
          {props.ways.map(({ href, label, about }) => (
            <li>
              <a href={href}>{label}</a>
              <p class="hint">{about}</p>
            </li>
          ))}
        </ul>
      </nav>
      <Contents {...props} />
      <div class="held">
        {props.sources.map((source) => (
          <Source {...source} />
        ))}
        <Handed {...props} />
        <Nothing titles={props.nothing} />
      </div>
    </div>
  </Layout>
);

const Contents = ({ sources }: ReviewPageProps) => (
  <nav class="card" aria-labelledby="contents">
    <h2 id="contents">At a glance</h2>
    <ul class="rows">
      {sources.flatMap(({ parts }) =>
        parts.map(({ id, title, count }) => (
          <li class="row glance">
            <a class="row-main" href={`#${id}`}>
              {title}
            </a>
            <span class="row-side">{count.toLocaleString("en")}</span>
          </li>
        )),
      )}
      <li class="row glance">
        <a class="row-main" href="#handed">
          Who got something
        </a>
      </li>
    </ul>
  </nav>
);

const Source = ({ id, label, from, parts }: ShownSource) => (
  <section class="card" aria-labelledby={`from-${id}`}>
    <div class="part-head">
      <h2 id={`from-${id}`}>
        <span class="hush">Came in at: </span>
        {label}
      </h2>
      <span class="hint">{from === null ? null : `from ${from}`}</span>
    </div>
    {parts.map((part) => (
      <Part {...part} />
    ))}
  </section>
);

const Part = (part: ShownPart) => {
  const { id, title, count, href, single, newest } = part;
  const [first] = newest;
  return (
    <section class="held-part" id={id} aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>
        {title}
        {single ? null : <span class="count">{count.toLocaleString("en")}</span>}
      </h3>
      {single && first ? <HeldDetails row={first} /> : <HeldList rows={newest} />}
      {!single && count > newest.length ? (
        <p>
          <a href={href}>
            All {count.toLocaleString("en")} of them<span class="hush">: {title}</span>
          </a>
        </p>
      ) : null}
      {part.inAccount && part.inAccount.length > 0 ? (
        <p class="hint">
          In your account alone, since an account is found by it: {part.inAccount.join(", ")}.
        </p>
      ) : null}
      {part.fixed === null ? null : <p class="hint">{fixedBecause[part.fixed]}</p>}
      <Facts {...part} />
    </section>
  );
};

const Facts = ({ facts, title }: ShownPart) =>
  facts.length === 0 ? null : (
    <details class="held-facts">
      <summary>
        What it serves, who may get it, when it ends<span class="hush">: {title}</span>
      </summary>
      {facts.map((fact) => (
        <Fact {...fact} />
      ))}
    </details>
  );

const Fact = ({ label, about, end, purposes, recipients }: ShownFact) => (
  <dl class="facts">
    <dt>{label}</dt>
    <dd>{about}</dd>
    <dt>Ends</dt>
    <dd>
      <End end={end} />
    </dd>
    <dt>Serves</dt>
    <dd>
      <ul class="plain">
        {purposes.map((purpose) => (
          <li>
            to {purpose.about}
            {purpose.now ? null : <span class="tag off">not now</span>}
          </li>
        ))}
      </ul>
    </dd>
    <dt>May go to</dt>
    <dd>
      {recipients.length === 0 ? (
        "nobody"
      ) : (
        <ul class="plain">
          {recipients.map(({ name, because }) => (
            <li>
              {name}
              {because === null ? null : `: ${because}`}
            </li>
          ))}
        </ul>
      )}
    </dd>
  </dl>
);

const Handed = ({ handed, handedHref }: ReviewPageProps) => (
  <section class="card" id="handed" aria-labelledby="handed-title">
    <h2 id="handed-title">Who got something about you</h2>
    {handed.length === 0 ? (
      <p class="empty">Nothing about you has been handed to anybody.</p>
    ) : (
      <ul class="rows">
        {handed.map(({ name, categories, count, last }) => (
          <li class="row">
            <span class="row-main">
              {name}: {categories.join(", ")}
            </span>
            <span class="row-side">
              {count === 1 ? "once" : `${count.toLocaleString("en")} times`}, last on <When at={last} />
            </span>
          </li>
        ))}
      </ul>
    )}
    {handedHref === null ? null : (
      <p>
        <a href={handedHref}>Each time, with its reason</a>
      </p>
    )}
  </section>
);

const Nothing = ({ titles }: { titles: readonly string[] }) =>
  titles.length === 0 ? null : (
    <section class="card" aria-labelledby="nothing">
      <h2 id="nothing">Nothing is held of</h2>
      <ul class="plain">
        {titles.map((title) => (
          <li>{title}</li>
        ))}
      </ul>
    </section>
  );
