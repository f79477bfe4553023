// Keeps R2 and D3 at the desk: who has an old value and is owed word of it, and the button that says that they have it.
import { Layout, type Site } from "./layout.tsx";
import { When } from "./parts/when.tsx";

export type ShownTelling = {
  id: string;
  recipient: string;
  /** Kinds of data, in the policy's words. */
  about: readonly string[];
  /** Null where the reader's role may not see it, or there is none. */
  name: string | null;
  owedAt: number;
};

export const TellingsPage = ({ site, tellings }: { site: Site; tellings: readonly ShownTelling[] }) => (
  <Layout site={site} title="Recipients to tell" here="desk" shape="wide">
    <h1>Recipients to tell</h1>
    <p class="lead">
      People have corrected what these recipients got from us. Tell each of them by the way that your
      agreement names, then say so here: the person can read it.
    </p>
    <section class="card" aria-labelledby="owed">
      <h2 id="owed">Owed</h2>
      {tellings.length === 0 ? <p class="empty">Everybody has been told.</p> : null}
      <ul class="rows">
        {tellings.map(({ id, recipient, about, name, owedAt }) => (
          <li class="row request">
            <span class="row-main">
              {recipient}: {about.join(", ")}
            </span>
            <span class="row-side">
              of {name === null ? <i class="empty">a guest, or name not shown</i> : <bdi>{name}</bdi>}, since{" "}
              <When at={owedAt} show="date" />
            </span>
            <form method="post" action="/desk/tellings">
              <input type="hidden" name="id" value={id} />
              <button type="submit">
                Has been told
                <span class="hush">
                  : {recipient}, {name ?? id}
                </span>
              </button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  </Layout>
);
