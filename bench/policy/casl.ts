// The rules of sixty-rules.yaml written for @casl/ability by hand: the last rule that matches decides, so refusals stand last.
import { createMongoAbility, type MongoAbility, type RawRuleOf } from "@casl/ability";
import type { Ask, Policy } from "../../dist/policy/core.js";

type Rules = RawRuleOf<MongoAbility>[];

const account = ["user-name", "email", "password", "country"];
const session = ["chat-log", "screen", "ip-address", "rating"];
const wishes = ["interests", "birth-date", "survey", "photo"];
const sales = ["company", "telephone", "post-address", "order"];
const all = ["collect", "use", "look", "share", "keep"];

/** What a purpose asks of a person's choice; the others rest on none. */
const recommend = { purpose: "recommend", choice: "given" };
const advertise = { purpose: "advertise", choice: "given" };
const wished = { purpose: { $in: ["recommend", "advertise"] }, choice: "given" };
const writeTo = { purpose: "write-to", choice: { $in: ["given", "assumed"] } };
const forAccount = { purpose: { $in: ["provide", "secure", "bill", "obey"] } };
const forSession = { purpose: { $in: ["provide", "secure", "improve"] } };
const [provide, secure, bill, obey] = ["provide", "secure", "bill", "obey"].map((purpose) => ({ purpose }));
/** An interest, to which one may object. */
const improve = { purpose: "improve", choice: { $ne: "refused" } };
const remains = { status: { $ne: "erased" } };

const can = (action: string, subject: string[], conditions: object | undefined) => ({
  action,
  subject,
  conditions: { ...conditions },
});

const collect = (point: string, subject: string[], conditions?: object) =>
  can("collect", subject, { point, ...conditions });
const look = (role: string, subject: string[], conditions?: object) =>
  can("look", subject, { role, ...conditions });
const share = (recipient: string, evidence: string, subject: string[], conditions?: object) =>
  can("share", subject, { recipient, evidence, ...conditions });

const permits: Rules = [
  collect("registration", account, forAccount),
  collect("session-join", ["chat-log", "screen"], provide),
  collect("page-request", ["ip-address"], improve),
  collect("session-end", ["rating"], improve),
  collect("profile", wishes, wished),
  collect("survey", ["survey"], recommend),
  collect("order", sales, writeTo),
  collect("call-back", ["telephone"], writeTo),
  can("use", account, provide),
  can("use", account, secure),
  can("use", account, bill),
  can("use", account, obey),
  can("use", session, provide),
  can("use", session, secure),
  can("use", session, improve),
  can("use", wishes, recommend),
  can("use", wishes, advertise),
  can("use", sales, writeTo),
  can("use", ["email"], { purpose: { $in: ["provide", "obey"] } }),
  can("use", ["user-name"], { purpose: { $in: ["secure", "bill"] } }),
  can("use", ["chat-log"], provide),
  can("use", ["rating"], improve),
  can("use", ["interests", "birth-date"], advertise),
  can("use", ["telephone"], writeTo),
  look("desk", account, provide),
  look("desk", ["user-name", "email", "country"], bill),
  look("desk", sales, writeTo),
  look("engineer", session, secure),
  look("engineer", session, improve),
  look("engineer", ["user-name"], secure),
  look("writer", wishes, recommend),
  look("writer", ["interests"], advertise),
  share("host", "agreement", account, provide),
  share("host", "agreement", session, provide),
  share("host", "agreement", account, secure),
  share("bank", "agreement", ["user-name", "email", "country"], bill),
  share("court", "order", account, obey),
  share("court", "order", session, secure),
  share("court", "belief", ["chat-log", "ip-address"], secure),
  share("partner", "consent-record", wishes, advertise),
  share("partner", "consent-record", sales, writeTo),
  share("group", "permission", account, secure),
  share("group", "permission", session, improve),
  share("public", "group-size", session, improve),
  can("keep", account, { ...forAccount, ...remains }),
  can("keep", session, { ...forSession, ...remains }),
  can("keep", wishes, { ...wished, ...remains }),
  can("keep", sales, { ...writeTo, ...remains }),
];

const refusals: Rules = [
  {
    action: ["collect", "use", "look", "share"],
    subject: "all",
    conditions: { status: { $in: ["deactivated", "erased"] } },
  },
  {
    action: ["collect", "use", "look", "share"],
    subject: "all",
    conditions: { status: "restricted", purpose: { $nin: ["secure", "obey"] } },
  },
  { action: all, subject: "all", conditions: { age: "under" } },
  { action: "share", subject: "password" },
  { action: "look", subject: "password" },
  { action: "share", subject: "photo" },
  { action: "use", subject: "screen", conditions: { purpose: "improve" } },
  { action: "share", subject: "all", conditions: { recipient: "partner", region: "EEA" } },
  {
    action: "share",
    subject: [...account, "chat-log", "screen", "ip-address", ...wishes, ...sales],
    conditions: { recipient: "public" },
  },
  { action: "look", subject: "all", conditions: { role: "engineer", status: "restricted" } },
  { action: all, subject: "birth-date", conditions: { age: "unknown" } },
  {
    action: all,
    subject: "all",
    conditions: { purpose: "advertise", region: "EEA", age: { $in: ["under", "unknown"] } },
  },
].map((rule) => ({ ...rule, inverted: true })) as Rules;

/** The same 60 rules in the same order as the policy has them, which is where they take their names from. */
const namesIn = ({ collect, use, roles, share, keep, erase, restrict, age, refuse }: Policy): string[] => {
  const looks = Object.values(roles).flatMap(({ look }) => look);
  return [collect, use, looks, share, keep, erase, restrict, age ?? [], refuse].flat().map(({ id }) => id);
};

export type CaslAnswer = { allowed: boolean; rules: { reason: string | undefined }[] };

/** CASL's answers: with all rules that decided, as we give them, or with the one that it takes to decide. */
export const writtenForCasl = (policy: Policy) => {
  const names = namesIn(policy);
  const rules = [...permits, ...refusals];
  if (names.length !== rules.length) throw new Error("CASL has other rules than the policy");
  const ability = createMongoAbility(
    rules.map((rule, i) => ({ ...rule, reason: names[i] ?? "" })),
    { detectSubjectType: (ask) => (ask as unknown as Ask).category },
  );
  return {
    rules: rules.length,
    all(ask: Ask): CaslAnswer {
      const said = ability
        .rulesFor(ask.act, ask.category)
        .filter((rule) => rule.matchesConditions(ask as never));
      const refusing = said.filter(({ inverted }) => inverted);
      return refusing.length > 0
        ? { allowed: false, rules: refusing }
        : { allowed: said.length > 0, rules: said };
    },
    one: (ask: Ask) => ability.relevantRuleFor(ask.act, ask as never),
  };
};
