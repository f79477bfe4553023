// Keeps P2 where a text is read: its versions, each with the day from which it holds.
import { useReading } from "../../reading.ts";
import { CalendarDay } from "./when.tsx";

/** `effective`: ISO date from which it holds. */
export type Version = { version: number; href: string; effective?: string | undefined };

/** `shown`: the version on this page. */
export const Versions = ({ versions, shown }: { versions: readonly Version[]; shown: number }) => {
  const { document } = useReading().words;
  return (
    <section class="versions" aria-labelledby="versions">
      <h2 id="versions">{document.versions}</h2>
      <ul>
        {versions.map(({ version, href, effective }) => (
          <li>
            <a href={href} aria-current={version === shown ? "true" : undefined}>
              {document.version(version)}
            </a>
            <From date={effective} />
          </li>
        ))}
      </ul>
      {versions.length < 2 ? <p class="hint">{document.first}</p> : null}
    </section>
  );
};

export const From = ({ date }: { date: string | undefined }) =>
  date === undefined ? null : <>{useReading().words.document.from(<CalendarDay date={date} />)}</>;
