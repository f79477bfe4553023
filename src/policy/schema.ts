/** The shape of a policy file: the one definition from which reading, the editor schema and the types come (P3). */
import { z } from "zod";
import { businessPattern, durationPattern } from "./duration.ts";

const grounds = [
  "contract",
  "opt-in",
  "explicit-opt-in",
  "opt-out",
  "legal-obligation",
  "legitimate-interest",
  "vital-interest",
  "never",
] as const;

const shareGrounds = [
  "consent",
  "requested-service",
  "processor",
  "legal-process",
  "terms-breach",
  "rights-and-safety",
  "business-transfer",
  "within-firm",
  "offers",
  "aggregate",
] as const;

/** What a retention may run from: each is an instant that the stores know. */
export const startEvents = [
  "collected",
  "sign-out",
  "session-end",
  "invoice-issued",
  "case-closed",
  "choice-withdrawn",
  "agreement-end",
] as const;
const keepEvents = [...startEvents, "erasure"] as const;

const name = z.string().regex(/^[a-z][a-z0-9-]{0,59}$/, "a name of small letters, digits and -");
const regionName = z.string().regex(/^[A-Za-z][A-Za-z-]{0,39}$/, "a name of letters and -");
const regions = z.union([regionName, z.array(regionName).min(1)]).describe("one region or a list");
const sentence = z.string().trim().min(1).max(2000);
const label = z.string().trim().min(1).max(120);
const email = z.string().regex(/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/, "an e-mail address");
const date = z.iso.date();
const dpv = z
  .string()
  .regex(/^(dpv|pd|eu-gdpr|legal-[a-z]+|tech|sector-[a-z-]+):[A-Za-z0-9-]+$/, "a DPV term: dpv:… or pd:…");
const duration = z.string().regex(durationPattern, 'a duration such as "180 days"');
const oneOrMore = <T extends z.ZodType>(one: T) => z.union([one, z.array(one).min(1)]);
const whole = (most: number) => z.int().min(0).max(most);
const names = z.union([name, z.array(name).min(1)]).describe("one name or a list");
const words = z.union([label, z.array(label).min(1)]).describe("one line or a list");
const keeps = z.array(z.string()).describe("promise ids and seed sentences that this rule keeps").optional();
const id = name.describe("a name of your own for this rule").optional();
const rule = { id, keeps };

const act = z.enum(["collect", "use", "look", "share", "keep"]);
const scope = {
  act: act.optional(),
  data: names.optional(),
  for: names.optional(),
  to: names.optional(),
  at: names.optional(),
  by: names.optional(),
  region: regions.optional(),
  age: oneOrMore(z.enum(["over", "under", "unknown"])).optional(),
  status: oneOrMore(z.enum(["active", "restricted", "deactivated", "erased"])).optional(),
  except: z
    .strictObject({
      data: names.optional(),
      for: names.optional(),
      to: names.optional(),
      ground: oneOrMore(z.enum(shareGrounds)).optional(),
    })
    .optional(),
};

const claim = z.strictObject({
  id: name,
  ...scope,
  choice: oneOrMore(z.enum(["given", "assumed", "unset", "refused"])).optional(),
  ground: oneOrMore(z.enum(shareGrounds)).optional(),
  says: sentence.optional().describe("what the statement says about it, in words"),
  keeps,
});

const document = z.strictObject({
  version: whole(9999).min(1),
  title: label,
  product: label.optional(),
  text: z.array(sentence).min(1),
  keeps,
});

const category = z.strictObject({
  dpv,
  about: sentence.describe('how a sentence speaks of it: "your e-mail address"'),
  label: label.optional().describe("how a form names it"),
  sensitivity: z.enum(["ordinary", "sensitive", "special"]).optional(),
  keeps,
});

const purpose = z.strictObject({
  dpv,
  about: sentence.describe('what it is, after "to": "answer you"'),
  label: label.optional(),
  ground: z.enum(grounds),
  region: z.record(regionName, z.enum(grounds)).optional().describe("another ground for people of a region"),
  choice: name.optional(),
  because: sentence.optional(),
  keeps,
});

const choice = z.strictObject({ label, about: sentence, where: names, keeps });

const field = z.union([
  name,
  z.strictObject({ data: name, label: label.optional(), without: sentence.optional() }),
]);
const fields = z
  .union([name, z.array(field).min(1)])
  .describe("categories, each with a label of its own if it needs one");

const point = z.strictObject({
  at: name.describe("the place in the service where it is collected"),
  label: label.optional(),
  for: names,
  require: fields.optional(),
  offer: fields.optional(),
  passive: fields.optional(),
  choices: names.optional(),
  notice: sentence.optional(),
  from: name.optional(),
  keeps,
});

const recipient = z.strictObject({
  name: label,
  about: sentence,
  dpv,
  kind: z.enum(["processor", "partner", "authority", "successor", "group", "advertiser", "party"]),
  country: label.optional(),
  agreement: z.strictObject({ signed: date, review: date, for: names }).optional(),
  keeps,
});

const share = z.strictObject({
  to: names,
  data: names,
  for: names,
  ground: z.enum(shareGrounds),
  smallest: whole(10000).optional().describe("the smallest group that a figure may stand for"),
  about: sentence.optional(),
  ...rule,
});

