// Keeps K6 for the one whom it is about: what of theirs ends when, the soonest first.
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

export type OwnEndsPageProps = {
  site: Site;
  back: { href: string; label: string };
  ends: readonly ShownOwnEnd[];
};

export const OwnEndsPage = ({ site, back, ends }: OwnEndsPageProps) => (
  <Layout site={site} title="When it ends" here="account" shape="wide">
    <p class="eyebrow">
      <a href={back.href}>{back.label}</a>
    </p>
    <h1>When it ends</h1>
    <p class="lead">
      All that is held about you, the next end first. What has ended is gone within the hour, and from copies
      as soon as those end.
    </p>
    {ends.length === 0 ? <p class="empty">Nothing is held.</p> : null}
    <ol class="rows">
      {ends.map((one) => (
        <li class="row">
          <div class="row-value">
            <a class="row-main" href={one.href}>
              {one.title}
              <span class="count">{one.count.toLocaleString("en-GB")}</span>
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

const Times = ({ first, last, waiting, end }: ShownOwnEnd) => {
  if (first === null) return <>{waiting > 0 ? "its time has not begun" : end.text}</>;
  return (
    <>
      {last === null || last === first ? (
        <When at={first} />
      ) : (
        <>
          from <When at={first} /> on, the last <When at={last} />
        </>
      )}
      {waiting > 0 ? `; of ${waiting.toLocaleString("en-GB")} the time has not begun` : null}
    </>
  );
};
