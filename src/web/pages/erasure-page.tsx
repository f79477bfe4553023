// Keeps R4 and R5 where they are read: what an erasure takes away, when, what a law keeps, and how to take the request back.
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

export const ErasurePage = (props: ErasurePageProps) => (
  <Layout site={props.site} title="Erase your data" here="account">
    <div class="narrow">
      <h1>{props.pending ? "Your data is going to be erased" : "Erase your data"}</h1>
      {props.pending ? <Pending {...props} pending={props.pending} /> : <Before {...props} />}
      <Held {...props} />
      <WhatGoes {...props} />
      {props.pending ? null : (
        <form method="post" action={props.action}>
          <input type="hidden" name="act" value="ask" />
          <button class="primary" type="submit">
            {props.ofAccount ? "Close my account and erase my data" : "Erase my data"}
          </button>
          <p class="hint">
            <a href={props.back}>{props.ofAccount ? "No, back to my account" : "No, back to what is held"}</a>
          </p>
        </form>
      )}
    </div>
  </Layout>
);

const Before = ({ due, because, goesOn, ofAccount }: ErasurePageProps) => (
  <>
    <p class="lead">
      If you ask for it now, {ofAccount ? "your account closes" : "every use of your data stops"} at once, and
      on <DueAt due={due} /> everything goes <Clause id="rights-erase" />.
    </p>
    <section class="card" aria-labelledby="until">
      <h2 id="until">Until then</h2>
      <p>
        Nothing about you is used, from the moment you ask, except to:{" "}
        {goesOn.map((about, at) => `${at > 0 ? "; " : ""}${about}`)}.
      </p>
      <p>
        {ofAccount
          ? "You are signed out everywhere. You can sign in again to take the request back, and to see and take along what is held."
          : "If you sit in a session, your seat ends. With a link to your data you can take the request back."}
        {because === null ? null : ` The delay is there because ${because}.`}
      </p>
    </section>
  </>
);

const Held = ({ held }: Pick<ErasurePageProps, "held">) =>
  held.length === 0 ? null : (
    <section class="card" aria-labelledby="held">
      <h2 id="held">What holds it up</h2>
      {held.map(({ about, by, setAt, endsAt, reason }) => (
        <p>
          {about}: <bdi>{reason}</bdi>
          <br />
          <span class="hint">
            Set by {by} on <When at={setAt} show="date" />. It ends on <When at={endsAt} show="date" /> at the
            latest, and the erasure follows then.
          </span>
        </p>
      ))}
    </section>
  );

type PendingProps = ErasurePageProps & { pending: NonNullable<ErasurePageProps["pending"]> };

const Pending = ({ pending, due, action, ofAccount }: PendingProps) => (
  <>
    <p class="lead">
      You asked for it on <When at={pending.askedAt} />. It is done on <DueAt due={due} />.
    </p>
    <p class="hint">
      Counted by: {due.calendar}. The day was fixed when you asked, and does not move. What became of it
      stands <a href={pending.link}>on a page of its own</a>: keep its address, for all else of yours will be
      gone.
    </p>
    {pending.running ? (
      <p>Its day has come, and it is being done now. It can’t be taken back any more.</p>
    ) : (
      <form method="post" action={action}>
        <input type="hidden" name="act" value="take-back" />
        <button class="primary" type="submit">
          {ofAccount ? "Take it back and open my account" : "Take it back"}
        </button>
      </form>
    )}
  </>
);

const WhatGoes = ({ erased, kept, holds, backupDays }: ErasurePageProps) => (
  <section class="card" aria-labelledby="goes">
    <h2 id="goes">What goes on the day</h2>
    <ul>
      {erased.map((about) => (
        <li>{about}</li>
      ))}
    </ul>
    <p>
      The keys under which all of it is sealed go first: from then on nobody can read it, wherever a copy may
      lie. What you wrote in sessions goes from the others’ logs too; their own words stay.
      {backupDays === null
        ? null
        : ` Backups, which nobody can read then, are overwritten within ${backupDays} days.`}
    </p>
    {kept.length > 0 ? (
      <>
        <h2>What a law makes us keep</h2>
        <ul>
          {kept.map(({ what, law, days }) => (
            <li>
              {what.join(", ")}: {law}
              {days === null ? null : `, for ${inYears(days)}`}. It stays sealed.
            </li>
          ))}
        </ul>
      </>
    ) : null}
    {holds.length > 0 ? (
      <>
        <h2>What can hold it up</h2>
        <ul>
          {holds.map(({ about, days }) => (
            <li>
              {about}, for {days} days at most
            </li>
          ))}
        </ul>
      </>
    ) : null}
  </section>
);
