// Keeps P1 in each part of the statement: every clause has an address of its own, and leads to where it can be seen working.
import type { Clause, Section, Table } from "../../../policy/statement.ts";
import { useReading } from "../../reading.ts";

/** A section and a clause may bear one name: the section's address has a prefix. */
export const sectionAnchor = (section: string): string => `section-${section}`;

export const OneSection = ({ id, title, clauses, runs, tables = [] }: Section & { runs: boolean }) => (
  <section id={sectionAnchor(id)} aria-labelledby={`${sectionAnchor(id)}-title`}>
    <h2 id={`${sectionAnchor(id)}-title`}>{title}</h2>
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
      <p class="clause-text">{withAddresses(text)}</p>
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

/** Mail addresses can be written to. */
const withAddresses = (text: string) =>
  text
    .split(/([\w.+-]+@[\w-]+(?:\.[\w-]+)+)/)
    .map((part, at) => (at % 2 === 1 ? <a href={`mailto:${part}`}>{part}</a> : part));

export const ClauseLink = ({ id }: { id: string }) => (
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
