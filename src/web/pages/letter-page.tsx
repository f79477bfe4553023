// Keeps K3: one mail that did not go out, opened by a look that the policy allows and the ledger records.
import { Layout, type Site } from "./layout.tsx";
import { Attempts, Retry, type ShownMail } from "./outbox-page.tsx";
import { When } from "./parts/when.tsx";

export type LetterPageProps = {
  site: Site;
  mail: ShownMail;
  to: string;
  title: string;
  text: string;
};

export const LetterPage = ({ site, mail, to, title, text }: LetterPageProps) => (
  <Layout site={site} title="A mail in the outbox" here="desk">
    <p class="eyebrow">
      <a href={`/desk/outbox?state=${mail.state}`}>Outbox</a>
    </p>
    <h1>
      <bdi class="name">{title}</bdi>
    </h1>
    <p class="hint">This look is recorded.</p>
    <dl class="facts">
      <dt>To</dt>
      <dd>
        <bdi class="name">{to}</bdi>
      </dd>
      <dt>Due</dt>
      <dd>
        <When at={mail.dueAt} />
      </dd>
      <dt>Tries</dt>
      <dd>
        <Attempts {...mail} />
      </dd>
    </dl>
    <section class="card" aria-label="What it says">
      <p class="text letter" dir="auto">
        {text}
      </p>
    </section>
    {mail.state === "failed" ? (
      <div class="actions">
        <Retry id={mail.id} name={mail.kind.replaceAll("-", " ")} />
      </div>
    ) : null}
  </Layout>
);
