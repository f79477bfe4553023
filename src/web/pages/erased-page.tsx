// Keeps R4 where no account is left: says to whoever holds the link what became of an erasure.
import { mostCounted } from "../../review/receipt.ts";
import { readingOf, useReading } from "../reading.ts";
import { Layout, type Site } from "./layout.tsx";
import { DueAt, inYears, type ShownDue } from "./parts/due.tsx";
import { When } from "./parts/when.tsx";

export type ErasedPageProps = {
  site: Site;
  state: "open" | "running" | "done" | "refused" | "taken-back";
  askedAt: number;
  due: ShownDue;
  doneAt: number | null;
  receipt: ShownReceipt | null;
};

export type ShownReceipt = {
  /** Where it can be downloaded. */
  file: string;
  erased: readonly { what: readonly string[]; records: number }[];
  kept: readonly { what: readonly string[]; records: number; law: string; days: number | null }[];
};

export const ErasedPage = ({ site, state, askedAt, due, doneAt, receipt }: ErasedPageProps) => {
  const { erased } = readingOf(site).words;
  return (
    <Layout site={site} title={erased.titles[state]}>
      <div class="narrow">
        <h1>{erased.titles[state]}</h1>
        <dl class="facts">
          <dt>{erased.asked}</dt>
          <dd>
            <When at={askedAt} />
          </dd>
          <dt>{erased.due}</dt>
          <dd>
            <DueAt due={due} />
          </dd>
          {doneAt === null ? null : (
            <>
              <dt>{state === "done" ? erased.done : erased.closed}</dt>
              <dd>
                <When at={doneAt} />
              </dd>
            </>
          )}
        </dl>
        {state === "open" ? <Open /> : null}
        {receipt ? <Receipt {...receipt} /> : null}
      </div>
    </Layout>
  );
};

const Open = () => {
  const { words, to } = useReading();
  const { erased } = words;
  return (
    <>
      <p>{erased.open}</p>
      <p class="actions">
        <a class="button primary" href={to("/sign-in?next=/account/erasure")}>
          {erased.signIn}
        </a>
      </p>
      <p class="hint">{erased.keep}</p>
    </>
  );
};

const Receipt = ({ file, erased, kept }: ShownReceipt) => {
  const { words } = useReading();
  const said = words.erased;
  const records = (count: number): string => {
    const text = said.records(count, count.toLocaleString(words.locale));
    return count < mostCounted ? text : said.orMore(text);
  };
  return (
    <section class="card" aria-labelledby="receipt">
      <h2 id="receipt">{said.receipt}</h2>
      <ul class="rows">
        {erased.map((one) => (
          <li class="row">
            <span class="row-main">{one.what.join(", ")}</span>
            <span class="row-side">{records(one.records)}</span>
          </li>
        ))}
      </ul>
      {kept.length > 0 ? (
        <>
          <h3>{said.kept}</h3>
          <ul class="rows">
            {kept.map(({ what, law, days, ...one }) => (
              <li class="row">
                <span class="row-main">{what.join(", ")}</span>
                <span class="row-side">
                  {said.sealed(records(one.records), law, days === null ? null : inYears(days, said))}
                </span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <p class="actions">
        <a class="button" href={file} download="erasure-receipt.json">
          {said.download}
        </a>
      </p>
      <p class="hint">{said.check(<code>npx upheld verify --receipt FILE</code>)}</p>
    </section>
  );
};
