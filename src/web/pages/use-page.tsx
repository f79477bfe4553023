// Keeps R3 where it is read: the switch that forbids every use but keeping, with what stops and what the law lets go on.
import { readingOf, useReading } from "../reading.ts";
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

export const UsePage = (props: UsePageProps) => {
  const { words, to } = readingOf(props.site);
  const { site, action, since } = props;
  const by = props.ofAccount ? "account" : "link";
  const { use } = words;
  return (
    <Layout site={site} title={use.title} here="account">
      <div class="narrow">
        <h1>{use.title}</h1>
        <p class="lead">
          {since === null
            ? use.lead(<Clause id="rights-restrict" />)
            : use.restricted((text) => <span class="state holds">{text}</span>, <When at={since} />)}
        </p>
        <What {...props} />
        <form class="stack" method="post" action={to(action)}>
          <input type="hidden" name="act" value={since === null ? "restrict" : "lift"} />
          <button class="primary" type="submit">
            {since === null ? use.restrict : use.lift}
          </button>
        </form>
        <p>
          <a href={to(props.back)}>{use.back[by]}</a>
        </p>
      </div>
    </Layout>
  );
};

const What = ({ since, stops, goesOn }: UsePageProps) => {
  const { use } = useReading().words;
  const stopping = since === null ? use.wouldStop : use.hasStopped;
  return (
    <section class="card" aria-labelledby="stops">
      <h2 id="stops">{stopping.title}</h2>
      <p>{stopping.lead}</p>
      <Purposes abouts={stops} />
      <p class="hint">{use.seats}</p>
      <h2>{use.goesOn.title}</h2>
      <p>{use.goesOn.lead}</p>
      <Purposes abouts={goesOn} />
    </section>
  );
};

const Purposes = ({ abouts }: { abouts: readonly string[] }) => (
  <ul>
    {abouts.map((about) => (
      <li>{about}</li>
    ))}
  </ul>
);
