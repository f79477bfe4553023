// Keeps R1 where it is asked for: a link to an archive of all that is held, how far it is, and until when it works.
import { readingOf, useReading } from "../reading.ts";
import { Layout, type Site } from "./layout.tsx";
import { When } from "./parts/when.tsx";

export type ShownDownload = {
  id: string;
  /** Where it is fetched by a form. */
  action: string;
  askedAt: number;
  endsAt: number;
  state: "ready" | "running" | "whole" | "broken";
  total: number;
  done: number;
};

export type DownloadPageProps = {
  site: Site;
  action: string;
  /** The page of what is held. */
  back: string;
  downloads: readonly ShownDownload[];
  /** Whether a mail tells that a link is there. */
  mails: boolean;
};

const PROGRESS = "/assets/web/client/download-progress.js";

export const DownloadPage = (props: DownloadPageProps) => {
  const { words, to } = readingOf(props.site);
  const { download } = words;
  return (
    <Layout site={props.site} title={download.title} here="account" scripts={[PROGRESS]}>
      <div class="narrow">
        <p class="eyebrow">
          <a href={to(props.back)}>{download.back}</a>
        </p>
        <h1>{download.title}</h1>
        <p class="lead">{download.lead}</p>
        {download.how.map((paragraph) => (
          <p>{paragraph}</p>
        ))}
        <form method="post" action={to(props.action)}>
          {props.mails ? <p class="hint">{download.mailed}</p> : null}
          <p>
            <button class={props.downloads.length === 0 ? "primary" : undefined} type="submit">
              {download.make}
            </button>
          </p>
        </form>
        <section class="card" aria-labelledby="links">
          <h2 id="links">{download.linksTitle}</h2>
          {props.downloads.length === 0 ? (
            <p class="empty">{download.none}</p>
          ) : (
            <ul class="rows">
              {props.downloads.map((one, at) => (
                <li class="row">
                  <One {...one} newest={at === 0} />
                </li>
              ))}
            </ul>
          )}
        </section>
      </div>
    </Layout>
  );
};

const One = ({
  id,
  action,
  askedAt,
  endsAt,
  state,
  total,
  done,
  newest,
}: ShownDownload & { newest: boolean }) => {
  const { words, to } = useReading();
  const { download, locale } = words;
  const count = (number: number) => number.toLocaleString(locale);
  return (
    <div class="row-value">
      <p>
        {download.asked(<When at={askedAt} />)}, {download.until(<When at={endsAt} />)} ·{" "}
        {download.records(count(total))}
      </p>
      <div id={`state-${id}`} data-state={state}>
        <p>{download.states[state]}</p>
        {state === "running" ? (
          <p>
            <progress value={done} max={Math.max(total, 1)} aria-label={download.states.running} />{" "}
            {download.progress(count(done), count(total))}{" "}
            <a href="" data-look>
              {download.look}
            </a>
          </p>
        ) : null}
      </div>
      <div class="row-actions">
        <form method="post" action={to(action)} data-fetches={`state-${id}`}>
          <button class={newest ? "primary" : undefined} type="submit">
            {state === "ready" ? download.fetch : download.again}
            <span class="hush">
              {" "}
              <When at={askedAt} />
            </span>
          </button>
        </form>
        {state === "running" ? (
          <form method="post" action={to(`${action}/stop`)}>
            <button class="quiet" type="submit">
              {download.stop}
            </button>
          </form>
        ) : null}
      </div>
    </div>
  );
};
