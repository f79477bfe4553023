// The manifest says what the running code does: more or less than the policy declares is found.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { everyTable } from "./keep/tables.ts";
import { manifestFor, takenIn } from "./manifest.ts";
import { checkManifest } from "./policy/check/check-manifest.ts";
import type { Policy } from "./policy/core.ts";
import { parsePolicy } from "./policy/parse-policy.ts";

const text = readFileSync("policies/selmo.yaml", "utf8");

const read = (changed = text): Policy => {
  const { policy, issues } = parsePolicy(changed, "selmo.yaml");
  if (policy === null) throw new Error(JSON.stringify(issues));
  return policy;
};

const messages = (policy: Policy, tested: string[] | null = null): string[] =>
  checkManifest(policy, manifestFor(policy, tested)).map(({ message }) => message);

describe("what the running code does", () => {
  const selmo = read();
  const { points = {}, stores = {}, cookies, purposes } = manifestFor(selmo, ["C1"]);

  it("is read from the register: what comes in where, and what each store holds", () => {
    expect(points["page-request"]?.toSorted()).toEqual(["browser", "ip-address", "page"]);
    expect(points["session"]).toContain("chat-log");
    expect(points["survey"]).toBeUndefined();
    expect(stores["message"]).toEqual(["chat-log"]);
    expect(stores["ledger"]).toBeUndefined();
  });

  it("counts what a form compares and no table holds", () => {
    expect(points["sign-in"]).toEqual(expect.arrayContaining(["user-name", "password", "sign-ins"]));
    expect(stores["sign_in"]).toEqual(["sign-ins", "browser"]);
  });

  it("has no purpose, cookie or category that Selmo's policy does not declare", () => {
    for (const purpose of purposes ?? []) expect(selmo.purposes).toHaveProperty(purpose);
    expect(cookies?.toSorted()).toEqual(selmo.cookies.map(({ name }) => name).toSorted());
    for (const category of Object.values(stores).flat()) expect(selmo.categories).toHaveProperty(category);
  });

  it("has the roles that the policy's own looks let open a page, and no others", () => {
    expect(manifestFor(selmo, null).roles).toEqual([
      "technician",
      "administrator",
      "support",
      "privacy-officer",
    ]);
    const blind = read(text.replace("- { data: [user-name, looks],", "- { data: [looks],"));
    expect(manifestFor(blind, null).roles).toContain("privacy-officer");
    const idle = read(
      text.replace("[user-name, email, name, request, choices-made, disclosure, letters]", "[name]"),
    );
    expect(manifestFor(idle, null).roles).not.toContain("support");
  });

  it("says of a form's sealed fields only those that the policy asks for there", () => {
    const [profile] = everyTable.filter(({ name }) => name === "profile");
    if (profile === undefined) throw new Error("no profile");
    expect(takenIn(selmo, profile)).toContain("phone");
    expect(takenIn(selmo, profile)).not.toContain("birth-date");
    const without = read(
      text.replace(/ +- \{ data: phone, without: "Without it we cannot call you back." \}\n/, ""),
    );
    expect(takenIn(without, profile)).not.toContain("phone");
  });

  it("says of a column in the clear whatever it holds, declared or not", () => {
    const bare = read(
      text
        .replace("passive: [ip-address, browser, sign-ins]", "passive: [ip-address, browser]")
        .replace(
          '    passive: [ip-address, network, browser, page, referrer]\n    notice: "Each request',
          '    passive: [ip-address, network, browser, page, referrer, sign-ins]\n    notice: "Each request',
        ),
    );
    expect(messages(bare)).toContain('"sign-in" takes in sign-ins, and the policy does not say so.');
  });
});

describe("held against the policy", () => {
  it("finds what the policy declares and nothing does", () => {
    const found = messages(read());
    expect(found).toContain(
      'The policy declares the collection point "order", and no running code enforces it.',
    );
    expect(found).toContain('The policy says that "page-request" collects referrer, and no code there does.');
    expect(found).not.toContain(
      'The policy declares the collection point "sign-in", and no running code enforces it.',
    );
  });

  it("finds a cookie that the code would set and the policy lacks", () => {
    expect(messages(read(text.replaceAll("__Host-upheld-guest", "guest")))).toContain(
      'The running code knows the cookie "__Host-upheld-guest", and the policy does not declare it.',
    );
  });

  it("asks for a test of each promise, and only where the tests are at hand", () => {
    const c6 = 'The policy declares the promise "C6", and no running code enforces it.';
    expect(messages(read())).not.toContain(c6);
    expect(messages(read(), ["C7"])).toContain(c6);
    expect(messages(read(), ["C6"])).not.toContain(c6);
  });
});
