// Keeps T1, T2 and T3's place: the live room's shell, the same for technician and guest; a module fills the log.
import type { Person, Role } from "../../session/live/frames.ts";
import { Layout, type Site } from "./layout.tsx";
import { KeptList, type Kept } from "./parts/end.tsx";
import { InvitePanel, type InviteProps } from "./parts/invite-panel.tsx";
import { Composer, Dialogs, EndedBanner, Typing } from "./parts/room-talk.tsx";
import { Mark } from "./parts/mark.tsx";
import { When } from "./parts/when.tsx";

export type RoomPageProps = {
  site: Site;
  session: { id: string; state: "waiting" | "live" | "ended"; openedAt: number };
  /** Path of the websocket on this site. */
  live: string;
  me: { id: string; role: Role };
  technician: string;
  people: readonly Person[];
  /** What is recorded, each with its end: it stays in sight while it is being recorded. */
  notice: readonly Kept[];
  /** For the technician alone. */
  invite?: InviteProps | undefined;
  /** A guest's own page of what is kept of them, to take along. */
  personalPage?: string | undefined;
  leaveAction: string;
  /** For the technician alone. */
  endAction?: string | undefined;
  /** Where to go once the session has ended. */
  after: { href: string; label: string };
};

export const RoomPage = (props: RoomPageProps) => {
  const { site, session, live, me, technician, invite } = props;
  const title = me.role === "technician" ? "Your session" : `Session with ${technician}`;
  return (
    <Layout
      site={site}
      title={title}
      shape="room"
      scripts={["/assets/web/client/room.js"]}
      bar={<Bar {...props} />}
    >
      <div
        id="room"
        class="room-grid"
        data-live={live}
        data-session={session.id}
        data-me={me.id}
        data-role={me.role}
        data-state={session.state}
      >
        <section class="talk" aria-label="Conversation">
          <noscript>
            <div class="card calm noscript">
              <h2>Talking needs script</h2>
              <p>
                The conversation runs in your browser, which does not run this site's own script. Nothing you
                would write can be sent; you can still leave here, and what was said is in the record.
              </p>
            </div>
          </noscript>
          {invite ? (
            <div class="waiting-for">
              <InvitePanel invite={invite} place="door" />
            </div>
          ) : null}
          <div class="log" id="log" role="log" aria-live="off" aria-label="Messages" tabindex={0}>
            <ol id="messages"></ol>
          </div>
          <Typing />
          <Composer />
          <EndedBanner after={props.after} />
        </section>
        <Side {...props} />
      </div>
      <Dialogs ends={props.endAction !== undefined} />
    </Layout>
  );
};

const Bar = ({ site, me, technician, session, leaveAction, endAction }: RoomPageProps) => (
  <header class="room-bar">
    <span class="brand">
      <Mark />
      <span class="hush">{site.name}</span>
    </span>
    <div class="room-title">
      <h1>
        {me.role === "technician" ? (
          "Your session"
        ) : (
          <>
            <span class="hush">Session with </span>
            <bdi class="name">{technician}</bdi>
          </>
        )}
      </h1>
      <p class="link-state" id="link" role="status" data-link="connecting">
        <span id="link-words">{session.state === "ended" ? "Ended" : "Connecting …"}</span>
      </p>
    </div>
    <div class="room-acts">
      <button class="side-button" type="button" popovertarget="side">
        <span id="here-count" class="count">
          {session.state === "ended" ? 0 : 1}
        </span>{" "}
        <span>Details</span>
      </button>
      {endAction ? null : (
        <form method="post" action={leaveAction} data-asks="leave-dialog">
          <button type="submit">Leave</button>
        </form>
      )}
      {endAction ? (
        <form method="post" action={endAction} data-asks="end-dialog">
          <button class="danger" type="submit">
            End <span class="wide-only">for everybody</span>
          </button>
        </form>
      ) : null}
    </div>
  </header>
);

const PersonalPage = ({ href }: { href: string }) => (
  <section aria-labelledby="personal">
    <h2 id="personal">Your own page</h2>
    <p class="hint" id="personal-hint">
      It shows what is kept of you, also after the session, until that has ended. Take its address along, and
      keep it to yourself.
    </p>
    <div class="field">
      <label for="personal-link">Its address</label>
      <div class="copy">
        <input
          id="personal-link"
          type="text"
          readonly
          value={href}
          aria-describedby="personal-hint"
          data-copy
        />
        <button type="button" data-copies="personal-link" hidden>
          Copy
        </button>
      </div>
    </div>
    <p>
      <a href={href} target="_blank" rel="noopener">
        Open it beside this one
      </a>
    </p>
  </section>
);

const Side = (props: RoomPageProps) => {
  const { site, session, people, me, notice, invite, personalPage, leaveAction, endAction } = props;
  return (
    <aside class="side" id="side" popover="auto" aria-label="About this session">
      <button class="side-close quiet" type="button" popovertarget="side" popovertargetaction="hide">
        Close
      </button>
      <section aria-labelledby="people-title">
        <h2 id="people-title">Who is here</h2>
        <ul class="people" id="people">
          {people.map((person) => (
            <li class={person.here ? "here" : "gone"}>
              <bdi class="name">{person.name}</bdi>
              <span class="hint">
                {person.role === "technician" ? "technician" : "guest"}
                {person.id === me.id ? ", you" : ""}
                {person.here ? "" : ", left"}
              </span>
            </li>
          ))}
        </ul>
        <p class="hint">
          Open since <When at={session.openedAt} show="time" />
        </p>
      </section>
      {invite ? <InvitePanel invite={invite} place="side" /> : null}
      <section aria-labelledby="recorded">
        <h2 id="recorded">Being recorded</h2>
        <KeptList kept={notice} />
        <p class="hint">
          <a href="/privacy" target="_blank" rel="noopener">
            Privacy policy, version {site.policyVersion}
          </a>
          {" · "}
          <a href="/terms" target="_blank" rel="noopener">
            Terms
          </a>
        </p>
      </section>
      {personalPage ? <PersonalPage href={personalPage} /> : null}
      {endAction ? (
        <form method="post" action={leaveAction} data-asks="leave-dialog">
          <button type="submit">Leave without ending</button>
        </form>
      ) : null}
    </aside>
  );
};
