// Keeps K6 where it is read: whatever the service holds is shown with its end, and with the clause that sets it.
import { When } from "./when.tsx";

/** When something ends. `text`: the rule in words ("180 days after the session"); `at`: the instant, once known. */
export type Ending = {
  text: string;
  at?: number | null | undefined;
  /** Id of the clause in the statement. */
  clause?: string | undefined;
};
/** Something recorded, and its end. */
export type Kept = { about: string; end: Ending };

export const End = ({ end }: { end: Ending }) => (
  <span class="end">
    <span class="end-words">
      {typeof end.at === "number" ? (
        <>
          until <When at={end.at} show="date" />{" "}
        </>
      ) : null}
      <span class={typeof end.at === "number" ? "end-rule" : undefined}>{end.text}</span>
    </span>
    {end.clause ? <Clause id={end.clause} /> : null}
  </span>
);

/** A link to a clause of the statement that runs. */
export const Clause = ({ id }: { id: string }) => (
  <a class="clause-link" href={`/privacy#${encodeURIComponent(id)}`}>
    <span class="hush">Clause </span>
    <span aria-hidden="true">§ </span>
    {id}
  </a>
);

/** What is recorded and until when, as a list with the end in a column of its own. */
export const KeptList = ({ kept }: { kept: readonly Kept[] }) => (
  <ul class="kept">
    {kept.map(({ about, end }) => (
      <li>
        <span class="kept-about">{about}</span>
        <End end={end} />
      </li>
    ))}
  </ul>
);
