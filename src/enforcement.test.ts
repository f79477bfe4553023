// Each clause of each policy is told where it is enforced, and nothing that is not built is said to be.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { enforcementOf } from "./enforcement.ts";
import { manifestFor } from "./manifest.ts";
import { checkManifest } from "./policy/check/check-manifest.ts";
import { compile, statement } from "./policy/core.ts";
import { parsePolicy } from "./policy/parse-policy.ts";
import { parseWords } from "./policy/parse-words.ts";
import { de } from "./web/messages/de.ts";

const read = (name: string) => {
  const file = `policies/${name}.yaml`;
  const { policy, issues } = parsePolicy(readFileSync(file, "utf8"), file);
  if (policy === null) throw new Error(JSON.stringify(issues));
  return { policy, enforced: enforcementOf(compile(policy)) };
};
const selmo = read("selmo");
const isBuilt = (id: string) => selmo.enforced(id).map(({ built }) => built);

describe("where a rule is enforced", () => {
  it("is told for the rules of every clause, in whole sentences", () => {
    for (const { policy, enforced } of ["selmo", "smartergo", "strict-eu"].map(read))
      for (const { rule } of statement(policy).sections.flatMap(({ clauses }) => clauses))
        for (const { path } of rule) {
          const points = enforced(path);
          expect([path, points.length]).not.toEqual([path, 0]);
          for (const { where, text } of points) {
            expect(where).not.toBe("");
            expect(text).toMatch(/^\S.*\.$/);
            expect(text).not.toMatch(/undefined|: \.|for \./);
          }
        }
  });

  it("is told in German in German words", () => {
    for (const name of ["selmo", "smartergo", "strict-eu"]) {
      const { policy: own } = read(name);
      const file = `policies/words/${name}.de.yaml`;
      const { policy } = parseWords(readFileSync(file, "utf8"), file, own);
      const enforced = enforcementOf(compile(policy!), de);
      for (const { rule } of statement(policy!, de.statement).sections.flatMap(({ clauses }) => clauses))
        for (const { path } of rule)
          for (const { where, text } of enforced(path)) {
            expect(`${where} ${text}`).not.toMatch(/undefined|\b(the|of|and|with|what|not|is|nothing)\b/i);
            expect(text).toMatch(/^\S.*\.$/);
          }
    }
  });

  it("names the tables of a collection point, what is sealed in them, and what is not taken in there", () => {
    const points = selmo.enforced("collect.page-request");
    expect(points).toEqual([
      {
        built: true,
        where: "Table request",
        text: "Takes in pages; and sealed under the person’s own key, internet address and browser.",
      },
      {
        built: false,
        where: "Not built yet",
        text: "Nothing here takes in network and country and referring site.",
      },
    ]);
    expect(isBuilt("collect.order")).toEqual([false]);
    expect(selmo.enforced("collect.sign-in").map(({ where }) => where)).toContain("Form");
  });

  it("names the login role of a purpose, and the tables whose rows it is shown", () => {
    expect(selmo.enforced("purposes.provide-service")).toEqual([
      {
        built: true,
        where: "Login role upheld_room",
        text: "States “The session”. For it, PostgreSQL shows rows of: profile, session, participant, message and event.",
      },
    ]);
    expect(isBuilt("use.billing")).toEqual([false]);
  });

  it("names what the sweep ends, what no table has room for, and what only erasure would end", () => {
    expect(selmo.enforced("keep.sign-ins").map(({ where }) => where)).toEqual(["Sweep over table sign_in"]);
    expect(selmo.enforced("keep.card-number").map(({ where }) => where)).toEqual(["Register"]);
    expect(isBuilt("keep.user-name")).toEqual([true, true, true, true, true, true, true]);
    expect(isBuilt("keep.traffic")).toEqual([false]);
  });

  it("says what leaves by mail and that nothing else does, what can be chosen where, and who is shown what", () => {
    expect(isBuilt("share.mail-carrier.manage-account")).toEqual([true, true]);
    expect(isBuilt("recipients.mail-carrier")).toEqual([true, true]);
    expect(isBuilt("roles.administrator.look.answer-person")).toEqual([true]);
    for (const id of [
      "share.requested",
      "recipients.payment-provider",
      "roles.engineer.look.diagnosis",
      "roles.accountant.look.billing",
    ])
      expect([id, isBuilt(id)]).toEqual([id, [false]]);
    for (const id of ["rights.erase", "erase", "restrict", "rights.restrict", "backup"])
      expect([id, isBuilt(id)]).toEqual([id, [true]]);
    expect(isBuilt("rights.see").every(Boolean)).toBe(true);
    expect(selmo.enforced("roles.privacy-officer.look.looks").map(({ text }) => text)).toEqual([
      expect.stringContaining("/desk/looks"),
    ]);
    expect(selmo.enforced("roles.support.look.answer-person").map(({ text }) => text)).toEqual([
      expect.stringContaining("/desk/people"),
    ]);
    expect(isBuilt("choices.news")).toEqual([true, false]);
    expect(isBuilt("roles.technician.look.provide-service")).toEqual([true]);
    expect(isBuilt("never.secrets-leave")).toEqual([true]);
  });

  it("agrees with the check: a point, purpose, cookie or role that nothing enforces has nothing built", () => {
    const { policy } = selmo;
    const idle = checkManifest(policy, manifestFor(policy, null)).flatMap(({ code, message }) => {
      const [, noun, name] = /declares the (\w+ ?\w*) "([^"]+)", and no/.exec(message) ?? [];
      const at = { "collection point": "collect", purpose: "purposes", cookie: "cookies", role: "roles" }[
        noun ?? ""
      ];
      return code === "not-enforced" && at ? [`${at}.${name}`] : [];
    });
    expect(idle.length).toBeGreaterThan(20);
    for (const id of idle) expect([id, isBuilt(id)]).toEqual([id, [false]]);
  });
});
