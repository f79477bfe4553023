// Keeps K6 in sight of the staff: of each kind of data the rule, the next end, and how much is due when; counts alone.
import { Layout, type Site } from "./layout.tsx";
import { Clause } from "./parts/end.tsx";
import { When } from "./parts/when.tsx";

export type ShownUpcoming = {
  table: string;
  kinds: readonly string[];
  rule: string;
  /** The rule's name in the policy file. */
  clause: string;
  /** For those who are still under an earlier version, whose end is sooner. */
  earlier: boolean;
  next: number | null;
  overdue: number;
  day: number;
  week: number;
  month: number;
  /** The counts are of the soonest alone: there are more. */
  more: boolean;
};

export type EndsPageProps = { site: Site; ends: readonly ShownUpcoming[]; most: number };

export const EndsPage = ({ site, ends, most }: EndsPageProps) => {
  const overdue = ends.reduce((sum, one) => sum + one.overdue, 0);
  return (
    <Layout site={site} title="What ends when" here="desk" shape="wide">
      <p class="eyebrow">
        <a href="/desk">Desk</a>
      </p>
      <h1>What ends when</h1>
      <p class="lead">
        Everything that ends by a time of its own, the next first. What has ended is gone within the hour.
        What is kept while an account is open ends with the account, and is not listed here.
      </p>
      <p>
        <span class={overdue === 0 ? "state holds" : "state broken"}>
          {overdue === 0
            ? "Nothing is kept beyond its end"
            : `${overdue.toLocaleString("en-GB")} should have ended more than an hour ago`}
        </span>
      </p>
      <div class="scroll" tabindex={0} role="region" aria-label="What ends when">
        <table>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Kept</th>
              <th scope="col">Next end</th>
              <th scope="col">Overdue</th>
              <th scope="col">In a day</th>
              <th scope="col">In 7 days</th>
              <th scope="col">In 30 days</th>
            </tr>
          </thead>
          <tbody>
            {ends.map((one) => (
              <Row {...one} />
            ))}
          </tbody>
        </table>
      </div>
      {ends.some(({ more }) => more) ? (
        <p class="hint">+ The soonest {most.toLocaleString("en-GB")} were counted; there are more.</p>
      ) : null}
    </Layout>
  );
};

const Row = ({ table, kinds, rule, clause, earlier, next, overdue, more, ...due }: ShownUpcoming) => (
  <tr>
    <th scope="row">
      {kinds.join(", ")}
      <br />
      <code>{table}</code>
      {earlier ? <span class="tag">under an earlier version</span> : null}
    </th>
    <td>
      {rule} <Clause id={clause} />
    </td>
    <td>{next === null ? "none yet" : <When at={next} />}</td>
    <td>{overdue === 0 ? 0 : <span class="state broken">{overdue.toLocaleString("en-GB")}</span>}</td>
    {[due.day, due.week, due.month].map((count) => (
      <td>
        {count.toLocaleString("en-GB")}
        {more ? "+" : ""}
      </td>
    ))}
  </tr>
);
