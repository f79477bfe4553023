// Keeps P4 and K5 in sight: which policy runs, whether the ledger's chain holds, and how each wall stands.
import { Layout, type Site } from "./layout.tsx";
import { CalendarDay, When } from "./parts/when.tsx";

export type Wall = { name: string; holds: boolean; about: string };

export type MailNow = { queued: number; failed: number; sends: boolean };

export type Copies = {
  last: { at: number; megabytes: number } | null;
  /** From when on there is a way back. */
  since: number | null;
  rehearsedAt: number | null;
  /** What somebody should look after, in plain words. */
  warnings: readonly string[];
};

export type Keys = {
  /** Keys that are moved, and of how many, while they are being re-wrapped. */
  rewrapping: { done: number; all: number } | null;
  rewrappedAt: number | null;
  /** The copy of the vault in its second place; null where none is named. */
  copy: { at: number | null; trouble: string | null } | null;
};

export type DeskPageProps = {
  site: Site;
  /** Pages that a role of the reader's may open. */
  places: readonly { path: string; label: string }[];
  /** Rows that should have ended more than an hour ago. */
  overdue: number;
  policy: { file: string; version: number; effective: string; digest: string; rules: number };
  ledger: {
    entries: number;
    /** Whether every entry follows from the one before and is signed; null while it is being gone through. */
    verifies: boolean | null;
    checkedAt: number | null;
    /** Number of the first entry that does not follow. */
    brokenAt?: number | undefined;
    /** The last that was published; null where none was yet. */
    checkpoint: { seq: number; at: number } | null;
  };
  walls: readonly Wall[];
  /** What somebody should look after on the machine, in plain words. */
  machine: readonly string[];
  /** Copies of the data; null where the owner of the database makes them. */
  copies: Copies | null;
  keys: Keys;
  /** How many mails wait, and how many were given up; whether there is a server. Null for whom it is no matter. */
  mail: MailNow | null;
};

export const DeskPage = ({
  site,
  places,
  overdue,
  policy,
  ledger,
  walls,
  machine,
  copies,
  keys,
  mail,
}: DeskPageProps) => (
  <Layout site={site} title="Desk" here="desk" shape="wide">
    <h1>Desk</h1>
    <nav class="places" aria-label="Desk">
      {places.map(({ path, label }) => (
        <a href={path}>{label}</a>
      ))}
    </nav>
    <div class="desk">
      <section class="card" aria-labelledby="policy">
        <h2 id="policy">The policy that runs</h2>
        <dl class="facts">
          <dt>Version</dt>
          <dd>
            <a href="/privacy">{policy.version}</a>, from <CalendarDay date={policy.effective} />
          </dd>
          <dt>File</dt>
          <dd>
            {places.some(({ path }) => path === "/desk/policy") ? (
              <a href="/desk/policy">
                <code>{policy.file}</code>
              </a>
            ) : (
              <code>{policy.file}</code>
            )}
          </dd>
          <dt>Rules</dt>
          <dd>{policy.rules}</dd>
          <dt>Digest</dt>
          <dd>
            <code class="digest">{policy.digest}</code>
          </dd>
        </dl>
      </section>
      <section class="card" aria-labelledby="ledger">
        <h2 id="ledger">The ledger</h2>
        <p class="figure">
          {ledger.entries.toLocaleString("en-GB")} <span>entries</span>
        </p>
        <p>
          <Chain ledger={ledger} />
        </p>
        <p>
          {ledger.checkpoint === null ? (
            "No checkpoint was published yet."
          ) : (
            <>
              Last checkpoint: entry {ledger.checkpoint.seq.toLocaleString("en-GB")},{" "}
              <When at={ledger.checkpoint.at} />
            </>
          )}
        </p>
        <p class="hint">
          Anyone with the public key can do the same: <code>npx upheld verify</code>
        </p>
      </section>
      <section class="card" aria-labelledby="walls">
        <h2 id="walls">The walls</h2>
        <ul class="rows">
          {walls.map(({ name, holds, about }) => (
            <li class="row">
              <span class="row-main">
                <State holds={holds}>{name}</State>
              </span>
              <span class="row-side">{about}</span>
            </li>
          ))}
        </ul>
      </section>
      <section class="card" aria-labelledby="machine">
        <h2 id="machine">This machine</h2>
        <Warnings of={machine} />
      </section>
      <section class="card" aria-labelledby="ends">
        <h2 id="ends">Ends</h2>
        <p>
          <State holds={overdue === 0}>
            {overdue === 0
              ? "Nothing is kept beyond its end"
              : `${overdue.toLocaleString("en-GB")} should have ended more than an hour ago`}
          </State>
        </p>
        <p>
          <a href="/desk/ends">What ends when</a>
        </p>
      </section>
      {copies ? <CopiesCard {...copies} /> : null}
      <KeysCard {...keys} />
      {mail ? <Mail {...mail} /> : null}
    </div>
  </Layout>
);

