// Keeps P1: the statement as people read it, from the policy that runs, every clause with an address of its own.
import { Layout, type Site } from "./layout.tsx";

export type StatementClause = {
  id: string;
  text: string;
  /** Promise ids that it states. */
  promises: readonly string[];
  /** The rule of the policy that it was rendered from. */
  rule: string | null;
};
export type StatementTable = {
  caption: string;
  head: readonly string[];
  rows: readonly (readonly string[])[];
};
export type StatementSection = {
  id: string;
  title: string;
  clauses: readonly StatementClause[];
  tables?: readonly StatementTable[] | undefined;
};
export type StatementView = {
  title: string;
  version: number;
  /** ISO date. */
  effective: string;
  controller: { name: string; email: string; post: readonly string[] };
  summary: readonly string[];
  sections: readonly StatementSection[];
};

export type StatementPageProps = { site: Site; statement: StatementView };

export const StatementPage = ({ site, statement }: StatementPageProps) => (
  <Layout site={site} title={statement.title} here="privacy" shape="wide">
    <div class="statement">
      <header class="statement-head">
        <p class="eyebrow">
          Version {statement.version}, in force from{" "}
          <time datetime={statement.effective}>{statement.effective}</time>
        </p>
        <h1>{statement.title}</h1>
        {statement.summary.map((line) => (
          <p class="lead">{line}</p>
        ))}
        <p class="hint">
          This page is rendered from the policy that the service runs. The same, for machines:{" "}
          <a href="/privacy.json">privacy.json</a>
        </p>
      </header>
      <nav class="contents" aria-label="Contents">
        <h2>Contents</h2>
        <ol>
          {statement.sections.map(({ id, title }) => (
            <li>
              <a href={`#${id}`}>{title}</a>
            </li>
          ))}
        </ol>
      </nav>
      <div class="sections">
        {statement.sections.map((section) => (
          <Section {...section} />
        ))}
        <Controller {...statement.controller} />
      </div>
    </div>
  </Layout>
);

const Section = ({ id, title, clauses, tables = [] }: StatementSection) => (
  <section id={id} aria-labelledby={`${id}-title`}>
    <h2 id={`${id}-title`}>{title}</h2>
    {clauses.map((clause) => (
      <Clause {...clause} />
    ))}
    {tables.map((table) => (
      <Table {...table} />
    ))}
  </section>
);

const Clause = ({ id, text, promises }: StatementClause) => (
  <div class="clause" id={id}>
    <p class="clause-text">{text}</p>
    <p class="clause-side">
      <a class="clause-link" href={`#${id}`}>
        <span class="hush">Clause </span>
        <span aria-hidden="true">§ </span>
        {id}
      </a>
      {promises.length > 0 ? <span class="promises">{promises.join(" ")}</span> : null}
    </p>
  </div>
);

/** Wide tables scroll within themselves, by keyboard too. */
const Table = ({ caption, head, rows }: StatementTable) => (
  <div class="scroll" role="region" aria-label={caption} tabindex={0}>
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {head.map((cell) => (
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

const Controller = ({ name, email, post }: StatementView["controller"]) => (
  <section id="controller" aria-labelledby="controller-title">
    <h2 id="controller-title">Whose statement this is</h2>
    <address>
      {[name, ...post].map((line) => (
        <>
          {line}
          <br />
        </>
      ))}
      <a href={`mailto:${email}`}>{email}</a>
    </address>
  </section>
);
