// Keeps C10: the record that a session leaves, each part with the clause that keeps it and its end, and nothing beyond it.
import { Layout, type Site } from "./layout.tsx";
import { End, type Ending } from "./parts/end.tsx";
import { LogLines, type LoggedMessage } from "./parts/log-lines.tsx";
import { When, inWords } from "./parts/when.tsx";

export type Participant = {
  name: string;
  role: "technician" | "guest";
  joinedAt: number;
  leftAt: number | null;
  /** The address they came from; null once it has ended. */
  address: string | null;
  /** Leads to where it is told that this is a child; null where that makes no sense. */
  child?: string | null;
};

export type RecordPageProps = {
  site: Site;
  technician: string;
  openedAt: number;
  /** null while it still runs. */
  endedAt: number | null;
  participants: readonly Participant[];
  /** Features used, in words. */
  features: readonly string[];
  messages: readonly LoggedMessage[];
  /** The reader's own participant id, whose messages stand on the right. */
  mine: string | null;
  /** The end of each part, from the policy; `facts` are start, length, features. */
  ends: { facts: Ending; participants: Ending; addresses: Ending; log: Ending };
};

export const RecordPage = (props: RecordPageProps) => (
  <Layout site={props.site} title="Record of a session" here="console" shape="wide">
    <p class="eyebrow">Record of a session</p>
    <h1>
      <When at={props.openedAt} />
    </h1>
    <div class="record">
      <div class="record-facts">
        <Facts {...props} />
        <People {...props} />
      </div>
      <section class="record-log" aria-labelledby="chat">
        <div class="part-head">
          <h2 id="chat">Chat log</h2>
          <End end={props.ends.log} />
        </div>
        {props.messages.length === 0 ? (
          <p class="empty">Nothing was written, or what was written has ended.</p>
        ) : (
          <LogLines messages={props.messages} mine={props.mine} />
        )}
      </section>
    </div>
  </Layout>
);

const Facts = ({ technician, openedAt, endedAt, participants, features, ends }: RecordPageProps) => (
  <section aria-labelledby="facts">
    <div class="part-head">
      <h2 id="facts">The session</h2>
      <End end={ends.facts} />
    </div>
    <dl class="facts">
      <dt>Technician</dt>
      <dd>
        <bdi class="name">{technician}</bdi>
      </dd>
      <dt>Start</dt>
      <dd>
        <When at={openedAt} />
      </dd>
      <dt>Length</dt>
      <dd>{endedAt === null ? "still open" : inWords(endedAt - openedAt)}</dd>
      <dt>Participants</dt>
      <dd>{participants.length}</dd>
      <dt>Features used</dt>
      <dd>{features.length > 0 ? features.join(", ") : "none"}</dd>
    </dl>
  </section>
);

const People = ({ participants, ends }: RecordPageProps) => (
  <section aria-labelledby="participants">
    <div class="part-head">
      <h2 id="participants">Who was there</h2>
      <End end={ends.participants} />
    </div>
    <ul class="rows">
      {participants.map(({ name, role, joinedAt, leftAt, address, child }) => (
        <li class="row">
          <span class="row-main">
            <bdi class="name">{name}</bdi> <span class="hint">{role}</span>
          </span>
          <span class="row-side">
            <When at={joinedAt} show="time" />
            {leftAt === null ? null : (
              <>
                {" to "}
                <When at={leftAt} show="time" />
              </>
            )}
          </span>
          <span class="row-side">
            {address === null ? (
              "address has ended"
            ) : (
              <>
                from <code>{address}</code>
              </>
            )}
          </span>
          {child ? (
            <a class="row-side" href={child}>
              This is a child<span class="hush">: {name}</span>
            </a>
          ) : null}
        </li>
      ))}
    </ul>
    <p class="hint">
      Addresses: <End end={ends.addresses} />
    </p>
  </section>
);
