// Whose passkeys are made and asked for here: this service's, at the address that people reach it by (C3).
import { partyOf, type Party } from "../collect/passkeys.ts";
import type { WebNeeds } from "./needs.ts";

export const partyFor = ({ policy, origin }: Pick<WebNeeds, "policy" | "origin">): Party =>
  partyOf(policy.controller.product ?? policy.controller.name, origin());