const keep = z
  .strictObject({
    data: names,
    for: duration.optional(),
    until: z.enum(keepEvents).optional().describe("the event that ends it, where no time runs"),
    from: z.enum(startEvents).optional().describe("the event that the time runs from; collected unless said"),
    at: names.optional().describe("only what these collection points collect"),
    then: z.enum(["erase", "anonymise"]).optional(),
    duty: sentence.optional().describe("the law that keeps it even after an erasure"),
    about: sentence.optional(),
    ...rule,
  })
  .refine(
    (rule) => (rule.for === undefined) !== (rule.until === undefined),
    'either "for: 90 days" or "until: erasure"',
  )
  .refine((rule) => rule.until === undefined || rule.from === undefined, '"from" beside "for" alone');

const cookie = z
  .strictObject({
    name: z.string().regex(/^[\w.-]{1,60}$/, "a cookie name"),
    store: z.enum(["cookie", "local-storage", "session-storage"]).optional(),
    life: z.union([z.enum(["until the browser closes", "until the tab closes"]), duration]),
    purpose: name,
    about: sentence,
    without: sentence.optional(),
    holds: z.enum(["random", "choice", "supplied"]),
    necessary: z.boolean().optional(),
    keeps,
  })
  .refine(
    ({ store, life }) => (store === "session-storage") === (life === "until the tab closes"),
    '"until the tab closes" for session-storage, and for it alone',
  );

const right = z.strictObject({ keeps }).optional();
const look = z.strictObject({ data: names, for: names, when: sentence.optional(), ...rule });
const text = z.union([sentence, z.strictObject({ text: sentence, keeps })]);
const after = z.union([duration, z.string().regex(businessPattern)]);

export const policyFile = z.strictObject({
  policy: name,
  version: whole(99999).min(1),
  effective: date,
  language: z
    .string()
    .regex(/^[a-z]{2}$/)
    .optional(),
  controller: z.strictObject({
    name: label,
    product: label.optional(),
    email,
    post: words.optional(),
    site: z.url({ protocol: /^https?$/ }).optional(),
    keeps,
  }),
  covers: z.array(text).optional(),
  "covers-not": z.array(text).optional(),
  follows: z
    .record(name, z.strictObject({ name: label, about: sentence, link: z.url().optional(), keeps }))
    .optional(),
  terms: document,
  guidelines: z.record(name, document).optional(),
  categories: z.record(name, category),
  purposes: z.record(name, purpose),
  choices: z.record(name, choice).optional(),
  collect: z.array(point),
  use: z.array(z.strictObject({ data: names, for: names, ...rule })).optional(),
  recipients: z.record(name, recipient).optional(),
  share: z.array(share).optional(),
  keep: z.array(keep),
  cookies: z.array(cookie).optional(),
  roles: z.record(name, z.strictObject({ label, about: sentence, look: z.array(look), keeps })).optional(),
  refuse: z.array(z.strictObject({ ...scope, because: sentence.optional(), ...rule })).optional(),
  never: z.array(claim).optional().describe("what the rules must never come to allow"),
  may: z.array(claim).optional().describe("what the rules are said to allow"),
  erase: z.strictObject({
    after,
    calendar: label.optional(),
    leaves: names.optional().describe("purposes that still run until the day"),
    holds: z
      .array(
        z.strictObject({
          id: name,
          about: sentence,
          longest: duration,
          "by-law": names.optional().describe("data that a law keeps also of a child while this stands"),
        }),
      )
      .optional(),
    because: sentence.optional(),
    keeps,
  }),
  restrict: z.strictObject({ leaves: names.optional(), keeps }).optional(),
  rights: z
    .strictObject({ see: right, correct: right, restrict: right, erase: right })
    .optional()
    .describe("what people may ask for"),
  backup: z.strictObject({ for: duration, about: sentence, keeps }).optional(),
  age: z
    .strictObject({
      limit: whole(25).min(1),
      unknown: z.enum(["allow", "refuse"]),
      ask: names.optional(),
      about: sentence,
      keeps,
    })
    .optional(),
  regions: z
    .record(
      regionName,
      z.strictObject({ label, countries: z.array(z.string().regex(/^[A-Z]{2}$/)).optional(), keeps }),
    )
    .optional(),
  "region-if-unknown": regionName.optional(),
  transfers: z
    .array(z.strictObject({ from: regions, to: label, mechanism: label, dpv, about: sentence, ...rule }))
    .optional(),
  contact: z.strictObject({
    "opt-out": z.strictObject({ email, subject: label }).optional(),
    letters: z.boolean().optional(),
    complaints: email.optional(),
    answer: duration,
    keeps,
  }),
  signals: z.strictObject({ gpc: names }).optional(),
  "sign-in": z.strictObject({ "ask-again": duration, notice: sentence, keeps }),
  statistics: z
    .strictObject({ from: names, for: names, smallest: whole(10000), about: sentence, keeps })
    .optional(),
  changes: z.strictObject({
    notice: duration,
    by: z.array(z.enum(["mail", "visit"])).min(1),
    about: sentence,
    keeps,
  }),
  protection: z.array(text).optional(),
  limits: z.array(text).optional(),
  resolve: z
    .array(z.strictObject({ between: z.array(name).length(2), follow: name, says: sentence, ...rule }))
    .optional(),
});

export type PolicyFile = z.infer<typeof policyFile>;
