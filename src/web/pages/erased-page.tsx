// Keeps R4 where no account is left: says to whoever holds the link what became of an erasure.
import { Layout, type Site } from "./layout.tsx";
import { DueAt, type ShownDue } from "./parts/due.tsx";
import { When } from "./parts/when.tsx";

export type ErasedPageProps = {
  site: Site;
  state: "open" | "running" | "done" | "refused" | "taken-back";
  askedAt: number;
  due: ShownDue;
  doneAt: number | null;
};

const titles: Readonly<Record<ErasedPageProps["state"], string>> = {
  open: "Your account is closed",
  running: "Your data is being erased",
  done: "Your data was erased",
  refused: "This erasure was refused",
  "taken-back": "This erasure was taken back",
};

export const ErasedPage = ({ site, state, askedAt, due, doneAt }: ErasedPageProps) => (
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
