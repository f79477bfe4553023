// Keeps R1 row by row: each value with its label and its end, and what stands beside it in small.
import { useReading } from "../../reading.ts";
import { End, type Ending } from "./end.tsx";
import { When } from "./when.tsx";
import { WrittenText } from "./written-text.tsx";

export type ShownValue = {
  label: string;
  /** Null for what stands beside the values. */
  end: Ending | null;
  text?: string;
  /** An instant, ms. */
  at?: number;
  parts?: readonly { label: string; text: string }[];
  /** That it is there is shown, and not what it is. */
  hidden?: boolean;
  /** Leads to where it is corrected. */
  correct?: string;
};

export type ShownRow = {
  at: number;
  mine: boolean;
  /** Whose it is, where it is not the reader's own. */
  by: string | null;
  end: Ending | null;
  values: readonly ShownValue[];
  beside: readonly ShownValue[];
  /** Leads to what it belongs to. */
  href?: string | null;
};

const Value = ({ value }: { value: ShownValue }) => {
  if (value.hidden) return <i class="empty">{useReading().words.archive.hidden}</i>;
  if (value.at !== undefined) return <When at={value.at} />;
  if (!value.parts) return <WrittenText text={value.text ?? ""} />;
  return (
    <dl class="facts">
      {value.parts.map(({ label, text }) => (
        <>
          <dt>{label}</dt>
          <dd>
            <WrittenText text={text} />
          </dd>
        </>
      ))}
    </dl>
  );
};

const Correct = ({ value: { label, correct } }: { value: ShownValue }) => {
  const { words, to } = useReading();
  return correct === undefined ? null : (
    <a class="correct" href={to(correct)}>
      {words.held.correct}
      <span class="hush">: {label}</span>
    </a>
  );
};

/** The one row that a person has of this kind: a line for each value, each with its own end. */
export const HeldDetails = ({ row }: { row: ShownRow }) => (
  <>
    <ul class="rows">
      {row.values.map((value) => (
        <li class="row">
          <span class="row-label">{value.label}</span>
          <div class="row-value">
            <Value value={value} />
          </div>
          <span class="row-side">
            <Correct value={value} />
            {value.end ? <End end={value.end} /> : null}
          </span>
        </li>
      ))}
    </ul>
    <p class="hint">
      {useReading().words.held.since(<When at={row.at} />)}
      {row.beside.length > 0 ? " · " : null}
      <Beside values={row.beside} />
    </p>
  </>
);

const Beside = ({ values }: { values: readonly ShownValue[] }) => (
  <>
    {values.map(({ label, text, at }, number) => (
      <>
        {number > 0 ? " · " : null}
        {useReading().words.held.inLine(label)} {at === undefined ? <bdi>{text}</bdi> : <When at={at} />}
      </>
    ))}
  </>
);

/** When it was, whose it is and until when it stays. */
const Head = ({ row: { at, href, by, end } }: { row: ShownRow }) => {
  const { words, to } = useReading();
  return (
    <p class="held-when">
      {href ? (
        <a href={to(href)}>
          <When at={at} />
        </a>
      ) : (
        <When at={at} />
      )}
      {by === null ? null : (
        <>
          {` · ${words.archive.of} `}
          <bdi class="name">{by}</bdi>
        </>
      )}
      {typeof end?.at === "number" ? (
        <>
          {` · ${words.archive.until} `}
          <When at={end.at} show="date" />
        </>
      ) : null}
    </p>
  );
};

/** Many rows of one kind. What they have in common stands above them. */
export const HeldList = ({ rows, start = 1 }: { rows: readonly ShownRow[]; start?: number }) => (
  <ol class="rows held-list" start={start}>
    {rows.map((row) => (
      <li class="row">
        <div class="row-value">
          <Head row={row} />
          {row.values.map((value) => (
            <div class="held-value">
              <b>{value.label}</b> <Value value={value} /> <Correct value={value} />
            </div>
          ))}
          {row.beside.length === 0 ? null : (
            <p class="hint held-beside">
              <Beside values={row.beside} />
            </p>
          )}
        </div>
      </li>
    ))}
  </ol>
);
