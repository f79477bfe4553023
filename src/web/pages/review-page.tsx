// Keeps R1 and D2: all that is held about the reader, by where it came in, with what it serves, who may get it and who did.
import { readingOf, useReading } from "../reading.ts";
import type { PageWords } from "../messages/en.ts";
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

type Words = PageWords["held"];

/** Leads to something that can be asked for; `to` names its words. */
export type Way = { href: string; to: keyof Words["ways"] };

export type ReviewPageProps = {
  site: Site;
  /** By what it is read: the account, a mailed link, or a guest's own link. */
  by: keyof Words["leads"];
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

/** Says that it is done, and what follows from it. */
const Corrected = ({ recipients }: { recipients: number }) => {
  const { held } = useReading().words;
  return (
    <p class="card calm" role="status">
      {held.corrected}{" "}
      {recipients === 0 ? (
        held.nobodyHad
      ) : (
        <>
          {held.toTell(recipients)} <a href="#telling">{held.seeWhom}</a>.
        </>
      )}
    </p>
  );
};

export const ReviewPage = (props: ReviewPageProps) => {
  const { held } = readingOf(props.site).words;
  return (
    <Layout site={props.site} title={held.title} here="account" shape="wide">
      <h1>{held.title}</h1>
      <p class="lead">{held.leads[props.by]}</p>
      {typeof props.corrected === "number" ? <Corrected recipients={props.corrected} /> : null}
      {props.until ? <p class="hint">{held.until(<When at={props.until} />)}</p> : null}
      <div class="review">
        <Ways ways={props.ways} />
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
};

const Ways = ({ ways }: Pick<ReviewPageProps, "ways">) => {
  const { words, to: leadTo } = useReading();
  return (
    <nav class="card" aria-labelledby="ways">
      <h2 id="ways">{words.held.waysTitle}</h2>
      <ul class="ways">
        {ways.map(({ href, to }) => (
          <li>
            <a href={leadTo(href)}>{words.held.ways[to].label}</a>
            <p class="hint">{words.held.ways[to].about}</p>
          </li>
        ))}
      </ul>
    </nav>
  );
};

const Contents = ({ sources }: ReviewPageProps) => {
  const { held, locale } = useReading().words;
  return (
    <nav class="card" aria-labelledby="contents">
      <h2 id="contents">{held.glance}</h2>
      <ul class="rows">
        {sources.flatMap(({ parts }) =>
          parts.map(({ id, title, count }) => (
            <li class="row glance">
              <a class="row-main" href={`#${id}`}>
                {title}
              </a>
              <span class="row-side">{count.toLocaleString(locale)}</span>
            </li>
          )),
        )}
        <li class="row glance">
          <a class="row-main" href="#handed">
            {held.whoGot}
          </a>
        </li>
      </ul>
    </nav>
  );
};

const Source = ({ id, label, from, parts }: ShownSource) => {
  const { archive } = useReading().words;
  return (
    <section class="card" aria-labelledby={`from-${id}`}>
      <div class="part-head">
        <h2 id={`from-${id}`}>
          <span class="hush">{archive.cameIn}: </span>
          {label}
        </h2>
        <span class="hint">{from === null ? null : archive.from(from)}</span>
      </div>
      {parts.map((part) => (
        <Part {...part} />
      ))}
    </section>
  );
};

const Part = (part: ShownPart) => {
  const { words, to } = useReading();
  const { held, locale } = words;
  const { id, title, href, single, newest, inAccount = [] } = part;
  const count = part.count.toLocaleString(locale);
  const [first] = newest;
  return (
    <section class="held-part" id={id} aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>
        {title}
        {single ? null : <span class="count">{count}</span>}
      </h3>
      {single && first ? <HeldDetails row={first} /> : <HeldList rows={newest} />}
      {!single && part.count > newest.length ? (
        <p>
          <a href={to(href)}>
            {held.all(count)}
            <span class="hush">: {title}</span>
          </a>
        </p>
      ) : null}
      {inAccount.length > 0 ? <p class="hint">{held.inAccount(inAccount.join(", "))}</p> : null}
      {part.fixed === null ? null : <p class="hint">{held.fixed[part.fixed]}</p>}
      <Facts {...part} />
    </section>
  );
};

const Facts = ({ facts, title }: ShownPart) =>
  facts.length === 0 ? null : (
    <details class="held-facts">
      <summary>
        {useReading().words.archive.facts}
        <span class="hush">: {title}</span>
      </summary>
      {facts.map((fact) => (
        <Fact {...fact} />
      ))}
    </details>
  );

const Fact = ({ label, about, end, purposes, recipients }: ShownFact) => {
  const { archive } = useReading().words;
  return (
    <dl class="facts">
      <dt>{label}</dt>
      <dd>{about}</dd>
      <dt>{archive.ends}</dt>
      <dd>
        <End end={end} />
      </dd>
      <dt>{archive.serves}</dt>
      <dd>
        <ul class="plain">
          {purposes.map((purpose) => (
            <li>
              {archive.to(purpose.about)}
              {purpose.now ? null : <span class="tag off">{archive.notNow}</span>}
            </li>
          ))}
        </ul>
      </dd>
      <dt>{archive.mayGoTo}</dt>
      <dd>
        {recipients.length === 0 ? (
          archive.nobody
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
};

const Handed = ({ handed, handedHref }: ReviewPageProps) => {
  const { words, to } = useReading();
  const said = words.held.handed;
  return (
    <section class="card" id="handed" aria-labelledby="handed-title">
      <h2 id="handed-title">{said.title}</h2>
      {handed.length === 0 ? (
        <p class="empty">{said.none}</p>
      ) : (
        <ul class="rows">
          {handed.map(({ name, categories, count, last }) => (
            <li class="row">
              <span class="row-main">
                {name}: {categories.join(", ")}
              </span>
              <span class="row-side">
                {said.times(count, count.toLocaleString(words.locale), <When at={last} />)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {handedHref === null ? null : (
        <p>
          <a href={to(handedHref)}>{said.each}</a>
        </p>
      )}
    </section>
  );
};

const Nothing = ({ titles }: { titles: readonly string[] }) =>
  titles.length === 0 ? null : (
    <section class="card" aria-labelledby="nothing">
      <h2 id="nothing">{useReading().words.archive.nothing}</h2>
      <ul class="plain">
        {titles.map((title) => (
          <li>{title}</li>
        ))}
      </ul>
    </section>
  );
