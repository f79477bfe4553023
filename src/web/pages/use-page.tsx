// Keeps R3 where it is read: the switch that forbids every use but keeping, with what stops and what the law lets go on.
import { Layout, type Site } from "./layout.tsx";
import { Clause } from "./parts/end.tsx";
import { When } from "./parts/when.tsx";

export type UsePageProps = {
  site: Site;
  action: string;
  /** False for whoever came by a link of their own. */
  ofAccount: boolean;
  /** Where the reader came from. */
  back: string;
  /** Since when the use is restricted (ms); null when it is not. */
  since: number | null;
  /** Purposes in the policy's words, as they stand after "to". */
  stops: readonly string[];
  goesOn: readonly string[];
};

export const UsePage = ({ site, action, ofAccount, back, since, stops, goesOn }: UsePageProps) => (
  <Layout site={site} title="Use of your data" here="account">
    <div class="narrow">
      <h1>Use of your data</h1>
      {since === null ? (
        <p class="lead">
          You can tell us to keep your data and to use it for nothing. It holds from that moment, and until
          you lift it <Clause id="rights-restrict" />.
        </p>
      ) : (
        <p class="lead">
          <span class="state holds">Restricted</span> since <When at={since} />. We keep your data, and use it
          for nothing but what is said below.
        </p>
      )}
      <section class="card" aria-labelledby="stops">
        <h2 id="stops">{since === null ? "What would stop" : "What has stopped"}</h2>
        <p>We {since === null ? "would no longer" : "do not"} use your data to:</p>
        <ul>
          {stops.map((about) => (
            <li>{about}</li>
          ))}
        </ul>
        <p class="hint">
          A session that you hold ends, and in one that you take part in your seat does. What you wrote is not
          shown to the others for as long as the restriction lasts.
        </p>
        <h2>What goes on</h2>
        <ul>
          {goesOn.map((about) => (
            <li>{about}</li>
          ))}
        </ul>
      </section>
      <form method="post" action={action}>
        <input type="hidden" name="act" value={since === null ? "restrict" : "lift"} />
        <button class="primary" type="submit">
          {since === null ? "Restrict the use" : "Lift the restriction"}
        </button>
      </form>
      <p>
        <a href={back}>{ofAccount ? "Back to your account" : "Back to what is held"}</a>
      </p>
    </div>
  </Layout>
);
