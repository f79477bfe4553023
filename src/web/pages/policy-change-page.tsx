// Keeps P2 and P3: what the changed policy file would change, whom it concerns and what they are owed, before it is put in force.
import type { Change, Looked } from "../../change-policy.ts";
import { Layout, type Site } from "./layout.tsx";
import { CalendarDay } from "./parts/when.tsx";

export type PolicyChangePageProps = {
  site: Site;
  file: string;
  /** The version that runs. */
  running: number;
  /** What the file would change; or why it can't be put in force, in sentences. */
  found: { looked: Looked } | { refused: string };
  /** Labels of purposes by their names. */
  labels: Readonly<Record<string, string>>;
  /** Why it was not put in force just now. */
  error?: string | undefined;
};

export const PolicyChangePage = ({ site, file, running, found, labels, error }: PolicyChangePageProps) => (
  <Layout site={site} title="The policy file" here="desk" shape="wide">
    <h1>The policy file</h1>
    <p class="lead">
      Version <a href="/privacy">{running}</a> runs. This is <code>{file}</code> as it lies there now, read
      and checked for this page.
    </p>
    {error === undefined ? null : (
      <p class="error" role="alert">
        {error}
      </p>
    )}
    {"refused" in found ? <Refused why={found.refused} /> : <Found {...found.looked} labels={labels} />}
  </Layout>
);

const Refused = ({ why }: { why: string }) => (
  <section class="card" aria-labelledby="refused">
    <h2 id="refused">It can’t be put in force</h2>
    <pre class="report">{why}</pre>
    <p class="hint">What runs goes on as it is. Mend the file, and load this page again.</p>
  </section>
);

const Found = (props: Looked & Pick<PolicyChangePageProps, "labels">) => {
  const { runs, digest, version, effective, warnings, owed, groups, clauses, labels } = props;
  if (runs)
    return (
      <section class="card" aria-labelledby="same">
        <h2 id="same">Nothing to do</h2>
        <p>These are the words that run.</p>
      </section>
    );
  const named = (purposes: readonly string[]) => purposes.map((one) => labels[one] ?? one).join(", ");
  return (
    <div class="held">
      <section class="card changed" aria-labelledby="changes">
        <h2 id="changes">
          Version {version}, from <CalendarDay date={effective} />
        </h2>
        {warnings.map((warning) => (
          <p class="error">{warning}</p>
        ))}
        {groups.length === 0 ? <p>What is allowed, and how long things are kept, stays as it is.</p> : null}
        {groups.map(({ id, title, items }) => (
          <>
            <h3 id={`changes-${id}`}>{title}</h3>
            <ul>
              {items.map((item) => (
                <OneChange {...item} />
              ))}
            </ul>
          </>
        ))}
        {clauses.length === 0 ? null : (
          <p class="hint">
            {clauses.length === 1 ? "One clause" : `${clauses.length} clauses`} of the statement changed.
          </p>
        )}
      </section>
      <section class="card" aria-labelledby="owed">
        <h2 id="owed">What people are owed first</h2>
        {owed.notice.length + owed.consent.length === 0 ? (
          <p>Nobody is owed a notice or asked for a consent.</p>
        ) : null}
        {owed.tellBy === null ? null : (
          <p>
            A notice, by <CalendarDay date={owed.tellBy} />: {named(owed.notice)}. For whoever is told later,
            it begins that much later.
          </p>
        )}
        {owed.consent.length === 0 ? null : (
          <p>A new consent: {named(owed.consent)}. Nothing begins for a person before their own yes.</p>
        )}
        <form method="post" action="/desk/policy" class="stack">
          <input type="hidden" name="digest" value={digest} />
          <button type="submit">Put version {version} in force</button>
        </form>
        <p class="hint">
          The service goes on meanwhile. What is allowed anew waits for each person until they were told, or
          said yes; what is refused anew ends now.
        </p>
      </section>
    </div>
  );
};

const OneChange = ({ text, parts = [], who, first, concerned }: Change) => (
  <li>
    {text}
    {parts.length > 0 ? (
      <ul>
        {parts.map((part) => (
          <li>{part}</li>
        ))}
      </ul>
    ) : null}
    <span class="hint">
      {" "}
      {[who, concerned && `Here that is ${concerned.count} of ${concerned.of} people.`, first]
        .filter((one) => one)
        .join(" ")}
    </span>
  </li>
);
