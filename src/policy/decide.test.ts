/** What the two policies answer, by examples that a privacy officer would ask. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Ask } from "./ask.ts";
import { compile } from "./compile.ts";
import type { Compiled } from "./compile.ts";
import { decide, decideAll, prepare } from "./decide.ts";
import { endOf } from "./ends.ts";
import { explain } from "./explain.ts";
import { parsePolicy } from "./parse-policy.ts";
import type { Policy } from "./policy.ts";
import { collectionPoint, mayUse, permittedPurposes, purposesFor } from "./queries.ts";

const smallest = readFileSync(new URL("../../policies/smallest.yaml", import.meta.url), "utf8");

function read(name: string, text?: string): Policy {
  const { policy, issues } = parsePolicy(
    text ?? readFileSync(new URL(`../../policies/${name}`, import.meta.url), "utf8"),
    name,
  );
  if (policy === null) throw new Error(JSON.stringify(issues));
  return policy;
}

const selmo = compile(read("selmo.yaml"));
const ergo = compile(read("smartergo.yaml"));
const answer = (on: Compiled, ask: Omit<Ask, "status"> & Partial<Ask>): string => {
  const { effect, reason } = decide(on, { status: "active", ...ask });
  return effect === "allow" ? "allow" : reason;
};

describe("choices", () => {
  const news = { act: "use", category: "email", purpose: "direct-marketing" } as const;

  it("left untouched are assumed at SmartErgo, and not where the person's region does not allow that (O1)", () => {
    expect(answer(ergo, { ...news, region: "US", choice: "assumed" })).toBe("allow");
    expect(answer(ergo, { ...news, region: "EEA", choice: "assumed" })).toBe("not-opted-in");
    expect(answer(ergo, { ...news, region: "EEA", choice: "given" })).toBe("allow");
    expect(answer(ergo, { ...news, region: "US" })).toBe("not-told");
    expect(answer(ergo, { ...news, region: "US", choice: "refused" })).toBe("opted-out");
  });

  it("take people of unknown country as the policy says: strictly at Selmo", () => {
    expect(answer(selmo, news)).toBe("not-opted-in");
    expect(answer(selmo, { ...news, region: "US" })).toBe("allow");
    expect(answer(selmo, { ...news, region: "US", choice: "refused" })).toBe("opted-out");
  });

  it("hand SmartErgo's list to partners only after a yes (D1, E-32 against E-42)", () => {
    const pass = {
      act: "share",
      category: "email",
      purpose: "pass-to-partners",
      recipient: "partner",
      evidence: "consent-record",
      region: "US",
    } as const;
    expect(answer(ergo, { ...pass, choice: "given" })).toBe("allow");
    expect(answer(ergo, { ...pass, choice: "assumed" })).toBe("not-opted-in");
    expect(answer(ergo, { ...pass, choice: "given", evidence: undefined })).toBe("no-evidence");
  });
});

describe("a person's state", () => {
  const chat = { act: "use", category: "chat-log", purpose: "provide-service" } as const;

  it("stops every use but what it leaves: restricted, closed, erased (R3 R4)", () => {
    expect(answer(selmo, chat)).toBe("allow");
    expect(answer(selmo, { ...chat, status: "restricted" })).toBe("restricted");
    expect(answer(selmo, { ...chat, status: "deactivated" })).toBe("deactivated");
    expect(answer(selmo, { ...chat, status: "erased" })).toBe("erased");
    for (const status of ["restricted", "deactivated"] as const) {
      expect(answer(selmo, { ...chat, purpose: "answer-person", status })).toBe("allow");
      expect(answer(selmo, { ...chat, act: "keep", status })).toBe("allow");
    }
  });

  it("owes the same end for what is kept, wherever the one before asked from", () => {
    const kept = { act: "keep", category: "ip-address", purpose: "diagnosis", status: "active" } as const;
    const owed = (on: Compiled, ask: Ask) => decide(on, ask).obligations;
    const fresh = (): Compiled => compile(read("smartergo.yaml"));
    const [first, other] = [fresh(), fresh()];
    owed(first, { ...kept, point: "session-join" });
    expect(owed(first, kept)).toEqual(owed(other, kept));
    expect(owed(first, kept)).toMatchObject([{ do: "retain-until" }]);
  });

  it("keeps after an erasure only what a law keeps, for the law (R4)", () => {
    const invoice = { act: "keep", category: "invoice", status: "erased" } as const;
    expect(answer(selmo, { ...invoice, purpose: "keep-accounts" })).toBe("allow");
    expect(answer(selmo, { ...invoice, purpose: "billing" })).toBe("erased");
    expect(
      answer(selmo, { act: "keep", category: "chat-log", purpose: "provide-service", status: "erased" }),
    ).toBe("erased");
  });

  it("takes nothing from a child at SmartErgo, and lets what came be erased (C11)", () => {
    const child = { age: "under" } as const;
    expect(
      answer(ergo, {
        act: "collect",
        category: "user-name",
        purpose: "manage-account",
        point: "technician-registration",
        ...child,
      }),
    ).toBe("too-young");
    expect(answer(ergo, { ...chat, ...child })).toBe("too-young");
    expect(answer(ergo, { ...chat, purpose: "end-data", ...child })).toBe("allow");
    expect(answer(selmo, { ...chat, ...child })).toBe("allow");
  });
});

describe("looking and sharing", () => {
  it("show a role what its purpose needs, and owe a record (K3)", () => {
    const look: Ask = {
      act: "look",
      role: "engineer",
      category: "ip-address",
      purpose: "diagnosis",
      status: "active",
    };
    expect(decide(selmo, look)).toMatchObject({ effect: "allow", obligations: [{ do: "record" }] });
    expect(answer(selmo, { ...look, role: "marketing" })).toBe("no-rule");
    expect(answer(selmo, { ...look, category: "chat-log" })).toBe("no-rule");
  });

  it("ask for the evidence of the ground, and owe the person to be told (D1 D2 D3)", () => {
    const order: Ask = {
      act: "share",
      recipient: "authority",
      category: "chat-log",
      purpose: "answer-law",
      status: "active",
    };
    expect(answer(selmo, order)).toBe("no-evidence");
    expect(answer(selmo, { ...order, evidence: "belief" })).toBe("no-evidence");
    const allowed = decide(selmo, { ...order, evidence: "order" });
    expect(allowed.effect).toBe("allow");
    expect(allowed.obligations).toEqual([
      { do: "record" },
      { do: "tell-person" },
      { do: "tell-recipient-on-change" },
    ]);
  });

  it("give advertisers counts alone, and never of a small group (D4)", () => {
    const counts: Ask = {
      act: "share",
      recipient: "advertiser",
      category: "traffic",
      purpose: "audience-reports",
      status: "active",
      evidence: "group-size",
    };
    expect(decide(selmo, counts).obligations).toContainEqual({ do: "anonymise", smallest: 20 });
    expect(answer(selmo, { ...counts, category: "ip-address" })).toBe("no-rule");
  });
});

describe("refusals", () => {
  const shut = (refuse: string): Compiled => compile(read("p", `${smallest}\nrefuse:\n  - ${refuse}\n`));
  const email = { act: "use", category: "email", purpose: "answer" } as const;

  it("win, and name themselves with their line", () => {
    const on = shut("{ data: email, act: use, because: it is refused }");
    expect(decide(on, { ...email, status: "active" })).toMatchObject({
      effect: "refuse",
      reason: "refused-by-rule",
      rules: [{ id: "refuse.email", file: "p", line: smallest.split("\n").length + 2, column: 5 }],
    });
    expect(answer(on, { ...email, category: "question" })).toBe("allow");
  });

  it("speak about the people they name, and no others", () => {
    const on = shut("{ data: email, act: use, status: active }");
    expect(answer(on, email)).toBe("refused-by-rule");
    expect(answer(on, { ...email, status: "erased" })).toBe("erased");
  });

  it("leave out what they except", () => {
    const on = shut("{ act: use, except: { data: email } }");
    expect(answer(on, email)).toBe("allow");
    expect(answer(on, { ...email, category: "question" })).toBe("refused-by-rule");
  });
});

describe("many at once", () => {
  it("are answered in their order", () => {
    const asks: Ask[] = ["email", "password", "nothing"].map((category) => ({
      act: "use",
      category,
      purpose: "direct-marketing",
      status: "active",
      region: "US",
    }));
    expect(decideAll(selmo, asks).map(({ effect }) => effect)).toEqual(["allow", "refuse", "refuse"]);
    const { effects, decisions } = prepare(selmo, asks);
    expect([...effects]).toEqual([1, 0, 0]);
    expect(decisions).toEqual(decideAll(selmo, asks));
  });
});

describe("one sentence", () => {
  const say = (ask: Ask): string => explain(selmo, ask, decide(selmo, ask)).replace(/line \d+/g, "line N");

  it("says what is allowed and by which rules", () => {
    expect(
      say({ act: "use", category: "email", purpose: "direct-marketing", status: "active", choice: "given" }),
    ).toBe(
      "We may use your e-mail address to write to you about specials and new products of ours (use.direct-marketing, line N; purposes.direct-marketing, line N).",
    );
  });

  it("says what is refused and why", () => {
    expect(
      say({
        act: "share",
        recipient: "advertiser",
        category: "email",
        purpose: "audience-reports",
        status: "active",
      }),
    ).toBe(
      "We may not share your e-mail address with advertisers to report counts about groups of people to advertisers, because no rule allows it.",
    );
    expect(
      say({
        act: "look",
        role: "engineer",
        category: "ip-address",
        purpose: "diagnosis",
        status: "restricted",
      }),
    ).toBe(
      "We may not let someone see your internet address (engineers) to find faults that people or our engineers report, because the person asked us not to use their data (restrict, line N).",
    );
  });

  it("stays a sentence when nothing in the ask is known", () => {
    expect(say({ act: "sell", category: "x", purpose: "y", status: "active" } as unknown as Ask)).toBe(
      'We may not handle "x" to "y", because the policy knows no such act.',
    );
  });
});

describe("short questions", () => {
  it("say whether and for what a kind of data may be used", () => {
    expect(mayUse(selmo, "chat-log", "provide-service")).toBe(true);
    expect(mayUse(selmo, "chat-log", "advertising")).toBe(false);
    expect(mayUse(selmo, "nothing", "provide-service")).toBe(false);
    expect(purposesFor(selmo, "rating")).toEqual([
      "provide-service",
      "research",
      "answer-person",
      "end-data",
    ]);
  });

  it("say which purposes a person's own state allows (O1 R3)", () => {
    const person = { region: "EEA", age: "over", status: "active", choices: {} } as const;
    const allowed = (change: object): string[] => permittedPurposes(ergo, { ...person, ...change });
    expect(allowed({})).not.toContain("direct-marketing");
    expect(allowed({ choices: { news: "given" } })).toContain("direct-marketing");
    expect(allowed({ choices: { news: "given" } })).not.toContain("partner-offers");
    expect(allowed({ region: "US", choices: { news: "assumed" } })).toContain("direct-marketing");
    expect(allowed({ status: "restricted" })).toEqual(
      ergo.policy.restrict.leaves.toSorted(
        (a, b) => Object.keys(ergo.policy.purposes).indexOf(a) - Object.keys(ergo.policy.purposes).indexOf(b),
      ),
    );
    expect(allowed({ status: "erased" })).toEqual([]);
  });

  it("say when it ends, by the place where it came in (C6 K6)", () => {
    expect(endOf(selmo.policy, "ip-address")).toMatchObject({ days: 30, from: "collected" });
    expect(endOf(selmo.policy, "ip-address", "page-request")).toMatchObject({ days: 30, from: "collected" });
    expect(endOf(selmo.policy, "ip-address", "session-join")).toMatchObject({
      days: 180,
      from: "session-end",
    });
    expect(endOf(selmo.policy, "ip-address", "technician-registration")).toMatchObject({
      days: null,
      from: "erasure",
    });
    expect(endOf(selmo.policy, "invoice")).toMatchObject({
      days: 3653,
      from: "invoice-issued",
      duty: "the law on tax and bookkeeping",
    });
    expect(endOf(selmo.policy, "nothing")).toBeNull();
  });

  it("say what a form asks, with what is lost by leaving it empty (C3)", () => {
    const form = collectionPoint(selmo.policy, "technician-registration");
    expect(form?.require.map(({ category }) => category)).toEqual(["user-name"]);
    expect(form?.offer.every(({ hint }) => hint?.startsWith("Without it"))).toBe(true);
    expect(collectionPoint(selmo.policy, "nowhere")).toBeNull();
  });
});
