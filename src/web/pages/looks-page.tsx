// Keeps K3 in sight of the officer: who of the staff looked at people's data, where and how often.
import { Layout, type Site } from "./layout.tsx";
import { When } from "./parts/when.tsx";

type Who = { staff: string; name: string | null; role: string; page: string };

export type LooksPageProps = {
  site: Site;
  action: string;
  days: number;
  sums: readonly (Who & { looks: number; people: number; last: number })[];
  rows: readonly (Who & { at: number; categories: readonly string[] })[];
  /** The one of the staff whose looks are listed; null where all are. */
  only: string | null;
  before: string | null;
  after: string | null;
};

const Name = ({ name }: { name: string | null }) =>
  name === null ? <i class="empty">name not shown, or gone</i> : <bdi>{name}</bdi>;

export const LooksPage = ({ site, action, days, sums, rows, only, before, after }: LooksPageProps) => (
  <Layout site={site} title="Looks" here="desk" shape="wide">
    <p class="eyebrow">
      <a href="/desk">Desk</a>
    </p>
    <h1>Looks</h1>
    <p class="lead">
      Each time that one of the staff looked at somebody's data. Whoever was looked at reads the same on their
      own page; who that was does not stand here.
    </p>
    <div class="held">
      <section class="card" aria-labelledby="sums">
        <h2 id="sums">The last {days} days, by who looked and where</h2>
        {sums.length === 0 ? <p class="empty">Nobody looked at anything.</p> : null}
        <ul class="rows">
          {sums.map(({ staff, name, role, page, looks, people, last }) => (
            <li class="row">
              <span class="row-main">
                <a href={`${action}?staff=${staff}#each`}>
                  <Name name={name} />
                </a>{" "}
                <span class="tag">{role}</span> <code>{page}</code>
              </span>
              <span class="row-side">
                {looks.toLocaleString("en-GB")} {looks === 1 ? "look" : "looks"} at{" "}
                {people.toLocaleString("en-GB")} {people === 1 ? "person" : "people"}, last <When at={last} />
              </span>
            </li>
          ))}
        </ul>
      </section>
      <section class="card" aria-labelledby="each">
        <h2 id="each">Each look, the newest first</h2>
        {only === null ? null : (
          <p>
            Of one of the staff alone. <a href={`${action}#each`}>Show everybody's</a>
          </p>
        )}
        {rows.length === 0 ? <p class="empty">There is none.</p> : null}
        <ol class="rows">
          {rows.map(({ name, role, page, at, categories }) => (
            <li class="row">
              <span class="row-main">
                <Name name={name} /> <span class="tag">{role}</span> <code>{page}</code>
                <span class="hint"> {categories.join(", ")}</span>
              </span>
              <span class="row-side">
                <When at={at} />
              </span>
            </li>
          ))}
        </ol>
        {before === null && after === null ? null : (
          <nav class="pager" aria-label="Pages">
            {before === null ? null : (
              <a class="button" rel="prev" href={before}>
                Back
              </a>
            )}
            {after === null ? null : (
              <a class="button" rel="next" href={after}>
                On
              </a>
            )}
          </nav>
        )}
      </section>
    </div>
  </Layout>
);
