// Keeps R4 and R5 where they are read: what an erasure takes away, when, what a law keeps, and how to take the request back.
import { readingOf, useReading } from "../reading.ts";
import { Layout, type Site } from "./layout.tsx";
import { DueAt, inYears, type ShownDue } from "./parts/due.tsx";
import { Clause } from "./parts/end.tsx";
import type { ShownHold } from "./requests-page.tsx";
import { When } from "./parts/when.tsx";

export type ErasurePageProps = {
  site: Site;
  action: string;
  /** False for whoever came by a link of their own. */
  ofAccount: boolean;
  /** Where the reader came from. */
  back: string;
  /** What was asked for; null when nothing was. `running`: its day has come. */
  pending: { askedAt: number; running: boolean; link: string } | null;
  due: ShownDue & { calendar: string };
  /** What goes, in the policy's words. */
  erased: readonly string[];
  kept: readonly { what: readonly string[]; law: string; days: number | null }[];
  /** Purposes that still run until the day. */
  goesOn: readonly string[];
  /** What may hold an erasure up, and for how many days at most. */
  holds: readonly { about: string; days: number }[];
  /** What holds this one up now. */
  held: readonly ShownHold[];
  /** Why there is a delay at all. */
  because: string | null;
  backupDays: number | null;
};

/** By what somebody asks: their account, or a link of their own. */
const byOf = ({ ofAccount }: Pick<ErasurePageProps, "ofAccount">) => (ofAccount ? "account" : "link");

export const ErasurePage = (props: ErasurePageProps) => {
  const { erasure } = readingOf(props.site).words;
  const { pending } = props;
  return (
    <Layout site={props.site} title={erasure.title} here="account">
      <div class="narrow">
        <h1>{pending ? erasure.asked : erasure.title}</h1>
        {pending ? <Pending {...props} pending={pending} /> : <Before {...props} />}
        <Held {...props} />
        <WhatGoes {...props} />
        {pending ? null : <Ask {...props} />}
      </div>
    </Layout>
  );
};

const Ask = (props: ErasurePageProps) => {
  const { words, to } = useReading();
  const by = byOf(props);
  return (
    <form class="stack" method="post" action={to(props.action)}>
      <input type="hidden" name="act" value="ask" />
      <button class="primary" type="submit">
        {words.erasure.ask[by]}
      </button>
      <p class="hint">
        <a href={to(props.back)}>{words.erasure.leave[by]}</a>
      </p>
    </form>
  );
};

const Before = (props: ErasurePageProps) => {
  const { erasure } = useReading().words;
  const { due, because, goesOn } = props;
  const by = byOf(props);
  return (
    <>
      <p class="lead">{erasure.lead[by](<DueAt due={due} />, <Clause id="rights-erase" />)}</p>
      <section class="card" aria-labelledby="until">
        <h2 id="until">{erasure.untilThen}</h2>
        <p>{erasure.goesOn(goesOn)}</p>
        <p>
          {erasure.meanwhile[by]}
          {because === null ? null : ` ${erasure.because(because)}`}
        </p>
      </section>
    </>
  );
};

const Held = ({ held }: Pick<ErasurePageProps, "held">) => {
  const { erasure } = useReading().words;
  return held.length === 0 ? null : (
    <section class="card" aria-labelledby="held">
      <h2 id="held">{erasure.heldTitle}</h2>
      {held.map(({ about, by, setAt, endsAt, reason }) => (
        <p>
          {about}: <bdi>{reason}</bdi>
          <br />
          <span class="hint">
            {erasure.held(by, <When at={setAt} show="date" />, <When at={endsAt} show="date" />)}
          </span>
        </p>
      ))}
    </section>
  );
};

type PendingProps = ErasurePageProps & { pending: NonNullable<ErasurePageProps["pending"]> };

const Pending = (props: PendingProps) => {
  const { words, to } = useReading();
  const { erasure } = words;
  const { pending, due, action } = props;
  return (
    <>
      <p class="lead">{erasure.askedAt(<When at={pending.askedAt} />, <DueAt due={due} />)}</p>
      <p class="hint">
        {due.calendar === "none" ? null : `${erasure.counted(due.calendar)} `}
        {erasure.fixed((text) => (
          <a href={to(pending.link)}>{text}</a>
        ))}
      </p>
      {pending.running ? (
        <p>{erasure.running}</p>
      ) : (
        <form method="post" action={to(action)}>
          <input type="hidden" name="act" value="take-back" />
          <button class="primary" type="submit">
            {erasure.takeBack[byOf(props)]}
          </button>
        </form>
      )}
    </>
  );
};

const WhatGoes = (props: ErasurePageProps) => {
  const { erasure, locale } = useReading().words;
  const { erased, backupDays } = props;
  return (
    <section class="card" aria-labelledby="goes">
      <h2 id="goes">{erasure.goesTitle}</h2>
      <ul>
        {erased.map((about) => (
          <li>{about}</li>
        ))}
      </ul>
      <p>
        {erasure.keys}
        {backupDays === null ? null : ` ${erasure.backups(backupDays.toLocaleString(locale))}`}
      </p>
      <Kept {...props} />
      <Holds {...props} />
    </section>
  );
};

const Kept = ({ kept }: ErasurePageProps) => {
  const { erasure, erased } = useReading().words;
  return kept.length === 0 ? null : (
    <>
      <h2>{erasure.keptTitle}</h2>
      <ul>
        {kept.map(({ what, law, days }) => (
          <li>{erasure.kept(what.join(", "), law, days === null ? null : inYears(days, erased))}</li>
        ))}
      </ul>
    </>
  );
};

const Holds = ({ holds }: ErasurePageProps) => {
  const { erasure, locale } = useReading().words;
  return holds.length === 0 ? null : (
    <>
      <h2>{erasure.holdsTitle}</h2>
      <ul>
        {holds.map(({ about, days }) => (
          <li>{erasure.hold(about, days.toLocaleString(locale))}</li>
        ))}
      </ul>
    </>
  );
};
