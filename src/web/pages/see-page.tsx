// Keeps P1: from a clause of the statement to its rule, to the page where it works, and to the tests that show it.
import type { Enforced } from "../../enforcement.ts";
import type { Standing } from "../../promises.ts";
import type { LivePath } from "../live-paths.ts";
import { Layout, type Site } from "./layout.tsx";
import { When } from "./parts/when.tsx";

export type SeenRule = {
  /** Its name in the policy file. */
  path: string;
  /** From 1; 0 where it stands nowhere, since it holds without being written. */
  line: number;
  lines: readonly string[];
  /** Lines left out at the end. */
  more: number;
  points: readonly Enforced[];
};

export type SeenPromise = {
  id: string;
  promise: string;
  standing: Standing;
  tests: readonly { name: string; status: string }[];
};

export type SeePageProps = {
  site: Site;
  /** Of the statement's texts. */
  language: string;
  clause: { id: string; text: string };
  section: { id: string; title: string };
  /** Name of the policy file, without its folder. */
  file: string;
  rules: readonly SeenRule[];
  live: readonly LivePath[];
  promises: readonly SeenPromise[];
  /** When the tests last ran, in milliseconds since 1970 UTC; null where no results are here. */
  ranAt: number | null;
};

export const SeePage = (props: SeePageProps) => (
  <Layout site={props.site} title={`See it work: ${props.clause.id}`} here="privacy">
    <Head {...props} />
    <Live live={props.live} signedIn={props.site.person !== null} />
    <Rules {...props} />
    <Promises {...props} />
    <p class="actions">
      <a class="button" href={`/privacy#${encodeURIComponent(props.clause.id)}`}>
        Back to the statement
      </a>
    </p>
  </Layout>
);

const Head = ({ clause, section, language }: SeePageProps) => (
  <header>
    <p class="eyebrow">
      <a href={`/privacy#section-${section.id}`}>{section.title}</a>
    </p>
    <h1>See it work</h1>
    <blockquote class="said" lang={language}>
      {clause.text}
    </blockquote>
  </header>
);

const Live = ({ live, signedIn }: Pick<SeePageProps, "live"> & { signedIn: boolean }) => (
  <section class="seen" aria-labelledby="live">
    <h2 id="live">Where it works</h2>
    {live.length === 0 ? (
      <p>No page of its own shows this yet.</p>
    ) : (
      <p class="actions">
        {live.map(({ href, label }, at) => (
          <a class={at === 0 ? "button primary" : "button"} href={href}>
            {label}
          </a>
        ))}
      </p>
    )}
    {!signedIn && live.some(({ account }) => account) ? (
      <p class="hint">What belongs to an account is shown after signing in.</p>
    ) : null}
  </section>
);

const Rules = ({ rules, file }: SeePageProps) => (
  <section class="seen" aria-labelledby="rules">
    <h2 id="rules">{rules.length === 1 ? "The rule that says so" : "The rules that say so"}</h2>
    {rules.map((rule) => (
      <article class="rule">
        <h3>
          <code>{rule.path}</code>
        </h3>
        <p class="hint">
          {rule.line > 0 ? `${file}, line ${rule.line}` : "Holds without being written in the file."}
        </p>
        {rule.lines.length > 0 ? (
          <pre>
            <code>{rule.lines.join("\n")}</code>
          </pre>
        ) : null}
        {rule.more > 0 ? <p class="hint">And {rule.more} more lines.</p> : null}
        <h4>What enforces it</h4>
        <ul class="points">
          {rule.points.map(({ built, where, text }) => (
            <li>
              <span class={built ? "state" : "state open"}>{where}</span>
              <span class="point-text">{text}</span>
            </li>
          ))}
        </ul>
      </article>
    ))}
  </section>
);

const stateClass: Record<Standing, string> = {
  kept: "state",
  broken: "state broken",
  "not yet tested": "state open",
};

/** Promises are written as parts of a sentence. */
const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

const Promises = ({ promises, ranAt }: SeePageProps) => (
  <section class="seen" aria-labelledby="promises">
    <h2 id="promises">{promises.length === 1 ? "The promise behind it" : "The promises behind it"}</h2>
    <Ran promises={promises} ranAt={ranAt} />
    <ul class="points">
      {promises.map(({ id, promise, standing, tests }) => (
        <li>
          <span class={stateClass[standing]}>
            {id}: {ranAt === null ? "no results here" : standing}
          </span>
          <span class="point-text">{sentence(promise)}</span>
          {tests.length > 0 ? (
            <ul class="tests">
              {tests.map(({ name, status }) => (
                <li>
                  {name} <span class="hint">({status})</span>
                </li>
              ))}
            </ul>
          ) : null}
        </li>
      ))}
    </ul>
  </section>
);

const Ran = ({ promises, ranAt }: Pick<SeePageProps, "promises" | "ranAt">) => {
  if (promises.length === 0) return <p>This clause is part of no promise that a test could show.</p>;
  if (ranAt !== null)
    return (
      <p class="hint">
        As the last test run showed it, on <When at={ranAt} />.
      </p>
    );
  return (
    <p>
      No test results are here. They come from <code>npm test</code>, run where this service is installed.
    </p>
  );
};
