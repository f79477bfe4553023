// Keeps C11 at the desk: reports that somebody is a child, each with the two answers that there are.
import { Layout, type Site } from "./layout.tsx";
import { Field } from "./parts/field.tsx";
import { When } from "./parts/when.tsx";

export type ChildrenPageProps = {
  site: Site;
  reports: readonly { id: string; name: string | null; place: string; reportedAt: number; words: string }[];
  /** The user name as it was typed. */
  typed: string;
  error?: string | undefined;
};

export const ChildrenPage = ({ site, reports, typed, error }: ChildrenPageProps) => (
  <Layout site={site} title="Reports of a child" here="desk" shape="wide">
    <h1>Reports of a child</h1>
    <p class="lead">
      What turns out to be a child's is erased at once, without the delay that an erasure else has, and cannot
      be taken back. Whoever is shown here can see that they were looked at.
    </p>
    <div class="held">
      <section class="card" aria-labelledby="reports">
        <h2 id="reports">Waiting for an answer</h2>
        {reports.length === 0 ? <p class="empty">Nobody was reported.</p> : null}
        <ul class="rows">
          {reports.map(({ id, name, place, reportedAt, words }) => (
            <li class="row request">
              <span class="row-main">
                {name === null ? <i class="empty">a guest, or name not shown</i> : <bdi>{name}</bdi>}
              </span>
              <span class="row-side">
                reported <When at={reportedAt} />, {place}
              </span>
              {words ? (
                <p>
                  <bdi>{words}</bdi>
                </p>
              ) : null}
              <form method="post" action="/desk/children/decide" class="answers">
                <input type="hidden" name="id" value={id} />
                <button class="danger" type="submit" name="answer" value="yes">
                  It is a child: erase at once<span class="hush">: {name ?? id}</span>
                </button>
                <button class="quiet" type="submit" name="answer" value="no">
                  It is not<span class="hush">: {name ?? id}</span>
                </button>
              </form>
            </li>
          ))}
        </ul>
      </section>
      <section class="card" aria-labelledby="report">
        <h2 id="report">Somebody told you of one</h2>
        <form method="post" action="/desk/children" class="stack">
          <Field
            id="user-name"
            label="User name"
            type="text"
            required
            value={typed}
            error={error}
            autocomplete="off"
            max={200}
          />
          <button type="submit">Put it on the list</button>
        </form>
      </section>
    </div>
  </Layout>
);
