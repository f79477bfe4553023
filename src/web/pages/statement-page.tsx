// Keeps P1: the statement as people read it, from the policy that runs, every clause with an address of its own.
import type { Clause, Section, Statement, Table } from "../../policy/statement.ts";
import { Layout, type Site } from "./layout.tsx";
import { WhatChanged, type WhatChangedProps } from "./parts/what-changed.tsx";
import { CalendarDay } from "./parts/when.tsx";

export type StatementPageProps = {
  site: Site;
  statement: Statement;
  /** Against the version before, where there was one and it can be compared. */
  changed?: WhatChangedProps | undefined;
};

export const StatementPage = ({ site, statement, changed }: StatementPageProps) => {
  const runs = statement.version === site.policyVersion;
  return (
    <Layout site={site} title={statement.title} here="privacy" shape="wide">
      <div class="statement" lang={statement.language}>
        <Head statement={statement} runs={runs} changed={changed} />
        <nav class="contents" aria-label="Contents">
          <h2>Contents</h2>
          <ol>
            {statement.sections.map(({ id, title }) => (
              <li>
                <a href={`#${anchor(id)}`}>{title}</a>
              </li>
            ))}
          </ol>
        </nav>
        <div class="sections">
          {statement.sections.map((section) => (
            <OneSection {...section} runs={runs} />
          ))}
        </div>
      </div>
    </Layout>
  );
};

/** A section and a clause may bear one name: the section's address has a prefix. */
const anchor = (section: string): string => `section-${section}`;

type HeadProps = { statement: Statement; runs: boolean; changed: WhatChangedProps | undefined };

const Head = ({ statement, runs, changed }: HeadProps) => {
  const { title, version, effective, summary, controller } = statement;
  return (
    <header class="statement-head">
      <p class="eyebrow">
        Version {version}, in force from <CalendarDay date={effective} />
      </p>
      <h1>{title}</h1>
      <p class="lead">
        {runs ? (
          <>
            {controller.product ?? controller.name} runs by the policy that this page is rendered from. What
            it does not say is not done.
          </>
        ) : (
          <>
            This is not the version that runs. <a href="/privacy">Read that one</a>.
          </>
        )}
      </p>
      {changed ? <WhatChanged {...changed} /> : null}
      <div class="card calm">
        <h2>In short</h2>
        <ul class="short">
          {summary.map(({ id, text }) => (
            <li>
              {text} <ClauseLink id={id} />
            </li>
          ))}
        </ul>
      </div>
      {runs ? <Beside version={version} changed={changed} /> : null}
    </header>
  );
};

/** What stands beside the statement that runs: the same for machines, and what its version changed. */
const Beside = ({ version, changed }: { version: number; changed: WhatChangedProps | undefined }) => (
  <p class="hint">
    The same for machines: <a href="/privacy.json">privacy.json</a>, and in the words of the W3C’s Data
    Privacy Vocabulary <a href="/privacy.jsonld">privacy.jsonld</a>.
    {version > 1 && !changed ? (
      <>
        {" "}
        <a href={`/privacy/v/${version}#changed`}>What changed in version {version}</a>
      </>
    ) : null}
  </p>
);

const OneSection = ({ id, title, clauses, runs, tables = [] }: Section & { runs: boolean }) => (
  <section id={anchor(id)} aria-labelledby={`${anchor(id)}-title`}>
    <h2 id={`${anchor(id)}-title`}>{title}</h2>
    {clauses.map((clause) => (
      <OneClause {...clause} runs={runs} />
    ))}
    {tables.map((table) => (
      <OneTable {...table} name={title} />
    ))}
  </section>
);

const OneClause = ({ id, text, promises, rule, runs }: Clause & { runs: boolean }) => (
  <div class="clause" id={id}>
    <p class="clause-text">{text}</p>
    <p class="clause-side">
      <ClauseLink id={id} />
      {promises.length > 0 ? <span class="promises">{promises.join(" ")}</span> : null}
      {rule[0] && rule[0].line > 0 ? <span class="line">line {rule[0].line} of the policy</span> : null}
      {runs ? (
        <a class="see-link" href={`/privacy/see/${encodeURIComponent(id)}`}>
          See it work<span class="hush">: clause {id}</span>
        </a>
      ) : null}
    </p>
  </div>
);

const ClauseLink = ({ id }: { id: string }) => (
  <a class="clause-link" href={`#${encodeURIComponent(id)}`}>
    <span class="hush">Clause </span>
    <span aria-hidden="true">{"§\u00a0"}</span>
    {id}
  </a>
);

/** A wide table scrolls within itself, by keyboard too. */
const OneTable = ({ id, heads, rows, name }: Table & { name: string }) => (
  <div class="scroll" role="region" aria-label={`${name}: table`} tabindex={0} id={id}>
    <table>
      <thead>
        <tr>
          {heads.map((cell) => (
            <th scope="col">{cell}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([first, ...rest]) => (
          <tr>
            <th scope="row">{first}</th>
            {rest.map((cell) => (
              <td>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
