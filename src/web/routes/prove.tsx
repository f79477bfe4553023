// The page that asks again who it is, and leads back to where the person was going (O6).
import { Hono } from "hono";
import { passkeyOptions } from "../../collect/passkeys.ts";
import type { WebContext, WebEnv, WebNeeds } from "../needs.ts";
import { partyFor } from "../passkey-party.ts";
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
  const error = proof ? await tryProof(needs, person, proof) : "nothing";
  return error ? showProve(needs, c, person, { next, error }) : c.redirect(next, 303);
};

const offerPasskey = async (needs: WebNeeds, c: WebContext) => {
  const { subject } = mustBeSignedIn(c);
  const options = await passkeyOptions(needs.collect, partyFor(needs), subject);
  return c.json({ options, ticket: needs.tickets.make("passkey", { challenge: options.challenge }) });
};

export const proveRoutes = (needs: WebNeeds): Hono<WebEnv> => {
  const app = new Hono<WebEnv>();
  app.get("/prove", (c) => show(needs, c));
  app.post("/prove", (c) => prove(needs, c));
  app.post("/prove/passkey", (c) => offerPasskey(needs, c));
  return app;
};
