// The link in a mail, as a path of the service.
import type { ParsedMail } from "mailparser";

export const linkIn = ({ text = "" }: ParsedMail, path: string): string =>
  new RegExp(`https?://[^/\\s]+(${path}/[\\w-]+)`).exec(text)?.[1] ?? "";
