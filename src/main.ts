// The only wiring: policy, what rests, rooms, pages and server become one running Upheld.
import { randomBytes, randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { CompiledQuery } from "kysely";
import type { Client } from "pg";
import { createCheckpoints } from "./checkpoints.ts";
import type { ChooseNeeds } from "./choose/needs.ts";
import { createCountryOf } from "./collect/country-of.ts";
import { noteMailed } from "./choose/tell-by-mail.ts";
import { createBackground } from "./background.ts";
import { createRequestLog, purpose as logPurpose } from "./collect/log-requests.ts";
import { digestOf, publishDocuments, publishWords } from "./collect/publish-documents.ts";
import { purpose as accountPurpose, type CollectNeeds } from "./collect/needs.ts";
import { accountLetters } from "./collect/account-letters.ts";
import { checkPassword } from "./collect/check-password.ts";
import { ensureDecoy } from "./collect/decoy.ts";
import { whoIs } from "./collect/sign-in.ts";
import { createTickets } from "./collect/tickets.ts";
import type { Config } from "./config.ts";
import { enforcementOf } from "./enforcement.ts";
import { lineOfFault, type Log } from "./http/log.ts";
import { createLiveSockets, type Flood } from "./http/live-socket.ts";
import { serve, type Listening } from "./http/serve.ts";
import { visitorAddressBehind } from "./http/visitor-address.ts";
import { inTurn, startJobs } from "./jobs.ts";
import { backupWarnings, readBackupState } from "./keep/backup/state.ts";
import { checkWalls } from "./keep/check-walls.ts";
import type { Clock } from "./keep/clock.ts";
import { publicKeyFile } from "./keep/ledger.ts";
import { openKeep, type Keep } from "./keep/open-keep.ts";
import { ledgerHead, ledgerRows, type Query } from "./keep/read-ledger.ts";
import { StartError } from "./keep/start-error.ts";
import { verifyLedger } from "./keep/verify-ledger.ts";
import { compile, regionOf, type Policy } from "./policy/core.ts";
import { policyLetter } from "./policy-letter.ts";
import { documentsOf, keepPolicy, permitFor, readPolicy } from "./policy-file.ts";
import { service } from "./policy/rows.ts";
import { speakPolicy, wordsId, type Spoken, type WordsFile } from "./speak-policy.ts";
import { readPromised, watchRun } from "./promises.ts";
import { roomReplays, standingNeeds } from "./replays.ts";
import { calendarFault } from "./review/calendar.ts";
import { eraseDue } from "./review/erase-run.ts";
import { purpose as reviewPurpose } from "./review/needs.ts";
import { reviewLetter } from "./review-letter.ts";
import { createNoteLook } from "./review/looks.ts";
import { namesOf } from "./review/names-of.ts";
import type { StaffNeeds } from "./review/staff.ts";
import type { RightsNeeds } from "./review/rights-needs.ts";
import { collectable, purpose as sessionPurpose, type SessionNeeds } from "./session/needs.ts";
import { createRooms } from "./session/rooms.ts";
import { carrierIn } from "./share/mail-carrier.ts";
import { smtpLine } from "./share/post-by-smtp.ts";
import { createQueueMail } from "./share/queue-mail.ts";
import { sendMails, type SendNeeds } from "./share/send-mails.ts";
import { createApp } from "./web/app.tsx";
import { guestCookie, nameHere, signInCookie } from "./web/cookies.ts";
import type { Published, WebNeeds } from "./web/needs.ts";
import { hasProved } from "./web/signed-in.ts";
import { sweepSteps } from "./sweep.ts";
import { throttlesFor } from "./web/throttles.ts";
import { seatFor } from "./web/routes/session.tsx";
import { cookieIn } from "./http/cookie-in.ts";

export type Upheld = {
  port: number;
  url: string;
  /** Opens the first administrator's account, once; null when there is one. */
  firstLink: string | null;
  /** Name and version of the running policy. */
  policy: string;
  /** The time that it goes by. */
  clock: Clock;
  onLost(act: () => void): void;
  stop(): Promise<void>;
};

export type StartHooks = {
  log: Log;
  progress: (line: string) => void;
  /** What one person may send into a room, in place of the usual: a measurement has few people who say much. */
  flood?: Flood;
};

/** A file of words that is offered. */
type Offered = { spoken: Spoken; text: string };
type Said = { policy: Policy; text: string; own: Spoken; others: readonly Offered[] };

/** A translation decides nothing, and the policy is there whole in its own language: a faulty one stops no start. */
const offered = (files: readonly WordsFile[], { log, progress }: StartHooks): Offered[] =>
  files.flatMap(({ language, file, text, issues, spoken }) => {
    if (spoken) return [{ spoken, text }];
    log({ event: "words", code: language, count: issues.length });
    progress(`${file} does not fit the policy, so it is not offered. "upheld check" says what is wrong.`);
    return [];
  });

const openFor = (config: Config, { policy, text, others }: Said, hooks: StartHooks) =>
  openKeep({
    dataDir: config.dataDir,
    rootKeyFile: config.rootKeyFile,
    backupPlace: config.backupPlace,
    vaultCopyPlace: config.vaultCopyPlace,
    databaseUrl: config.databaseUrl,
    vaultUrl: config.vaultUrl,
    env: config.env,
    migrations: path.join(sourceDir, "keep/migrations"),
    progress: hooks.progress,
    policy: keepPolicy(policy),
    replays: roomReplays,
    prepare: async (client: Client, clock) => {
      await publishDocuments(client, documentsOf(policy, text), clock());
      const words = others.map(({ spoken, text: body }) => ({
        id: wordsId(policy.policy, policy.version, spoken.language),
        title: spoken.statement.title,
        body,
      }));
      await publishWords(client, words, clock());
    },
  });

/** Where this program lies: `src` beside `dist`, whichever of them is running. */
const root = path.resolve(import.meta.dirname, "..");
const sourceDir = path.join(root, "src");
const builtDir = path.join(root, "dist");

const versionsOf =
  ({ databases }: Keep) =>
  (id: string): Promise<Published[]> =>
    databases.site({ actor: service, purpose: logPurpose }, async (data) => {
      const rows = await data
        .selectFrom("document")
        .selectAll()
        .where("id", "=", id)
        .orderBy("version", "desc")
        .execute();
      return rows.map(({ published_at, ...row }) => ({ ...row, publishedAt: published_at }));
    });

const hasAdministrator = async ({ databases }: Keep): Promise<boolean> =>
  (await databases.door({ actor: service, purpose: accountPurpose }, (data) =>
    data.selectFrom("subject").select("id").where("kind", "=", "administrator").limit(1).executeTakeFirst(),
  )) !== undefined;

const asDesk = <T>({ databases }: Keep, act: (query: Query) => Promise<T>): Promise<T> =>
  databases.desk({ actor: service, purpose: reviewPurpose }, (data) =>
    act((text, values) => data.executeQuery(CompiledQuery.raw(text, values))),
  );

const verifyLive = (keep: Keep) =>
  asDesk(keep, async (query) => {
    const head = await ledgerHead(query);
    const { entries, faults } = await verifyLedger(ledgerRows(query), keep.ledger.publicKey, head);
    return { entries, brokenAt: faults[0]?.seq ?? null, at: keep.clock() };
  });

/** Without a server nothing goes: what would go out waits in the outbox. */
const sendDue = (
  smtpUrl: string | null,
  log: Log,
  needs: Omit<SendNeeds, "openLine">,
  sent: () => Promise<unknown>,
) => {
  if (!smtpUrl) return [];
  const openLine = smtpLine(smtpUrl);
  return [
    async (stopping: () => boolean): Promise<void> => {
      const report = await sendMails({ ...needs, openLine }, stopping);
      for (const [code, count] of Object.entries(report)) if (count > 0) log({ event: "mail", code, count });
      if (report.sent > 0) await sent();
    },
  ];
};

type Parts = {
  config: Config;
  hooks: StartHooks;
  listening: Listening;
  said: Said;
  keep: Keep;
};

const wire = async ({ config, hooks, listening, said, keep }: Parts): Promise<Upheld> => {
  const { policy, text, own, others } = said;
  const compiled = compile(policy);
  const { clock, databases, pieces, vault, ledger, bits, inForce, newcomer } = keep;
  const onFault = (fault: unknown, route?: string) =>
    hooks.log({ event: "fault", ...lineOfFault(fault), ...(route ? { route } : {}) });
  const createKey = (subject: string) => vault.createKey(subject);
  const common = { pieces, ledger, clock, newId: randomUUID, newcomer };
  const countryOf = await createCountryOf(config.countryFile, onFault);
  const carrierFor = carrierIn(inForce.versions);
  const queueMail = createQueueMail({ ...common, bits, carrierFor });

  const noteLook = createNoteLook(common);
  const staff: StaffNeeds = { within: databases.desk, ledger, clock, newId: randomUUID, compiled };
  const session: SessionNeeds = {
    ...common,
    noteLook: (look) =>
      databases.desk({ actor: look.staff, purpose: reviewPurpose }, (data) => noteLook(data, look)),
    within: databases.room,
    permit: permitFor(compiled, sessionPurpose),
    createKey,
    inviteKey: await vault.secret("invite"),
    policyVersion: policy.version,
  };
  const choose: ChooseNeeds = {
    ...{ ledger, clock, newId: randomUUID, restand: keep.restand, inForce: keep.inForce },
    within: databases.desk,
    note: (entry) => vault.journal.note(entry),
  };
  const tokenKey = await vault.secret("sign-in-token");
  const collect: CollectNeeds = { ...common, within: databases.door, vault, tokenKey, queueMail };
  const decoy = await ensureDecoy(collect, await vault.secret("decoy"));
  const rooms = createRooms(session);
  const rights: RightsNeeds = {
    ...standingNeeds(keep),
    policy,
    note: (entry) => vault.journal.note(entry),
    rooms,
  };
  const receiptKey = await vault.secret("erasure-link");
  const requestLog = createRequestLog({ ...common, within: databases.site, createKey, onFault });
  const origin = () => (config.origin.endsWith(":0") ? `http://localhost:${listening.port}` : config.origin);
  const tickets = createTickets(await vault.secret("ticket"), clock);
  const background = createBackground(onFault);
  const firstLink = { token: (await hasAdministrator(keep)) ? null : randomBytes(18).toString("base64url") };

  const spoken: WebNeeds["spoken"] = [own, ...others.map((one) => one.spoken)];
  const web: WebNeeds = {
    policy,
    statement: own.statement,
    spoken,
    documents: documentsOf(policy, text),
    versions: versionsOf(keep),
    checkPassword: (subject, password) => checkPassword(collect, decoy, subject, password),
    collect,
    session,
    rooms,
    outbox: {
      ...common,
      noteLook,
      within: databases.desk,
      versions: inForce.versions,
      sends: config.smtpUrl !== null,
    },
    review: {
      ...common,
      within: databases.desk,
      inForce,
      queueMail,
      findAll: (kind, address) => vault.findAll(kind, address),
      linkKey: await vault.secret("review-link"),
    },
    reviewLetter: reviewLetter(policy, origin),
    background,
    choose,
    staff,
    namesOf: (viewer, about, page) => namesOf({ ...staff, pieces, noteLook }, viewer, about, page),
    rights,
    receipts: { within: databases.end },
    receiptKey,
    regionFrom: async (address) => regionOf(policy, await countryOf(address)),
    permitFor: (purpose) => permitFor(compiled, purpose),
    clock,
    origin,
    firstLink,
    throttles: throttlesFor({ within: databases.door, clock, key: await vault.secret("throttle") }),
    deviceKey: await vault.secret("device"),
    tickets,
    mailing: { ...collect, tickets, letters: accountLetters(policy, origin) },
    state: {
      digest: digestOf(text).toString("hex"),
      checkWalls: () => asDesk(keep, checkWalls),
      verifyLedger: () => verifyLive(keep),
      copies: async () => {
        if (keep.backups === null) return null;
        const copies = await readBackupState(config.dataDir);
        return { ...copies, warnings: backupWarnings(copies, clock()) };
      },
    },
    see: {
      promised: await readPromised(root),
      lastRun: watchRun(root),
      enforcedBy: (rule, said) => enforcementOf({ ...compiled, policy: said.policy }, said.words)(rule),
    },
    sourceDir,
    builtDir,
  };
  const permitLog = permitFor(compiled, logPurpose);
  const app = createApp({
    ...web,
    requestLog,
    visitorAddress: visitorAddressBehind(config.trustedProxies),
    loggable: (values) => collectable(permitLog, "page-request", values),
    onFault,
  });
  const sockets = createLiveSockets({
    rooms,
    onFault,
    flood: hooks.flood,
    seatOf: async (id, { cookie, host }) => {
      const read = (name: string) => cookieIn(cookie, nameHere(origin(), host, name));
      const token = read(signInCookie);
      const person = token ? await whoIs(collect, token) : null;
      const seat = await seatFor({ session }, id, person?.subject ?? null, read(guestCookie));
      const own = person !== null && seat?.subject === person.subject;
      return own && !hasProved({ policy, clock }, person) ? "ask-again" : seat;
    },
  });
  const from = {
    name: policy.controller.product ?? policy.controller.name,
    address: policy.controller.email,
  };
  const checkpoints = createCheckpoints({
    dataDir: config.dataDir,
    clock,
    ledger,
    head: () => asDesk(keep, ledgerHead),
    mail: config.smtpUrl ? { openLine: smtpLine(config.smtpUrl), controller: from } : null,
  });
  const stopJobs = startJobs({
    clock,
    haltOnJump: config.env !== "test",
    log: hooks.log,
    onFault,
    endIdle: () => rooms.endIdle(),
    beat: () => keep.beat(),
    beside: sendDue(
      config.smtpUrl,
      hooks.log,
      {
        ...common,
        within: databases.mail,
        from,
        carrierFor,
      },
      () => noteMailed(choose),
    ),
    ending: [
      async (stopping) => {
        const count = await eraseDue(
          {
            ...rights,
            erasing: { within: databases.end, vault, pieces, policy, clock },
            ...{ queueMail, receiptKey, origin },
            mails: config.smtpUrl !== null,
            readAnew: (subject) => rooms.readAnew(subject),
          },
          stopping,
        );
        if (count > 0) hooks.log({ event: "ended", code: "erase", count });
      },
    ],
    sweep: inTurn(
      sweepSteps({
        keep,
        choose,
        tell: {
          ...choose,
          ...{ pieces, queueMail, door: databases.door, letter: policyLetter(policy, origin) },
        },
        checkpoints,
        log: hooks.log,
        onFault,
      }),
      onFault,
    ),
  });
  const stopCare = [keep.backups?.begin(onFault), keep.vaultCare.begin(onFault)];
  await writeFile(path.join(config.dataDir, publicKeyFile), ledger.publicKey);
  listening.ready(
    (request, env) => app.fetch(request, env),
    (...upgrade) => sockets.handle(...upgrade),
  );

  return {
    port: listening.port,
    url: origin(),
    firstLink: firstLink.token && `${origin()}/first/${firstLink.token}`,
    policy: `${policy.controller.product ?? policy.controller.name}, policy version ${policy.version}`,
    clock,
    onLost: (act) => keep.onLost(act),
    async stop() {
      for (const stop of stopCare) stop?.();
      await stopJobs();
      await rooms.close();
      sockets.close();
      await listening.close();
      await background.ended();
      await requestLog.flush();
      await checkpoints().catch(onFault);
      await keep.close();
    },
  };
};

/** Starts Upheld; throws a {@link StartError} whose sentence says what is wrong and what to do. */
export const startUpheld = async (config: Config, hooks: StartHooks): Promise<Upheld> => {
  const listening = await serve(config.port, config.host);
  let keep: Keep | null = null;
  try {
    const { policy, text } = await readPolicy(config.policyFile);
    const fault = calendarFault(policy.erase);
    if (fault) throw new StartError("policy-refused", fault);
    const { own, files } = await speakPolicy(policy);
    const said = { policy, text, own, others: offered(files, hooks) };
    keep = await openFor(config, said, hooks);
    return await wire({ config, hooks, listening, said, keep });
  } catch (fault) {
    await listening.close();
    await keep?.close();
    throw fault;
  }
};
