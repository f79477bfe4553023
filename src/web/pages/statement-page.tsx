// Keeps P1: the statement as people read it, from the policy that runs, every clause with an address of its own.
import type { Clause, Section, Statement, Table } from "../../policy/statement.ts";
import { useReading } from "../reading.ts";
import { Layout, type Site } from "./layout.tsx";
import { InLanguage } from "./parts/in-language.tsx";
import { Versions, type Version } from "./parts/versions.tsx";
import { WhatChanged, type WhatChangedProps } from "./parts/what-changed.tsx";
import { CalendarDay } from "./parts/when.tsx";

export type StatementPageProps = {
  site: Site;
  statement: Statement;
  /** Against the version before, where there was one and it can be compared. */
  changed?: WhatChangedProps | undefined;
  /** Every version, newest first. */
  versions: readonly Version[];
};

export const StatementPage = ({ site, statement, changed, versions }: StatementPageProps) => (
  <Layout site={site} title={statement.title} here="privacy" shape="wide">
    <InLanguage language={statement.language}>
      <Whole statement={statement} runs={statement.version === site.policyVersion} changed={changed} />
    </InLanguage>
    <Versions versions={versions} shown={statement.version} />
  </Layout>
);

type WholeProps = { statement: Statement; runs: boolean; changed: WhatChangedProps | undefined };

const Whole = ({ statement, runs, changed }: WholeProps) => {
  const { policy } = useReading().words;
  return (
    <div class="statement">
      <Head statement={statement} runs={runs} changed={changed} />
      <nav class="contents" aria-label={policy.contents}>
        <h2>{policy.contents}</h2>
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
  );
};

/** A section and a clause may bear one name: the section's address has a prefix. */
const anchor = (section: string): string => `section-${section}`;

const Head = ({ statement, runs, changed }: WholeProps) => {
  const { title, version, effective, summary, controller } = statement;
  const { words, to } = useReading();
  const { policy } = words;
  return (
    <header class="statement-head">
      <p class="eyebrow">{policy.version(version, <CalendarDay date={effective} />)}</p>
      <h1>{title}</h1>
      <p class="lead">
        {runs
          ? policy.runs(controller.product ?? controller.name)
          : policy.notThisOne((text) => <a href={to("/privacy")}>{text}</a>)}
      </p>
      {changed ? <WhatChanged {...changed} /> : null}
      <div class="card calm">
        <h2>{policy.short}</h2>
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
const Beside = ({ version, changed }: { version: number; changed: WhatChangedProps | undefined }) => {
  const { words, to } = useReading();
  const link = (path: string) => (text: string) => <a href={to(path)}>{text}</a>;
  return (
    <p class="hint">
      {words.policy.machines(link("/privacy.json"), link("/privacy.jsonld"))}
      {version > 1 && !changed ? (
        <> {link(`/privacy/v/${version}#changed`)(words.document.changed(version))}</>
      ) : null}
    </p>
  );
};

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

const OneClause = ({ id, text, promises, rule, runs }: Clause & { runs: boolean }) => {
  const { words, to } = useReading();
  const { policy } = words;
  return (
    <div class="clause" id={id}>
      <p class="clause-text">{text}</p>
      <p class="clause-side">
        <ClauseLink id={id} />
        {promises.length > 0 ? <span class="promises">{promises.join(" ")}</span> : null}
        {rule[0] && rule[0].line > 0 ? <span class="line">{policy.line(rule[0].line)}</span> : null}
        {runs ? (
          <a class="see-link" href={to(`/privacy/see/${encodeURIComponent(id)}`)}>
            {policy.see}
            <span class="hush">{policy.ofClause(id)}</span>
          </a>
        ) : null}
      </p>
    </div>
  );
};

const ClauseLink = ({ id }: { id: string }) => (
  <a class="clause-link" href={`#${encodeURIComponent(id)}`}>
    <span class="hush">{useReading().words.end.clause}</span>
    <span aria-hidden="true">{"§\u00a0"}</span>
    {id}
  </a>
);

/** A wide table scrolls within itself, by keyboard too. */
const OneTable = ({ id, heads, rows, name }: Table & { name: string }) => (
  <div class="scroll" role="region" aria-label={useReading().words.policy.table(name)} tabindex={0} id={id}>
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
