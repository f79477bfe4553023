// Keeps C10 where it is read: the chat log as it was said, in order, with what was erased marked as erased.
import { When, dayOf } from "./when.tsx";
import { WrittenText } from "./written-text.tsx";

export type LoggedMessage = {
  seq: number;
  /** Id of the participant who wrote it. */
  from: string;
  name: string;
  /** null: erased. */
  text: string | null;
  at: number;
};

/** `mine`: the participant whose messages stand on the right; `id` links to one message as `#m<seq>`. */
export const LogLines = ({ messages, mine }: { messages: readonly LoggedMessage[]; mine: string | null }) => (
  <ol class="log-lines">
    {messages.map((message, at) => {
      const before = messages[at - 1];
      const newDay = !before || dayOf(before.at) !== dayOf(message.at);
      return (
        <>
          {newDay ? <Day at={message.at} /> : null}
          <Line
            message={message}
            mine={message.from === mine}
            same={!newDay && before.from === message.from}
          />
        </>
      );
    })}
  </ol>
);

const Day = ({ at }: { at: number }) => (
  <li class="day">
    <When at={at} show="date" />
  </li>
);

const Line = ({ message, mine, same }: { message: LoggedMessage; mine: boolean; same: boolean }) => (
  <li class={["msg", mine ? "mine" : "", same ? "same" : ""].join(" ").trim()} id={`m${message.seq}`}>
    <p class={same ? "who hush" : "who"}>
      <bdi class="name">{message.name}</bdi>
    </p>
    <div class="bubble">
      {message.text === null ? (
        <p class="erased">This message was erased.</p>
      ) : (
        <WrittenText text={message.text} />
      )}
    </div>
    <p class="meta">
      <When at={message.at} show="time" />
    </p>
  </li>
);
