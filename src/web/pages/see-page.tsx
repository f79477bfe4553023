// Keeps P1: from a clause of the statement to its rule, to the page where it works, and to the tests that show it.
import type { Enforced } from "../../enforcement.ts";
import type { Standing } from "../../promises.ts";
import type { LivePath } from "../live-paths.ts";
import { readingOf, useReading } from "../reading.ts";
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
  clause: { id: string; text: string };
  section: { id: string; title: string };
  /** Name of the policy file, without its folder, and the language that it is written in. */
  file: string;
  language: string;
  rules: readonly SeenRule[];
  live: readonly LivePath[];
  promises: readonly SeenPromise[];
  /** When the tests last ran, in milliseconds since 1970 UTC; null where no results are here. */
  ranAt: number | null;
};

export const SeePage = (props: SeePageProps) => {
  const { words, to } = readingOf(props.site);
  return (
    <Layout site={props.site} title={words.see.of(props.clause.id)} here="privacy">
      <Head {...props} />
      <Live live={props.live} signedIn={props.site.person !== null} />
      <Rules {...props} />
      <Promises {...props} />
      <p class="actions">
        <a class="button" href={to(`/privacy#${encodeURIComponent(props.clause.id)}`)}>
          {words.see.back}
        </a>
      </p>
    </Layout>
  );
};

const Head = ({ clause, section }: SeePageProps) => {
  const { words, to } = useReading();
  return (
    <header>
      <p class="eyebrow">
        <a href={to(`/privacy#section-${section.id}`)}>{section.title}</a>
      </p>
      <h1>{words.see.title}</h1>
      <blockquote class="said">{clause.text}</blockquote>
    </header>
  );
};

const Live = ({ live, signedIn }: Pick<SeePageProps, "live"> & { signedIn: boolean }) => {
  const { see } = useReading().words;
  return (
    <section class="seen" aria-labelledby="live">
      <h2 id="live">{see.where}</h2>
      {live.length === 0 ? (
        <p>{see.nowhere}</p>
      ) : (
        <p class="actions">
          {live.map(({ href, label }, at) => (
            <a class={at === 0 ? "button primary" : "button"} href={href}>
              {label}
            </a>
          ))}
        </p>
      )}
      {!signedIn && live.some(({ account }) => account) ? <p class="hint">{see.afterSignIn}</p> : null}
    </section>
  );
};

const Rules = ({ rules, file, language }: SeePageProps) => {
  const { see } = useReading().words;
  return (
    <section class="seen" aria-labelledby="rules">
      <h2 id="rules">{see.rules(rules.length)}</h2>
      {rules.map((rule) => (
        <article class="rule">
          <h3>
            <code>{rule.path}</code>
          </h3>
          <p class="hint">{rule.line > 0 ? see.at(file, rule.line) : see.unwritten}</p>
          {rule.lines.length > 0 ? (
            <pre lang={language}>
              <code>{rule.lines.join("\n")}</code>
            </pre>
          ) : null}
          {rule.more > 0 ? <p class="hint">{see.more(rule.more)}</p> : null}
          <h4>{see.enforces}</h4>
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
};

const stateClass: Record<Standing, string> = {
  kept: "state",
  broken: "state broken",
  "not yet tested": "state open",
};

/** Promises are written as parts of a sentence. */
const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

const Promises = ({ promises, ranAt }: SeePageProps) => {
  const { see } = useReading().words;
  return (
    <section class="seen" aria-labelledby="promises">
      <h2 id="promises">{see.promises(promises.length)}</h2>
      <Ran promises={promises} ranAt={ranAt} />
      <ul class="points">
        {promises.map(({ id, promise, standing, tests }) => (
          <li>
            <span class={stateClass[standing]}>
              {id}: {ranAt === null ? see.noResultsHere : see.standings[standing]}
            </span>
            <span class="point-text">
              <InEnglish text={sentence(promise)} />
            </span>
            {tests.length > 0 ? (
              <ul class="tests">
                {tests.map(({ name, status }) => (
                  <li>
                    <InEnglish text={name} /> <span class="hint">({see.results(status)})</span>
                  </li>
                ))}
              </ul>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
};

/** Promises and tests are part of the program, and written in its language. */
const InEnglish = ({ text }: { text: string }) => (
  <span lang={useReading().language === "en" ? undefined : "en"}>{text}</span>
);

const Ran = ({ promises, ranAt }: Pick<SeePageProps, "promises" | "ranAt">) => {
  const { see } = useReading().words;
  if (promises.length === 0) return <p>{see.noPromise}</p>;
  return ranAt === null ? (
    <p>{see.noResults(<code>npm test</code>)}</p>
  ) : (
    <p class="hint">{see.ran(<When at={ranAt} />)}</p>
  );
};
