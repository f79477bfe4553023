// Keeps K6 where it is read: whatever the service holds is shown with its end, and with the clause that sets it.
import { useReading } from "../../reading.ts";
import { When } from "./when.tsx";

/** When something ends. `text`: the rule in words ("180 days after the session"); `at`: the instant, once known. */
export type Ending = {
  text: string;
  at?: number | null | undefined;
  /** Whole days that it is kept, where days are what ends it: drawn to scale. */
  days?: number | null | undefined;
  /** Id of the clause in the statement. */
  clause?: string | undefined;
};
/** Something recorded, and its end. */
export type Kept = { about: string; end: Ending };

export const End = ({ end }: { end: Ending }) => (
  <span class="end">
    <Span days={end.days ?? null} />
    <span class="end-words">
      {typeof end.at === "number" ? (
        <>
          {useReading().words.end.until} <When at={end.at} show="date" />{" "}
        </>
      ) : null}
      <span class={typeof end.at === "number" ? "end-rule" : undefined}>{end.text}</span>
      {end.clause ? (
        <>
          {" "}
          <Clause id={end.clause} />
        </>
      ) : null}
    </span>
  </span>
);

/** From a beginning to an end, on a scale of powers; broken where an event and not a number of days ends it. */
const Span = ({ days }: { days: number | null }) => {
  const to = days === null ? 40 : Math.round(14 + 34 * Math.log10(1 + days));
  return (
    <svg
      class="span"
      width={to + 6}
      height="12"
      viewBox={`0 0 ${to + 6} 12`}
      aria-hidden="true"
      focusable="false"
    >
      <circle cx="4" cy="6" r="3.5" />
      <path class={days === null ? "broken" : undefined} d={`M8 6H${to}`} />
      <path d={`M${to + 1} 1V11`} />
    </svg>
  );
};

/** A link to a clause of the statement that runs. */
export const Clause = ({ id }: { id: string }) => {
  const { words, to } = useReading();
  return (
    <a class="clause-link" href={to(`/privacy#${encodeURIComponent(id)}`)}>
      <span class="hush">{words.end.clause}</span>
      <span aria-hidden="true">{"§\u00a0"}</span>
      {id}
    </a>
  );
};

/** What is recorded and until when, as a list: what ends together stands together; `wide` where spans can be compared. */
export const KeptList = ({ kept, wide = false }: { kept: readonly Kept[]; wide?: boolean }) => (
  <ul class={wide ? "kept wide" : "kept"}>
    {together(kept).map(({ abouts, end }) => (
      <li>
        <span class="kept-about">
          {abouts.map((about) => (
            <span>{about}</span>
          ))}
        </span>
        <End end={end} />
      </li>
    ))}
  </ul>
);

const together = (kept: readonly Kept[]): { abouts: string[]; end: Ending }[] => {
  const groups = new Map<string, { abouts: string[]; end: Ending }>();
  for (const { about, end } of kept) {
    const key = JSON.stringify([end.text, end.at ?? null, end.clause ?? null]);
    const group = groups.get(key) ?? { abouts: [], end };
    group.abouts.push(about);
    groups.set(key, group);
  }
  return [...groups.values()];
};
