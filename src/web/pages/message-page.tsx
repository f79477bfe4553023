// Says one thing that has happened, and where to go from here.
import { Layout, type Here, type Site } from "./layout.tsx";

export type MessagePageProps = {
  site: Site;
  title: string;
  /** A paragraph each. */
  words: readonly string[];
  ways?: readonly { href: string; label: string }[];
  here?: Here | undefined;
};

export const MessagePage = ({ site, title, words, ways = [], here }: MessagePageProps) => (
  <Layout site={site} title={title} here={here}>
    <div class="narrow">
      <h1>{title}</h1>
      {words.map((paragraph) => (
        <p>{paragraph}</p>
      ))}
      {ways.length > 0 ? (
        <p class="actions">
          {ways.map(({ href, label }, at) => (
            <a class={at === 0 ? "button primary" : "button"} href={href}>
              {label}
            </a>
          ))}
        </p>
      ) : null}
    </div>
  </Layout>
);
