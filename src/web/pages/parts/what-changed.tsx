// Keeps P2: what a version of the statement changed against the one before it, in words, with the clauses as they were.
import type { ClauseChange } from "../../../policy/compare-policies.ts";
import type { SaidChange, SaidChanges } from "../../../say-changes.ts";

export type WhatChangedProps = {
  /** The version before. */
  from: number;
  groups: readonly SaidChanges[];
  clauses: readonly ClauseChange[];
};

export const WhatChanged = ({ from, groups, clauses }: WhatChangedProps) => (
  <section id="changed" class="changed card" aria-labelledby="changed-title">
    <h2 id="changed-title">What changed since version {from}</h2>
    {groups.length === 0 ? <p>What is allowed, and how long things are kept, stayed as it was.</p> : null}
    {groups.map(({ id, title, items }) => (
      <>
        <h3 id={`changed-${id}`}>{title}</h3>
        <ul>
          {items.map((item) => (
            <OneChange {...item} />
          ))}
        </ul>
      </>
    ))}
    {clauses.length > 0 ? <Clauses clauses={clauses} /> : null}
  </section>
);

const OneChange = ({ text, parts = [], who, first }: SaidChange) => (
  <li>
    {text}
    {parts.length > 0 ? (
      <ul>
        {parts.map((part) => (
          <li>{part}</li>
        ))}
      </ul>
    ) : null}
    {who !== undefined || first !== undefined ? (
      <span class="hint"> {[who, first].filter((one) => one !== undefined).join(" ")}</span>
    ) : null}
  </li>
);

const Clauses = ({ clauses }: Pick<WhatChangedProps, "clauses">) => (
  <details>
    <summary>Clauses that read otherwise ({clauses.length})</summary>
    <dl class="reworded">
      {clauses.map(({ id, before, after }) => (
        <>
          <dt>
            {after === null ? (
              <span class="clause-link">{`§\u00a0${id}`}</span>
            ) : (
              <a class="clause-link" href={`#${encodeURIComponent(id)}`}>
                {`§\u00a0${id}`}
              </a>
            )}
          </dt>
          {before === null ? null : (
            <dd>
              <span class="hint">Before: </span>
              <del>{before}</del>
            </dd>
          )}
          <dd>
            <span class="hint">Now: </span>
            {after === null ? "not said any more" : <ins>{after}</ins>}
          </dd>
        </>
      ))}
    </dl>
  </details>
);
