// Keeps T1 and C10 for the technician: one button opens a session; waiting, live and past ones stand below it.
import { Layout, type Site } from "./layout.tsx";
import { When, inWords } from "./parts/when.tsx";

export type ListedSession = {
  id: string;
  /** The room while it is open, the record afterwards. */
  href: string;
  openedAt: number;
  /** Length so far, or in the end, ms. */
  length: number;
  /** Names of those who are or were there, the technician left out. */
  people: readonly string[];
  /** The spoken code while the door is open. */
  code?: string | undefined;
};

export type ConsolePageProps = {
  site: Site;
  /** Where the button posts to. */
  action: string;
  waiting: readonly ListedSession[];
  live: readonly ListedSession[];
  past: readonly ListedSession[];
  /** Older past sessions, where there are more. */
  older?: string | undefined;
};

export const ConsolePage = ({ site, action, waiting, live, past, older }: ConsolePageProps) => (
  <Layout site={site} title="Console" here="console" shape="wide">
    <div class="heading">
      <h1>Your sessions</h1>
      <form method="post" action={action}>
        <button class="primary" type="submit">
          Open a session
        </button>
      </form>
    </div>
    {waiting.length + live.length === 0 ? (
      <p class="empty">No session is open. Open one, and tell its code to whoever needs you.</p>
    ) : (
      <div class="lanes">
        <Lane title="Live" name="live" sessions={live} none="Nobody is being helped right now." />
        <Lane title="Waiting" name="waiting" sessions={waiting} none="No room is waiting for its guest." />
      </div>
    )}
    <section aria-labelledby="past">
      <h2 id="past">Past</h2>
      {past.length === 0 ? (
        <p class="empty">What you end appears here, until its record ends too.</p>
      ) : (
        <ul class="rows">
          {past.map((session) => (
            <Row session={session} kind="past" />
          ))}
        </ul>
      )}
      {older ? (
        <p>
          <a href={older}>Older sessions</a>
        </p>
      ) : null}
    </section>
  </Layout>
);

type LaneProps = {
  title: string;
  name: "live" | "waiting";
  sessions: readonly ListedSession[];
  none: string;
};

const Lane = ({ title, name, sessions, none }: LaneProps) => (
  <section class={`lane ${name}`} aria-labelledby={name}>
    <h2 id={name}>
      {title} <span class="count">{sessions.length}</span>
    </h2>
    {sessions.length === 0 ? (
      <p class="hint">{none}</p>
    ) : (
      <ul class="rows">
        {sessions.map((session) => (
          <Row session={session} kind={name} />
        ))}
      </ul>
    )}
  </section>
);

const Row = ({ session, kind }: { session: ListedSession; kind: "live" | "waiting" | "past" }) => (
  <li class="row">
    <a class="row-main" href={session.href}>
      {session.people.length > 0 ? (
        <>
          <span class="hush">{kind === "past" ? "Record of the session with " : "Room with "}</span>
          <Names names={session.people} />
        </>
      ) : kind === "past" ? (
        "Nobody came"
      ) : (
        "Nobody there yet"
      )}
    </a>
    <span class="row-side">
      {session.code ? (
        <span class="code-tag">
          <span class="hush">Code </span>
          {session.code}
        </span>
      ) : null}
      <When at={session.openedAt} /> · {inWords(session.length)}
    </span>
  </li>
);

const Names = ({ names }: { names: readonly string[] }) => (
  <>
    {names.map((name, at) => (
      <>
        {at === 0 ? "" : at === names.length - 1 ? " and " : ", "}
        <bdi class="name">{name}</bdi>
      </>
    ))}
  </>
);
