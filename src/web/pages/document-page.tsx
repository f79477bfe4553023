// Keeps C1: terms and guidelines are published with their version, and each older version stays readable.
import { Layout, type Here, type Site } from "./layout.tsx";
import { CalendarDay } from "./parts/when.tsx";
import { Prose } from "./parts/prose.tsx";

export type DocumentPageProps = {
  site: Site;
  title: string;
  version: number;
  /** ISO date from which it holds, where it is known. */
  effective?: string | undefined;
  /** Paragraphs; one that begins with "## " is a heading, and one that begins with "- " an item of a list. */
  text: readonly string[];
  /** Other versions, newest first. */
  versions: readonly { version: number; href: string; effective?: string | undefined }[];
  /** False for an older version: says so, and leads to the one that holds. */
  current: boolean;
  here?: Here | undefined;
};

export const DocumentPage = ({
  site,
  title,
  version,
  effective,
  text,
  versions,
  current,
  here,
}: DocumentPageProps) => (
  <Layout site={site} title={`${title}, version ${version}`} here={here}>
    <article class="document">
      <p class="eyebrow">
        Version {version}
        <From date={effective} />
      </p>
      <h1>{title}</h1>
      {current ? null : (
        <p class="card calm">This version no longer holds. The versions stand at the end of this page.</p>
      )}
      <Prose text={text} />
    </article>
    <section class="versions" aria-labelledby="versions">
      <h2 id="versions">Other versions</h2>
      {versions.length === 0 ? (
        <p class="hint">This is the first one.</p>
      ) : (
        <ul>
          {versions.map((other) => (
            <li>
              <a href={other.href}>Version {other.version}</a>
              <From date={other.effective} />
            </li>
          ))}
        </ul>
      )}
    </section>
  </Layout>
);

const From = ({ date }: { date: string | undefined }) =>
  date === undefined ? null : (
    <>
      , from <CalendarDay date={date} />
    </>
  );
