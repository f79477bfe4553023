// What each group of purposes may state: the manifest that ties login roles to purposes of the policy (second wall).
import type { Group } from "./register.ts";

/** Purposes a room's code states, by login role. A policy that does not define one of them does not start. */
export const statedPurposes: Readonly<Record<Group, readonly string[]>> = {
  door: ["manage-account", "keep-site-running", "answer-person", "remember-preferences"],
  room: ["provide-service"],
  site: ["keep-site-running"],
  desk: ["answer-person"],
  mail: ["manage-account", "answer-person", "direct-marketing"],
  end: ["end-data"],
};
