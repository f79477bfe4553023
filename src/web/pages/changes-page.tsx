// Keeps P2 and C1: tells somebody with an account what a new version changes, and from when for them, and asks them to agree anew.
import { Layout, type Site } from "./layout.tsx";
import { WhatChanged, type WhatChangedProps } from "./parts/what-changed.tsx";
import { When } from "./parts/when.tsx";

export type ChangesPageProps = {
  site: Site;
  version: number;
  /** From when what is new holds for this person; null where it does already. */
  from: number | null;
  /** Names of the choices that need a new yes. */
  consents: readonly string[];
  changed: WhatChangedProps | undefined;
  documents: readonly { title: string; href: string; version: number }[];
  agreed: boolean;
};

export const ChangesPage = (props: ChangesPageProps) => {
  const { site, version, from, consents, changed, documents, agreed } = props;
  return (
    <Layout site={site} title="What is new in our privacy statement" here="account" shape="wide">
      <h1>Version {version} of our privacy statement</h1>
      <p class="lead">
        {from === null ? (
          "It holds for you already."
        ) : (
          <>
            What it allows anew begins for you on <When at={from} show="date" />. Until then the version that
            you know counts too.
          </>
        )}
      </p>
      {consents.length > 0 ? (
        <p class="card">
          Some of it needs your own yes, and stays off without it:{" "}
          <a href="/account/choices">{consents.join(", ")}</a>.
        </p>
      ) : null}
      <div class="held">
        {changed ? <WhatChanged {...changed} /> : null}
        <section class="card" aria-labelledby="agree-title">
          <h2 id="agree-title">Do you agree?</h2>
          {agreed ? (
            <p role="status">Thank you. Your agreement is on record, and on your account page.</p>
          ) : (
            <form method="post" action="/account/changes">
              <p>
                {documents.map((document, i) => (
                  <>
                    {i > 0 ? " and " : null}
                    <a href={document.href}>
                      {document.title}, version {document.version}
                    </a>
                  </>
                ))}
              </p>
              <button type="submit">I agree</button>
              <p class="hint">
                If you do not agree, you can <a href="/account">ask for the erasure of your account</a>.
              </p>
            </form>
          )}
        </section>
      </div>
    </Layout>
  );
};
