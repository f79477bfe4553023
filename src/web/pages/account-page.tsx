// Keeps U11 and C6: everything that is tied to the account, each with its end.
import type { Child } from "hono/jsx";
import { readingOf, useReading } from "../reading.ts";
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

export const AccountPage = (props: AccountPageProps) => {
  const { account } = readingOf(props.site).words;
  const { ends } = props;
  return (
    <Layout site={props.site} title={account.title} here="account" shape="wide">
      <h1>{account.title}</h1>
      <p class="lead">{account.lead}</p>
      <Ways />
      <div class="held">
        <Held {...props} />
        <Agreements documents={props.documents} />
        <Part id="sessions" title={account.sessions} end={ends.sessions} none={account.noSessions}>
          {props.sessions.map((session) => (
            <SessionRow {...session} />
          ))}
        </Part>
        <Part id="sign-ins" title={account.signIns} end={ends.signIns} none={account.none}>
          {props.signIns.map((signIn) => (
            <SignInRow {...signIn} />
          ))}
        </Part>
        <Part id="requests" title={account.requests} end={ends.requests} none={account.none}>
          {props.requests.map((request) => (
            <RequestRow {...request} />
          ))}
        </Part>
      </div>
    </Layout>
  );
};

const Ways = () => {
  const { words, to } = useReading();
  return (
    <p>
      {(["data", "choices", "use", "erasure", "security"] as const).map((way, at) => (
        <>
          {at === 0 ? null : " · "}
          <a href={to(`/account/${way}`)}>{words.account.ways[way]}</a>
        </>
      ))}
    </p>
  );
};

const Held = ({ fields, registered }: AccountPageProps) => {
  const { account } = useReading().words;
  const address = registered.address === null ? null : <code>{registered.address}</code>;
  return (
    <section class="card" aria-labelledby="held">
      <h2 id="held">{account.details}</h2>
      <ul class="rows">
        {fields.map(({ label, value, end }) => (
          <li class="row">
            <span class="row-label">{label}</span>
            <span class="row-main">
              {value === null ? <i class="empty">{account.leftEmpty}</i> : <bdi>{value}</bdi>}
            </span>
            <span class="row-side">{value === null ? account.notKept : <End end={end} />}</span>
          </li>
        ))}
        <li class="row">
          <span class="row-label">{account.registered}</span>
          <span class="row-main">{account.at(<When at={registered.at} />, address)}</span>
          <span class="row-side">
            <End end={registered.end} />
          </span>
        </li>
      </ul>
    </section>
  );
};

const Agreements = ({ documents }: { documents: readonly AgreedDocument[] }) => {
  const { words, to } = useReading();
  const { account } = words;
  return (
    <section class="card" aria-labelledby="agreed">
      <h2 id="agreed">{account.agreed}</h2>
      <ul class="rows">
        {documents.map(({ title, href, version, at, page }) => (
          <li class="row">
            <a class="row-main" href={to(href)}>
              {account.text(title, version)}
            </a>
            <span class="row-side">{account.agreedAt(<When at={at} />, <code>{page}</code>)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
};

type PartProps = { id: string; title: string; end: Ending; none: string; children: readonly Child[] };

const Part = ({ id, title, end, none, children }: PartProps) => (
  <section class="card" aria-labelledby={id}>
    <div class="part-head">
      <h2 id={id}>{title}</h2>
      <End end={end} />
    </div>
    {children.length === 0 ? <p class="empty">{none}</p> : <ul class="rows">{children}</ul>}
  </section>
);

const SessionRow = ({ href, openedAt, length, people }: AccountSession) => {
  const { account } = useReading().words;
  return (
    <li class="row">
      <a class="row-main" href={href}>
        <span class="hush">{account.sessionOf}</span>
        <When at={openedAt} />
      </a>
      <span class="row-side">
        {inWords(length, account)} · {account.people(people)}
      </span>
    </li>
  );
};

const SignInRow = ({ at, endedAt, browser, until, current }: SignIn) => {
  const { account, end } = useReading().words;
  return (
    <li class="row">
      <span class="row-main">
        {account.signedIn(<When at={at} />, browser)}
        {current ? (
          <>
            {" "}
            <span class="tag">{account.thisOne}</span>
          </>
        ) : null}
        {endedAt === null ? null : account.ended(<When at={endedAt} />)}
      </span>
      <span class="row-side">
        {end.until} <When at={until} show="date" />
      </span>
    </li>
  );
};

const RequestRow = ({ at, method, page, address, until }: PageRequest) => (
  <li class="row">
    <span class="row-main">
      <code>
        {method} {page}
      </code>
    </span>
    <span class="row-side">
      {useReading().words.account.requested(
        <When at={at} />,
        <code>{address}</code>,
        <When at={until} show="date" />,
      )}
    </span>
  </li>
);
