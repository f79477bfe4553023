// Leads whoever has closed their account to where they may take that back, and keeps all else from those who restricted its use (R3, R4).
import type { MiddlewareHandler } from "hono";
import { matchedRoutes } from "hono/route";
import { Refusal } from "../http/errors.ts";
import { isOpen } from "./guard.tsx";
import type { WebEnv } from "./needs.ts";

export const erasurePage = "/account/erasure";

/** Before every handler. Row policies refuse all of it anyway; this says why. */
export const closed: MiddlewareHandler<WebEnv> = async (c, next) => {
  const standing = c.get("person")?.standing ?? "active";
  const found = matchedRoutes(c).findLast(({ method }) => method !== "ALL");
  if (standing === "active" || !found || isOpen(`${found.method} ${found.path}`)) return next();
  if (standing === "restricted") {
    if (!/^\/account\b/.test(found.path)) throw new Refusal("use-restricted");
    return next();
  }
  // What is held can be seen and taken along until it is gone.
  if (found.path === erasurePage || /^\/account\/data\b/.test(found.path)) return next();
  if (found.method === "GET") return c.redirect(erasurePage, 303);
  throw new Refusal("account-closed");
};
