// Keeps C1: terms and guidelines are published with their version, and each older version stays readable.
import { readingOf, useReading } from "../reading.ts";
import { Layout, type Here, type Site } from "./layout.tsx";
import { From, Versions, type Version } from "./parts/versions.tsx";
import { InLanguage } from "./parts/in-language.tsx";
import { Prose } from "./parts/prose.tsx";

export type DocumentPageProps = {
  site: Site;
  title: string;
  version: number;
  /** ISO date from which it holds, where it is known. */
  effective?: string | undefined;
  /** Paragraphs; one that begins with "## " is a heading, and one that begins with "- " an item of a list. */
  text: readonly string[];
  /** Of the text. */
  language: string;
  /** Every version, newest first. */
  versions: readonly Version[];
  /** False for an older version: says so, and leads to the one that holds. */
  current: boolean;
  here?: Here | undefined;
};

export const DocumentPage = (props: DocumentPageProps) => {
  const { site, title, version, language, versions, here } = props;
  return (
    <Layout site={site} title={readingOf(site).words.document.title(title, version)} here={here}>
      <InLanguage language={language}>
        <Document {...props} />
      </InLanguage>
      <Versions versions={versions} shown={version} />
    </Layout>
  );
};

const Document = ({ title, version, effective, text, current }: DocumentPageProps) => {
  const { document } = useReading().words;
  return (
    <article class="document">
      <p class="eyebrow">
        {document.version(version)}
        <From date={effective} />
      </p>
      <h1>{title}</h1>
      {current ? null : <p class="card calm">{document.notCurrent}</p>}
      <Prose text={text} />
    </article>
  );
};
