// Reads the form that a browser sent; one that can't be read is refused, and is no fault of ours.
import { Refusal } from "../http/errors.ts";
import type { WebContext } from "./needs.ts";

export const readBody = (c: WebContext): Promise<Record<string, unknown>> =>
  c.req.parseBody().catch((fault: unknown) => {
    // Too large: said by the one who counted.
    if (fault instanceof Refusal) throw fault;
    throw new Refusal("unreadable-form");
  });
