// Keeps D1 and K3 in sight: what waits to go out by mail, went, or could not, with its text only behind a look that is recorded.
import { mailStates, type MailState } from "../../share/outbox.ts";
import { Layout, type Site } from "./layout.tsx";
import { When } from "./parts/when.tsx";

export type ShownMail = {
  id: string;
  /** Name of the template. */
  kind: string;
  /** What it is written for, as the policy names it. */
  purpose: string;
  state: MailState;
  dueAt: number;
  nextTryAt: number;
  sentAt: number | null;
  tried: number;
  why: string | null;
};

export type OutboxPageProps = {
  site: Site;
  /** Whether a mail server is set. */
  sends: boolean;
  state: MailState;
  counts: Readonly<Record<MailState, number>>;
  mails: readonly ShownMail[];
};

const stateWords: Readonly<Record<MailState, { name: string; none: string }>> = {
  queued: { name: "Waiting", none: "Nothing waits to go out." },
  failed: { name: "Given up", none: "No mail was given up." },
  refused: { name: "Refused by the policy", none: "The policy refused none that was in line." },
  sent: { name: "Sent", none: "Nothing was sent yet, or what was sent has ended." },
};

const isCode = (why: string, digit: string): boolean => new RegExp(` ${digit}\\d\\d$`).test(why);

/** What a code of the last try comes to. */
const reasonOf = (why: string): string => {
  if (why.startsWith("EAUTH")) return "The mail server did not accept our name and password.";
  if (isCode(why, "4")) return "The mail server asks to try again later.";
  if (isCode(why, "5")) return "The mail server refused it.";
  return "The mail server could not be reached.";
};

export const Attempts = ({ state, tried, why, nextTryAt }: ShownMail) => (
  <>
    {tried === 0 ? "not tried yet" : tried === 1 ? "tried once" : `tried ${tried} times`}
    {state === "queued" && tried > 0 ? (
      <>
        , again <When at={nextTryAt} />
      </>
    ) : null}
    {why === null ? null : state === "refused" ? (
      <>
        . No rule lets it go any more (<code>{why}</code>).
      </>
    ) : (
      <>
        . {reasonOf(why)} (<code>{why}</code>)
      </>
    )}
  </>
);

export const OutboxPage = ({ site, sends, state, counts, mails }: OutboxPageProps) => (
  <Layout site={site} title="Outbox" here="desk" shape="wide">
    <p class="eyebrow">
      <a href="/desk">Desk</a>
    </p>
    <h1>Outbox</h1>
    {sends ? null : (
      <p class="lead">
        No mail server is set, so nothing goes out. Set <code>SMTP_URL</code> and start again: what waits here
        is sent then.
      </p>
    )}
    <nav class="tabs" aria-label="Mails">
      {mailStates.map((one) => (
        <a href={`/desk/outbox?state=${one}`} aria-current={one === state ? "page" : undefined}>
          {stateWords[one].name} <span class="count">{counts[one]}</span>
        </a>
      ))}
    </nav>
    {state === "sent" ? null : (
      <p class="hint">
        To whom a mail goes and what it says is sealed. Opening it is a look at that person’s data, and is
        recorded. A link in it may open their account: open one only to help that person.
      </p>
    )}
    <section class="card" aria-label={stateWords[state].name}>
      {mails.length === 0 ? <p class="empty">{stateWords[state].none}</p> : null}
      <ul class="rows">
        {mails.map((mail) => (
          <Mail {...mail} />
        ))}
      </ul>
      {mails.length < counts[state] ? (
        <p class="hint">
          The newest {mails.length} of {counts[state]} are shown.
        </p>
      ) : null}
    </section>
  </Layout>
);

const Mail = (mail: ShownMail) => {
  const { id, kind, purpose, state, dueAt, sentAt } = mail;
  const name = kind.replaceAll("-", " ");
  return (
    <li class="mail">
      <span class="row-main">
        {name} <span class="tag">{purpose}</span>
      </span>
      <span class="row-side">
        {sentAt === null ? (
          <>
            due <When at={dueAt} />
          </>
        ) : (
          <>
            sent <When at={sentAt} />
          </>
        )}
        {", "}
        <Attempts {...mail} />
      </span>
      {state === "sent" ? null : (
        <span class="row-actions">
          <a href={`/desk/outbox/${id}`}>
            Open and record the look<span class="hush">: {name}</span>
          </a>
          {state === "failed" ? <Retry id={id} name={name} /> : null}
        </span>
      )}
    </li>
  );
};

export const Retry = ({ id, name }: { id: string; name: string }) => (
  <form method="post" action={`/desk/outbox/${id}/retry`}>
    <button type="submit">
      Try again<span class="hush">: {name}</span>
    </button>
  </form>
);
