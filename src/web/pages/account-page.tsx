// Keeps U11 and C6: everything that is tied to the account, each with its end.
import type { Child } from "hono/jsx";
import { Layout, type Site } from "./layout.tsx";
import { End, type Ending } from "./parts/end.tsx";
import { When, inWords } from "./parts/when.tsx";

/** What the account holds under one label; `value` null: left empty. */
export type HeldField = { label: string; value: string | null; end: Ending };
export type AgreedDocument = { title: string; href: string; version: number; at: number; page: string };
export type PageRequest = { at: number; method: string; page: string; address: string; until: number };
export type SignIn = {
  at: number;
  endedAt: number | null;
  /** Its family; null where it is not kept any more. */
  browser: string | null;
  until: number;
  current: boolean;
};
export type AccountSession = { href: string; openedAt: number; length: number; people: number };

export type AccountPageProps = {
  site: Site;
  fields: readonly HeldField[];
  registered: { at: number; address: string | null; end: Ending };
  documents: readonly AgreedDocument[];
  signIns: readonly SignIn[];
  requests: readonly PageRequest[];
  /** How long sign-ins, requests and sessions are kept, in the policy's words. */
  ends: { signIns: Ending; requests: Ending; sessions: Ending };
  sessions: readonly AccountSession[];
};

export const AccountPage = (props: AccountPageProps) => (
  <Layout site={props.site} title="Your account" here="account" shape="wide">
    <h1>Your account</h1>
    <p class="lead">
      Signed in, you are not anonymous here. This is everything that is tied to you, and when it ends.
    </p>
    <p>
      <a href="/account/data">Everything that is held about you</a> ·{" "}
      <a href="/account/choices">Your choices</a> · <a href="/account/use">Use of your data</a> ·{" "}
      <a href="/account/erasure">Erase your data</a> · <a href="/account/security">How you sign in</a>
    </p>
    <div class="held">
      <Held {...props} />
      <Agreements documents={props.documents} />
      <Part
        id="sessions"
        title="Sessions"
        end={props.ends.sessions}
        none="You have held none yet."
        rows={props.sessions.map(SessionRow)}
      />
      <Part
        id="sign-ins"
        title="Sign-ins"
        end={props.ends.signIns}
        none="None is on record."
        rows={props.signIns.map(SignInRow)}
      />
      <Part
        id="requests"
        title="Page requests"
        end={props.ends.requests}
        none="None is on record."
        rows={props.requests.map(RequestRow)}
      />
    </div>
  </Layout>
);

const Held = ({ fields, registered }: AccountPageProps) => (
  <section class="card" aria-labelledby="held">
    <h2 id="held">Your details</h2>
    <ul class="rows">
      {fields.map(({ label, value, end }) => (
        <li class="row">
          <span class="row-label">{label}</span>
          <span class="row-main">
            {value === null ? <i class="empty">left empty</i> : <bdi>{value}</bdi>}
          </span>
          <span class="row-side">{value === null ? "nothing is kept" : <End end={end} />}</span>
        </li>
      ))}
      <li class="row">
        <span class="row-label">Registered</span>
        <span class="row-main">
          <When at={registered.at} />
          {registered.address === null ? null : (
            <>
              {" from "}
              <code>{registered.address}</code>
            </>
          )}
        </span>
        <span class="row-side">
          <End end={registered.end} />
        </span>
      </li>
    </ul>
  </section>
);

const Agreements = ({ documents }: { documents: readonly AgreedDocument[] }) => (
  <section class="card" aria-labelledby="agreed">
    <h2 id="agreed">What you agreed to</h2>
    <ul class="rows">
      {documents.map(({ title, href, version, at, page }) => (
        <li class="row">
          <a class="row-main" href={href}>
            {title}, version {version}
          </a>
          <span class="row-side">
            <When at={at} /> on <code>{page}</code>
          </span>
        </li>
      ))}
    </ul>
  </section>
);

type PartProps = { id: string; title: string; end: Ending; none: string; rows: readonly Child[] };

const Part = ({ id, title, end, none, rows }: PartProps) => (
  <section class="card" aria-labelledby={id}>
    <div class="part-head">
      <h2 id={id}>{title}</h2>
      <End end={end} />
    </div>
    {rows.length === 0 ? <p class="empty">{none}</p> : <ul class="rows">{rows}</ul>}
  </section>
);

const SessionRow = ({ href, openedAt, length, people }: AccountSession) => (
  <li class="row">
    <a class="row-main" href={href}>
      <span class="hush">Session of </span>
      <When at={openedAt} />
    </a>
    <span class="row-side">
      {inWords(length)} · {people === 1 ? "1 person" : `${people} people`}
    </span>
  </li>
);

const SignInRow = ({ at, endedAt, browser, until, current }: SignIn) => (
  <li class="row">
    <span class="row-main">
      <When at={at} />
      {browser ? ` with ${browser}` : null} {current ? <span class="tag">this one</span> : null}
      {endedAt === null ? null : (
        <>
          {", ended "}
          <When at={endedAt} />
        </>
      )}
    </span>
    <span class="row-side">
      until <When at={until} show="date" />
    </span>
  </li>
);

const RequestRow = ({ at, method, page, address, until }: PageRequest) => (
  <li class="row">
    <span class="row-main">
      <code>
        {method} {page}
      </code>
    </span>
    <span class="row-side">
      <When at={at} /> from <code>{address}</code>, until <When at={until} show="date" />
    </span>
  </li>
);
