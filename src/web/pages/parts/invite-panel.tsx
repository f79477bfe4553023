// Keeps T1 for the technician: the two ways to let a customer in, to be sent or to be said aloud.
import { When } from "./when.tsx";

export type InviteProps = {
  /** The whole address, to be sent. */
  link: string;
  /** Short and spoken, "RIVER-482-193". */
  code: string;
  /** Where on this site the code is typed, without scheme: "selmo.example/join". */
  joinAt: string;
  /** Instant (ms) after which neither opens the door. */
  expiresAt: number;
};

/** `place` keeps the ids apart where the panel stands twice on one page. */
export const InvitePanel = ({ invite, place }: { invite: InviteProps; place: string }) => (
  <section class="invite" aria-labelledby={`${place}-invite`}>
    <h2 id={`${place}-invite`}>Let your customer in</h2>
    <p class="hint" id={`${place}-say`}>
      Say this code. It is typed at <bdi class="join-at">{invite.joinAt}</bdi>
    </p>
    <p class="spoken" translate="no">
      {invite.code}
    </p>
    <div class="field">
      <label for={`${place}-link`}>Or send this link</label>
      <div class="copy">
        <input id={`${place}-link`} type="text" readonly value={invite.link} data-copy />
        <button type="button" data-copies={`${place}-link`} hidden>
          Copy
        </button>
      </div>
    </div>
    <p class="hint">
      Both open the door until <When at={invite.expiresAt} />. What is recorded is shown to your customer
      before they join.
    </p>
  </section>
);
