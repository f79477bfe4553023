// Keeps D5 in what people wrote: links lead out marked, with no word to the other side of where they came from.
import { splitLinks } from "../../../session/live/links.ts";

export const WrittenText = ({ text }: { text: string }) => (
  <p class="text" dir="auto">
    {splitLinks(text).map((part) => (part.kind === "text" ? part.text : <OutLink {...part} />))}
  </p>
);

/** A link to another site: it says where it leads, opens beside the page and sends no referrer. */
export const OutLink = ({ text, href, host }: { text: string; href: string; host: string }) => (
  <a class="out" href={href} target="_blank" rel="noopener noreferrer external" referrerpolicy="no-referrer">
    <bdi>{text}</bdi>
    <span class="out-host">
      <span class="hush"> (leads out to </span>
      {host}
      <span class="hush">, in a new window)</span>
    </span>
  </a>
);
