// Asks again who it is before anything of an account is shown or changed: on every route but those that are named here (O6).
import type { MiddlewareHandler } from "hono";
import { matchedRoutes } from "hono/route";
import { Refusal } from "../http/errors.ts";
import type { WebEnv, WebNeeds } from "./needs.ts";
import { proofIn, showProve, tryProof } from "./prove.tsx";
import { readBody } from "./read-body.ts";
import { hasProved, type Asked } from "./signed-in.ts";

/** Routes that show nothing of an account, each with its method. What is not here asks. */
const openRoutes: ReadonlySet<string> = new Set([
  "GET /",
  "GET /privacy",
  "GET /cookies",
  "GET /privacy.json",
  "GET /privacy.jsonld",
  "GET /privacy/v/:version",
  "GET /privacy/see/:clause",
  "GET /terms",
  "GET /terms/v/:version",
  "GET /guidelines/:id",
  "GET /guidelines/:id/v/:version",
  "GET /register",
  "POST /register",
  "GET /register/age",
  "POST /register/age",
  "POST /register/passkey",
  "GET /first/:token",
  "POST /first/:token",
  "GET /first/:token/age",
  "POST /first/:token/age",
  "GET /sign-in",
  "POST /sign-in",
  "POST /sign-in/code",
  "POST /sign-in/passkey",
  "POST /sign-in/passkey/options",
  "POST /sign-out",
  "GET /new-password",
  "POST /new-password",
  "GET /new-password/:ticket",
  "POST /new-password/:ticket",
  "GET /prove",
  "POST /prove",
  "POST /prove/passkey",
  "GET /preferences",
  "POST /preferences",
  "GET /child-report",
  "POST /child-report",
  "GET /schemas/:name",
  "GET /data-request",
  "POST /data-request",
  "GET /data-request/asked",
  "GET /data-request/:token",
  "POST /data-request/:token",
  "GET /join",
  "GET /join/:token",
  "POST /join/:token",
  "GET /join/:token/age",
  "POST /join/:token/age",
  // Guests come without an account; whoever comes with one is asked by the room itself, and to leave shows nothing.
  "GET /room/:id",
  "POST /room/:id/leave",
  "POST /room/:id/end",
  // Whoever has the link that was given with the request.
  "GET /erasure/:token",
  "GET /erasure/:token/receipt",
]);

/** Whoever has such a link shows it in place of an account. */
const byLink = /^(?:GET|POST) \/mine\/:token\b/;

export const isOpen = (route: string): boolean => openRoutes.has(route) || byLink.test(route);

/** Routes that change how somebody signs in: for them the proof has to be of just now. */
const changes = /^(?:GET|POST) \/account\/(?:password|passkeys|code-app|backup-codes|address|user-name)\b/;

/** Forms for which it has to be as fresh. */
const grave = new Set(["POST /account/erasure"]);

const askedAt = (route: string): Asked | null => {
  if (isOpen(route)) return null;
  return changes.test(route) || grave.has(route) ? "change" : "see";
};

/** Before every handler; a route that nobody has named here is one that asks. */
export const guard =
  (needs: WebNeeds): MiddlewareHandler<WebEnv> =>
  async (c, next) => {
    const found = matchedRoutes(c).findLast(({ method }) => method !== "ALL");
    const asked = found ? askedAt(`${found.method} ${found.path}`) : null;
    if (!asked) return next();
    const person = c.get("person");
    if (!person) throw new Refusal("sign-in-needed");
    if (hasProved(needs, person, asked)) return next();
    if (found?.method === "GET") throw new Refusal("ask-again");
    const body = await readBody(c);
    const proof = proofIn(body);
    if (!proof) return showProve(needs, c, person, { kept: body });
    const wrong = await tryProof(needs, person, proof);
    return wrong === null ? next() : showProve(needs, c, person, { kept: body, error: wrong });
  };
