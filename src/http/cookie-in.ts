// Reads one cookie of a header, for requests that do not come through the application.
import { parse } from "hono/utils/cookie";

export const cookieIn = (header: string | undefined, name: string): string | null =>
  header ? (parse(header, name)[name] ?? null) : null;
