// The parts of the room that the module brings to life; without it they are hidden, so that nothing pretends to work.
import { TEXT_MAX } from "../../../session/live/frames.ts";

export const Typing = () => (
  <div class="below-log">
    <p class="typing" id="typing" aria-live="polite"></p>
    <p class="notice" id="notice" role="status"></p>
    <button class="jump" id="jump" type="button" hidden>
      Newest messages ↓
    </button>
  </div>
);

/** Enter sends and Shift+Enter begins a line; the button does the same for those who have neither. */
export const Composer = () => (
  <form class="composer" id="composer" hidden>
    <label class="hush" for="message">
      Message
    </label>
    <textarea
      id="message"
      name="message"
      dir="auto"
      rows={1}
      placeholder="Write a message"
      aria-describedby="message-hint count-left"
      enterkeyhint="send"
    ></textarea>
    <button class="primary" type="submit">
      Send
    </button>
    <p class="hint" id="message-hint">
      Enter sends, Shift and Enter begins a new line.
    </p>
    <p class="count-left" id="count-left" data-max={TEXT_MAX} aria-live="polite"></p>
  </form>
);

export const EndedBanner = ({ after }: { after: { href: string; label: string } }) => (
  <div class="ended" id="ended" role="status">
    <div id="ended-shown" hidden>
      <p id="ended-words">The session has ended.</p>
      <a class="button primary" href={after.href}>
        {after.label}
      </a>
    </div>
  </div>
);

/** Asked before what can't be taken back. Without script the buttons act at once. */
export const Dialogs = ({ ends }: { ends: boolean }) => (
  <>
    <Dialog
      id="leave-dialog"
      title="Leave with something unsent?"
      words="What you wrote has not reached the room yet. If you leave now, the others will not see it."
      yes="Leave"
      no="Stay"
    />
    {ends ? (
      <Dialog
        id="end-dialog"
        title="End the session for everybody?"
        words="Nobody can write any more, and its record is closed. This can't be undone."
        yes="End the session"
        no="Keep it open"
      />
    ) : null}
  </>
);

type DialogProps = { id: string; title: string; words: string; yes: string; no: string };

const Dialog = ({ id, title, words, yes, no }: DialogProps) => (
  <dialog id={id} aria-labelledby={`${id}-title`}>
    <form method="dialog">
      <h2 id={`${id}-title`}>{title}</h2>
      <p>{words}</p>
      <p class="actions">
        <button class="danger" type="submit" value="yes">
          {yes}
        </button>
        <button type="submit" value="no">
          {no}
        </button>
      </p>
    </form>
  </dialog>
);
