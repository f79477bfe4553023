// Keeps R1 where there is much of a kind: page by page, newest first, with the way back to the whole.
import { Layout, type Site } from "./layout.tsx";
import { HeldList, type ShownRow } from "./parts/held-rows.tsx";
import { LogLines, type LoggedMessage } from "./parts/log-lines.tsx";
import { Pager, type Paged } from "./parts/pager.tsx";

export type ReviewRowsPageProps = {
  site: Site;
  title: string;
  /** The whole that this is a part of. */
  back: { href: string; label: string };
  count: number;
  rows: readonly ShownRow[];
  paged: Paged;
};

export const ReviewRowsPage = ({ site, title, back, count, rows, paged }: ReviewRowsPageProps) => (
  <Layout site={site} title={title} here="account" shape="wide">
    <p class="eyebrow">
      <a href={back.href}>{back.label}</a>
    </p>
    <h1>{title}</h1>
    {rows.length === 0 ? (
      <p class="empty">Nothing is held of this{count > 0 ? " on this page" : ""}.</p>
    ) : (
      <HeldList rows={rows} start={paged.from} />
    )}
    <Pager {...paged} />
  </Layout>
);

export type ReviewSessionPageProps = {
  site: Site;
  back: { href: string; label: string };
  /** Whose messages stand on the right. */
  me: string;
  messages: readonly LoggedMessage[];
  paged: Paged;
  /** All but the chat. */
  parts: readonly { title: string; count: number; rows: readonly ShownRow[] }[];
};

export const ReviewSessionPage = (props: ReviewSessionPageProps) => (
  <Layout site={props.site} title="A session you took part in" here="account" shape="wide">
    <p class="eyebrow">
      <a href={props.back.href}>{props.back.label}</a>
    </p>
    <h1>A session you took part in</h1>
    <p class="lead">
      This is what is kept of it, as far as it is about you or shared with you. What others alone may see,
      such as the address that they came from, is not here.
    </p>
    <div class="record">
      <div class="record-facts">
        {props.parts.map(({ title, count, rows }) => (
          <section>
            <h2>{title}</h2>
            <HeldList rows={rows} />
            {count > rows.length ? (
              <p class="hint">
                These are the first {rows.length} of {count.toLocaleString("en")}; the download has all.
              </p>
            ) : null}
          </section>
        ))}
      </div>
      <section class="record-log" aria-labelledby="chat">
        <h2 id="chat">Chat</h2>
        {props.messages.length === 0 ? (
          <p class="empty">Nothing was written, or what was written has ended.</p>
        ) : (
          <LogLines messages={props.messages} mine={props.me} />
        )}
        <Pager {...props.paged} />
      </section>
    </div>
  </Layout>
);
