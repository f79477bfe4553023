// Says in the tab's title how many messages came while the reader was elsewhere.
import type { Live } from "../../session/live/state.ts";

/** Gives a function that is told each new state of the room. */
export const startUnread = (): ((room: Live) => void) => {
  const title = document.title;
  let seen = 0;
  let newest: Live | null = null;
  const show = (): void => {
    if (!newest) return;
    if (!document.hidden || seen === 0) seen = newest.log.length;
    const { me, log } = newest;
    const unread = log.slice(seen).filter(({ from }) => from !== me).length;
    document.title = unread > 0 ? `(${unread}) ${title}` : title;
  };
  document.addEventListener("visibilitychange", show);
  return (room) => {
    newest = room;
    show();
  };
};
