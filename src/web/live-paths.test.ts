// A rule leads to the pages that are about it, and a rule without one to none.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parsePolicy } from "../policy/parse-policy.ts";
import { livePathsOf } from "./live-paths.ts";

const { policy } = parsePolicy(readFileSync("policies/selmo.yaml", "utf8"), "selmo.yaml");
if (policy === null) throw new Error("selmo.yaml does not check");
const hrefs = (id: string) => livePathsOf(policy, id).map(({ href }) => href);

describe("where a rule can be seen working", () => {
  it.each([
    ["collect.technician-registration", ["/register"]],
    ["collect.page-request", ["/account"]],
    ["collect.order", []],
    ["use.provide-service", ["/console"]],
    ["keep.sign-ins", ["/account"]],
    ["keep.ip-address.2", ["/account"]],
    ["cookies.__Host-upheld-guest", ["/cookies"]],
    ["roles.engineer.look.diagnosis", []],
    ["terms", ["/terms"]],
    ["guidelines.session-usage", ["/guidelines/session-usage"]],
    ["never.secrets-leave", []],
    ["nothing.at-all", []],
  ])("of %s is %j", (id, expected) => {
    expect(hrefs(id)).toEqual(expected);
  });
});
