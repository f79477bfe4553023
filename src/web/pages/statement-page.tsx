// Keeps P1: the statement as people read it, from the policy that runs, every clause with an address of its own.
import type { Statement } from "../../policy/statement.ts";
import { useReading } from "../reading.ts";
import { Layout, type Site } from "./layout.tsx";
import { InLanguage } from "./parts/in-language.tsx";
import { ClauseLink, OneSection, sectionAnchor } from "./parts/section.tsx";
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
              <a href={`#${sectionAnchor(id)}`}>{title}</a>
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