const Warnings = ({ of }: { of: readonly string[] }) => (
  <>
    {of.length === 0 ? (
      <p>
        <State holds>All is well</State>
      </p>
    ) : null}
    {of.map((warning) => (
      <p>
        <State holds={false}>{warning}</State>
      </p>
    ))}
  </>
);

const CopiesCard = ({ last, since, rehearsedAt, warnings }: Copies) => (
  <section class="card" aria-labelledby="copies">
    <h2 id="copies">Copies</h2>
    <Warnings of={warnings} />
    <dl class="facts">
      <dt>Last</dt>
      <dd>
        {last ? (
          <>
            <When at={last.at} />, {last.megabytes.toFixed(1)} MB
          </>
        ) : (
          "none yet"
        )}
      </dd>
      <dt>Back to</dt>
      <dd>{since === null ? "nowhere yet" : <When at={since} />}</dd>
      <dt>Rehearsed</dt>
      <dd>{rehearsedAt === null ? "never" : <When at={rehearsedAt} />}</dd>
    </dl>
  </section>
);

const noSecondPlace =
  "The keys lie in one place alone, and without them nothing opens. Name a second one with UPHELD_VAULT_COPY.";

const KeysCard = ({ rewrapping, rewrappedAt, copy }: Keys) => (
  <section class="card" aria-labelledby="keys">
    <h2 id="keys">Keys</h2>
    <p>
      <State holds={copy !== null && copy.trouble === null}>
        {copy === null ? noSecondPlace : (copy.trouble ?? "All is well")}
      </State>
    </p>
    <dl class="facts">
      {copy ? (
        <>
          <dt>Copied</dt>
          <dd>{copy.at === null ? "not since the start" : <When at={copy.at} />}</dd>
        </>
      ) : null}
      <dt>Re-wrapped</dt>
      <dd>
        {rewrapping ? (
          <>
            {rewrapping.done.toLocaleString("en")} of {rewrapping.all.toLocaleString("en")} so far
          </>
        ) : rewrappedAt === null ? (
          "never: nobody was erased yet"
        ) : (
          <When at={rewrappedAt} />
        )}
      </dd>
    </dl>
  </section>
);

const Mail = ({ queued, failed, sends }: MailNow) => (
  <section class="card" aria-labelledby="mail">
    <h2 id="mail">Mail</h2>
    <p>
      <State holds={failed === 0}>{failed === 0 ? "None was given up" : `${failed} given up`}</State>
    </p>
    <p>
      <a href="/desk/outbox">Outbox</a>: {queued} waiting
      {sends ? "." : ". No mail server is set, so nothing goes out."}
    </p>
  </section>
);

const Chain = ({ ledger }: { ledger: DeskPageProps["ledger"] }) => {
  if (ledger.verifies === null) return <>The chain is being gone through.</>;
  return (
    <>
      <State holds={ledger.verifies}>
        {ledger.verifies ? "The chain holds" : `The chain breaks at entry ${ledger.brokenAt ?? "unknown"}`}
      </State>
      {ledger.checkedAt === null ? null : (
        <span class="hint">
          {" "}
          gone through <When at={ledger.checkedAt} />
        </span>
      )}
    </>
  );
};

const State = ({ holds, children }: { holds: boolean; children: string }) => (
  <span class={holds ? "state holds" : "state broken"}>
    <span class="hush">{holds ? "Holds: " : "Broken: "}</span>
    {children}
  </span>
);
