// Keeps R1 where there is much of a kind: page by page, newest first, with the way back to the whole.
import { readingOf } from "../reading.ts";
import { Layout, type Site } from "./layout.tsx";
import { HeldList, type ShownRow } from "./parts/held-rows.tsx";
import { LogLines, type LoggedMessage } from "./parts/log-lines.tsx";
import { Pager, type Paged } from "./parts/pager.tsx";

export type ReviewRowsPageProps = {
  site: Site;
  title: string;
  /** The whole that this is a part of. */
  back: string;
  count: number;
  rows: readonly ShownRow[];
  paged: Paged;
};

export const ReviewRowsPage = ({ site, title, back, count, rows, paged }: ReviewRowsPageProps) => {
  const { words, to } = readingOf(site);
  const { held } = words;
  return (
    <Layout site={site} title={title} here="account" shape="wide">
      <p class="eyebrow">
        <a href={to(back)}>{held.title}</a>
      </p>
      <h1>{title}</h1>
      {rows.length === 0 ? (
        <p class="empty">{count > 0 ? held.noneHere : held.none}</p>
      ) : (
        <HeldList rows={rows} start={paged.from} />
      )}
      <Pager {...paged} />
    </Layout>
  );
};

export type ReviewSessionPageProps = {
  site: Site;
  back: string;
  /** Whose messages stand on the right. */
  me: string;
  messages: readonly LoggedMessage[];
  paged: Paged;
  /** All but the chat. */
  parts: readonly { title: string; count: number; rows: readonly ShownRow[] }[];
};

export const ReviewSessionPage = (props: ReviewSessionPageProps) => {
  const { words, to } = readingOf(props.site);
  const { session } = words.held;
  const said = (number: number): string => number.toLocaleString(words.locale);
  return (
    <Layout site={props.site} title={session.title} here="account" shape="wide">
      <p class="eyebrow">
        <a href={to(props.back)}>{words.held.title}</a>
      </p>
      <h1>{session.title}</h1>
      <p class="lead">{session.lead}</p>
      <div class="record">
        <div class="record-facts">
          {props.parts.map(({ title, count, rows }) => (
            <section>
              <h2>{title}</h2>
              <HeldList rows={rows} />
              {count > rows.length ? (
                <p class="hint">{session.first(said(rows.length), said(count))}</p>
              ) : null}
            </section>
          ))}
        </div>
        <section class="record-log" aria-labelledby="chat">
          <h2 id="chat">{session.chat}</h2>
          {props.messages.length === 0 ? (
            <p class="empty">{session.noChat}</p>
          ) : (
            <LogLines messages={props.messages} mine={props.me} />
          )}
          <Pager {...props.paged} />
        </section>
      </div>
    </Layout>
  );
};
