// Keeps P2: what a version of the statement changed against the one before it, in words, with the clauses as they were.
import type { ClauseChange } from "../../../policy/compare-policies.ts";
import type { SaidChange, SaidChanges } from "../../../say-changes.ts";
import { useReading } from "../../reading.ts";
import { InLanguage } from "./in-language.tsx";

export type WhatChangedProps = {
  /** Of all that is said here. */
  language: string;
  /** The version before. */
  from: number;
  groups: readonly SaidChanges[];
  clauses: readonly ClauseChange[];
};

export const WhatChanged = (props: WhatChangedProps) => (
  <InLanguage language={props.language}>
    <Changed {...props} />
  </InLanguage>
);

const Changed = ({ from, groups, clauses }: WhatChangedProps) => {
  const { changed } = useReading().words;
  return (
    <section id="changed" class="changed card" aria-labelledby="changed-title">
      <h2 id="changed-title">{changed.title(from)}</h2>
      {groups.length === 0 ? <p>{changed.nothing}</p> : null}
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
};

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

const Clauses = ({ clauses }: Pick<WhatChangedProps, "clauses">) => {
  const { changed } = useReading().words;
  return (
    <details>
      <summary>{changed.clauses(clauses.length)}</summary>
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
                <span class="hint">{changed.before}</span>
                <del>{before}</del>
              </dd>
            )}
            <dd>
              <span class="hint">{changed.now}</span>
              {after === null ? changed.gone : <ins>{after}</ins>}
            </dd>
          </>
        ))}
      </dl>
    </details>
  );
};
