// Says in plain words what went wrong and what to do, with the one code that an engineer can look up.
import { readingOf } from "../reading.ts";
import { Layout, type Site } from "./layout.tsx";

export type ErrorPageProps = {
  site: Site;
  /** HTTP status. */
  status: number;
  title: string;
  /** What happened, in a sentence or two. */
  words: string;
  /** What the reader can do now. */
  todo: string;
  code: string;
  /** Rules of the policy that refused, by clause id. */
  rules?: readonly string[];
  /** Where to go from here. */
  way?: { href: string; label: string };
};

export const ErrorPage = (props: ErrorPageProps) => {
  const { site, status, title, words, todo, code, rules = [], way } = props;
  const {
    words: { error },
    to,
  } = readingOf(site);
  return (
    <Layout site={site} title={title}>
      <div class="narrow">
        <p class="eyebrow">{error.status(status)}</p>
        <h1>{title}</h1>
        <p class="lead">{words}</p>
        <p>{todo}</p>
        {rules.length > 0 ? (
          <p>
            {error.decided}{" "}
            {rules.map((rule) => (
              <a class="clause-link" href={to(`/privacy#${encodeURIComponent(rule)}`)}>
                § {rule}
              </a>
            ))}
          </p>
        ) : null}
        <p class="actions">
          <a class="button primary" href={way?.href ?? to("/")}>
            {way?.label ?? error.front(site.name)}
          </a>
        </p>
        <p class="hint">
          {error.code} <code>{code}</code>
        </p>
      </div>
    </Layout>
  );
};
