// The page that asks again who it is, and leads back to where the person was going (O6).
import { Hono } from "hono";
import type { WebContext, WebEnv, WebNeeds } from "../needs.ts";
import { proofIn, showProve, tryProof } from "../prove.tsx";
import { readBody } from "../read-body.ts";
import { hasProved, mustBeSignedIn, safeNext } from "../signed-in.ts";

const usual = "/account";

const show = async (needs: WebNeeds, c: WebContext) => {
  const person = mustBeSignedIn(c);
  const next = safeNext(c.req.query("next")) ?? usual;
  return hasProved(needs, person, "change") ? c.redirect(next, 303) : showProve(needs, c, person, { next });
};

const prove = async (needs: WebNeeds, c: WebContext) => {
  const person = mustBeSignedIn(c);
  const body = await readBody(c);
  const next = safeNext(body.next) ?? usual;
  const proof = proofIn(body);
  const error = proof ? await tryProof(needs, person, proof) : "Type your password.";
  return error ? showProve(needs, c, person, { next, error }) : c.redirect(next, 303);
};

export const proveRoutes = (needs: WebNeeds): Hono<WebEnv> => {
  const app = new Hono<WebEnv>();
  app.get("/prove", (c) => show(needs, c));
  app.post("/prove", (c) => prove(needs, c));
  return app;
};
