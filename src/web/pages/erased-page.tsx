// Keeps R4 where no account is left: says to whoever holds the link what became of an erasure.
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

const titles: Readonly<Record<ErasedPageProps["state"], string>> = {
  open: "Your account is closed",
  running: "Your data is being erased",
  done: "Your data was erased",
  refused: "This erasure was refused",
  "taken-back": "This erasure was taken back",
};

export const ErasedPage = ({ site, state, askedAt, due, doneAt, receipt }: ErasedPageProps) => (
  <Layout site={site} title={titles[state]}>
    <div class="narrow">
      <h1>{titles[state]}</h1>
      <dl class="facts">
        <dt>Asked for</dt>
        <dd>
          <When at={askedAt} />
        </dd>
        <dt>Due</dt>
        <dd>
          <DueAt due={due} />
        </dd>
        {doneAt === null ? null : (
          <>
            <dt>{state === "done" ? "Done" : "Closed"}</dt>
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

const Open = () => (
  <>
    <p>
      Nothing about you is used any more. Until the day you can take the request back: sign in, and you are
      led to the page that does it.
    </p>
    <p class="actions">
      <a class="button primary" href="/sign-in?next=/account/erasure">
        Sign in to take it back
      </a>
    </p>
    <p class="hint">
      Keep the address of this page. When your data is gone, the receipt stands here, and nothing else can
      lead you to it.
    </p>
  </>
);

const Receipt = ({ file, erased, kept }: ShownReceipt) => (
  <section class="card" aria-labelledby="receipt">
    <h2 id="receipt">The receipt</h2>
    <ul class="rows">
      {erased.map(({ what, records }) => (
        <li class="row">
          <span class="row-main">{what.join(", ")}</span>
          <span class="row-side">
            {records} {records === 1 ? "record" : "records"}
          </span>
        </li>
      ))}
    </ul>
    {kept.length > 0 ? (
      <>
        <h3>Kept, since a law says so</h3>
        <ul class="rows">
          {kept.map(({ what, records, law, days }) => (
            <li class="row">
              <span class="row-main">{what.join(", ")}</span>
              <span class="row-side">
                {records} {records === 1 ? "record" : "records"}, sealed: {law}
                {days === null ? null : `, for ${inYears(days)}`}
              </span>
            </li>
          ))}
        </ul>
      </>
    ) : null}
    <p class="actions">
      <a class="button" href={file} download="erasure-receipt.json">
        Download it, signed
      </a>
    </p>
    <p class="hint">
      Anyone with our public key can check it: <code>npx upheld verify --receipt FILE</code>
    </p>
  </section>
);
