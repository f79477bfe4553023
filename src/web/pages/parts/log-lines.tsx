// Keeps C10 where it is read: the chat log as it was said, in order, with a mark where something was erased or withheld.
import { useReading } from "../../reading.ts";
import { When, dayOf } from "./when.tsx";
import { WrittenText } from "./written-text.tsx";

export type LoggedMessage = {
  seq: number;
  /** Id of the participant who wrote it. */
  from: string;
  name: string;
  /** null: erased or withheld; by whom and when is not known then. */
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
          <Line message={message} mine={message.from === mine} same={!newDay && goesOn(before, message)} />
        </>
      );
    })}
  </ol>
);

/** Messages of one person within five minutes stand under one head. */
const goesOn = (before: LoggedMessage, next: LoggedMessage): boolean =>
  before.from === next.from && next.at - before.at < 5 * 60_000;

const Day = ({ at }: { at: number }) => (
  <li class="day">
    <When at={at} show="date" />
  </li>
);

const Line = ({ message, mine, same }: { message: LoggedMessage; mine: boolean; same: boolean }) => (
  <li class={["msg", mine ? "mine" : "", same ? "same" : ""].join(" ").trim()} id={`m${message.seq}`}>
    {message.text === null ? (
      <div class="bubble">
        <p class="erased">{useReading().words.held.session.gone}</p>
      </div>
    ) : (
      <>
        <p class={same ? "who hush" : "who"}>
          <bdi class="name">{message.name}</bdi> <When at={message.at} show="time" />
        </p>
        <div class="bubble">
          <WrittenText text={message.text} />
        </div>
      </>
    )}
  </li>
);
