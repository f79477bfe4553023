// Keeps K6 for the one whom it is about: what of theirs ends when, the soonest first.
import { readingOf, useReading } from "../reading.ts";
import { Layout, type Site } from "./layout.tsx";
import { End, type Ending } from "./parts/end.tsx";
import { When } from "./parts/when.tsx";

export type ShownOwnEnd = {
  title: string;
  href: string;
  count: number;
  end: Ending;
  first: number | null;
  last: number | null;
  waiting: number;
};

export type OwnEndsPageProps = { site: Site; back: string; ends: readonly ShownOwnEnd[] };

export const OwnEndsPage = ({ site, back, ends }: OwnEndsPageProps) => {
  const { words, to } = readingOf(site);
  const { held, locale } = words;
  return (
    <Layout site={site} title={held.ends.title} here="account" shape="wide">
      <p class="eyebrow">
        <a href={to(back)}>{held.title}</a>
      </p>
      <h1>{held.ends.title}</h1>
      <p class="lead">{held.ends.lead}</p>
      {ends.length === 0 ? <p class="empty">{held.ends.none}</p> : null}
      <ol class="rows">
        {ends.map((one) => (
          <li class="row">
            <div class="row-value">
              <a class="row-main" href={to(one.href)}>
                {one.title}
                <span class="count">{one.count.toLocaleString(locale)}</span>
              </a>
              <p>
                <Times {...one} />
              </p>
            </div>
            <span class="row-side">
              <End end={one.end} />
            </span>
          </li>
        ))}
      </ol>
    </Layout>
  );
};

const Times = ({ first, last, waiting, end }: ShownOwnEnd) => {
  const { held, locale } = useReading().words;
  if (first === null) return <>{waiting > 0 ? held.ends.notBegun : end.text}</>;
  return (
    <>
      {last === null || last === first ? (
        <When at={first} />
      ) : (
        held.ends.between(<When at={first} />, <When at={last} />)
      )}
      {waiting > 0 ? `; ${held.ends.waiting(waiting.toLocaleString(locale))}` : null}
    </>
  );
};
