// What the pages are handed; main wires it.
import type { Context } from "hono";
import type { ChooseNeeds } from "../choose/needs.ts";
import type { News } from "../choose/tell.ts";
import type { Background } from "../background.ts";
import type { MailNeeds } from "../collect/mail-address.ts";
import type { CollectNeeds } from "../collect/needs.ts";
import type { PublishedDocument } from "../collect/publish-documents.ts";
import type { Who } from "../collect/sign-in.ts";
import type { Tickets } from "../collect/tickets.ts";
import type { PolicyChange } from "../change-policy.ts";
import type { Enforced } from "../enforcement.ts";
import type { VaultState } from "../keep/vault/look-after.ts";
import type { BackupState } from "../keep/backup/state.ts";
import type { Checkpoint } from "../keep/checkpoint.ts";
import type { Clock } from "../keep/clock.ts";
import type { Ending } from "../keep/end-due.ts";
import type { Upcoming } from "../keep/what-ends.ts";
import type { Policy, Statement } from "../policy/core.ts";
import type { Promised, TestRun } from "../promises.ts";
import type { ObjectionLetter } from "../review/object.ts";
import type { AskedLetter } from "../review/recognise.ts";
import type { HeldForStaff } from "../review/held-for-staff.ts";
import type { StaffNeeds } from "../review/staff.ts";
import type { LinkLetter } from "../review/mailed-link.ts";
import type { ReviewNeeds } from "../review/needs.ts";
import type { OutboxNeeds } from "../share/outbox.ts";
import type { ReceiptNeeds } from "../review/receipt.ts";
import type { CorrectNeeds } from "../review/correct-row.ts";
import type { RightsNeeds } from "../review/rights-needs.ts";
import type { Permit, SessionNeeds } from "../session/needs.ts";
import type { Rooms } from "../session/rooms.ts";
import type { Throttles } from "./throttles.ts";
import type { Spoken } from "../speak-policy.ts";

export type Published = PublishedDocument & { digest: Buffer; publishedAt: Date };

/** State of the service for the desk. */
export type ServiceState = {
  digest: string;
  /** Tries the three walls as they stand. */
  checkWalls(): Promise<{ name: string; holds: boolean; about: string }[]>;
  verifyLedger(): Promise<{ entries: number; brokenAt: number | null; at: Date }>;
  /** The keys: whether they are being re-wrapped, and their copy in the second place. */
  vault(): Promise<VaultState>;
  /** What somebody should look after on the machine that this runs on, in plain words: its clock, its disks. */
  machine(): Promise<string[]>;
  /** The copies of the data, with what a person should look after; null where another cluster's owner copies it. */
  /** What the sweep will end, the next first: counts alone. */
  ends(): Promise<Upcoming[]>;
  /** The last checkpoint of the ledger that was published. */
  lastCheckpoint(): Promise<Checkpoint | null>;
  copies(): Promise<(Pick<BackupState, "base" | "kept" | "rehearsal"> & { warnings: string[] }) | null>;
};

/** What shows that a clause holds. */
export type SeeNeeds = {
  promised: readonly Promised[];
  /** The last test run; null where no results are here. */
  lastRun(): Promise<TestRun | null>;
  /** Where the running code enforces a rule, by its name in the policy file, in a language. */
  enforcedBy(rule: string, said: Spoken): Enforced[];
};

export type WebNeeds = {
  policy: Policy;
  statement: Statement;
  /** Policy and statement in every language that is offered, the policy's own first. */
  spoken: readonly [Spoken, ...Spoken[]];
  /** The documents in force: the policy, the terms, the guidelines. */
  documents: readonly PublishedDocument[];
  /** All versions of a document, newest first. */
  versions(id: string): Promise<Published[]>;
  /** Whether this is the subject's password; null: of a name that nobody has. */
  checkPassword(subject: string | null, password: string): Promise<boolean>;
  collect: CollectNeeds;
  session: SessionNeeds;
  rooms: Rooms;
  review: ReviewNeeds;
  /** What a mail with a link to what is held says. */
  reviewLetter: LinkLetter;
  /** Work that an answer does not wait for. */
  background: Background;
  /** `sends`: whether a mail server is set. */
  outbox: OutboxNeeds & { sends: boolean };
  choose: ChooseNeeds;
  staff: StaffNeeds;
  /** User names for staff, by subject; each is a look that is noted. */
  namesOf(
    viewer: Pick<SignedIn, "subject" | "roles">,
    about: readonly string[],
    page: string,
  ): Promise<Map<string, string>>;
  /** What of a person's the staff may be shown. */
  heldForStaff: HeldForStaff;
  askedLetter: AskedLetter;
  objectionLetter: ObjectionLetter;
  /** What the sweep carries out. */
  endings: readonly Ending[];
  rights: RightsNeeds;
  correct: CorrectNeeds;
  receipts: ReceiptNeeds;
  /** 32 bytes from the vault, that links to erasures are made from. */
  receiptKey: Buffer;
  /** The policy's region for somebody who comes from an address. */
  regionFrom(address: string): Promise<string>;
  /** The policy's answers for a purpose. */
  permitFor(purpose: string): Permit;
  clock: Clock;
  /** Address that people reach the service by. */
  origin: () => string;
  /** The one-time link's token; null once it was used. */
  firstLink: { token: string | null };
  /** What takes up a changed policy file. */
  change: PolicyChange;
  throttles: Throttles;
  tickets: Tickets;
  /** What writes to people about their accounts. */
  mailing: MailNeeds;
  /** 32 bytes from the vault, under which known browsers are marked. */
  deviceKey: Buffer;
  state: ServiceState;
  see: SeeNeeds;
  /** Folder of the files in src that browsers are sent as they are. */
  sourceDir: string;
  /** Folder of the built browser modules. */
  builtDir: string;
};

export type SignedIn = Who & {
  role: "technician" | "administrator";
  /** Roles of the policy in which the person may look at others' data. */
  roles: readonly string[];
};

export type WebEnv = {
  Variables: {
    person: SignedIn | null;
    /** What the person is told of a new version of the policy. */
    news: News | null;
    address: string;
    browser: string;
    /** Set where no line of the log may say that it was asked. */
    unlogged: boolean;
  };
};

export type WebContext = Context<WebEnv>;
