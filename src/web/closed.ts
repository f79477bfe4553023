// Leads whoever has closed their account to where they may take that back, and keeps all else from those who restricted its use (R3, R4).
import type { MiddlewareHandler } from "hono";
import { matchedRoutes } from "hono/route";
import { Refusal } from "../http/errors.ts";
import { openRoutes } from "./guard.tsx";
import type { WebEnv } from "./needs.ts";

export const erasurePage = "/account/erasure";

/** Before every handler. Row policies refuse all of it anyway; this says why. */
export const closed: MiddlewareHandler<WebEnv> = async (c, next) => {
  const standing = c.get("person")?.standing ?? "active";
  const found = matchedRoutes(c).findLast(({ method }) => method !== "ALL");
  if (standing === "active" || !found || openRoutes.has(`${found.method} ${found.path}`)) return next();
  if (standing === "restricted") {
    if (!/^\/account\b/.test(found.path)) throw new Refusal("use-restricted");
    return next();
  }
  if (found.path === erasurePage) return next();
  if (found.method === "GET") return c.redirect(erasurePage, 303);
  throw new Refusal("account-closed");
};
