// The only wiring: policy, what rests, rooms, pages and server become all that answers under one policy.
import { randomUUID } from "node:crypto";
import path from "node:path";
import { createCheckpoints } from "./checkpoints.ts";
import type { ChooseNeeds } from "./choose/needs.ts";
import { createCountryOf } from "./collect/country-of.ts";
import { noteMailed } from "./choose/tell-by-mail.ts";
import { createBackground } from "./background.ts";
import { createRequestLog, purpose as logPurpose } from "./collect/log-requests.ts";
import type { CollectNeeds } from "./collect/needs.ts";
import { accountLetters } from "./collect/account-letters.ts";
import { checkPassword } from "./collect/check-password.ts";
import { ensureDecoy } from "./collect/decoy.ts";
import { whoIs } from "./collect/sign-in.ts";
import { asDesk, sendDue, serviceState, versionsOf } from "./service-state.ts";
import { createTickets } from "./collect/tickets.ts";
import type { Config } from "./config.ts";
import { enforcementOf } from "./enforcement.ts";
import { lineOfFault, type Log } from "./http/log.ts";
import { createLiveSockets, type Flood, type Shares } from "./http/live-socket.ts";
import type { Listening } from "./http/serve.ts";
import { visitorAddressBehind } from "./http/visitor-address.ts";
import { inTurn, startJobs } from "./jobs.ts";
import type { Keep } from "./keep/keep.ts";
import { ledgerHead } from "./keep/read-ledger.ts";
import { createMachine } from "./machine.ts";
import { regionOf } from "./policy/core.ts";
import { policyLetter } from "./policy-letter.ts";
import { documentsOf, permitFor } from "./policy-file.ts";
import type { Said } from "./said.ts";
import type { PolicyChange } from "./change-policy.ts";
import { readPromised, watchRun } from "./promises.ts";
import { standingNeeds } from "./replays.ts";
import { eraseDue } from "./review/erase-run.ts";
import { purpose as reviewPurpose } from "./review/needs.ts";
import { requestLetters } from "./request-letters.ts";
import { reviewLetter } from "./review-letter.ts";
import { createNoteLook } from "./review/looks.ts";
import { heldForStaff } from "./review/held-for-staff.ts";
import { namesOf } from "./review/names-of.ts";
import type { StaffNeeds } from "./review/staff.ts";
import type { RightsNeeds } from "./review/rights-needs.ts";
import { collectable, purpose as sessionPurpose, type SessionNeeds } from "./session/needs.ts";
import { createRooms } from "./session/rooms.ts";
import { carrierIn } from "./share/mail-carrier.ts";
import { smtpLine } from "./share/post-by-smtp.ts";
import { createOweTelling } from "./share/owe-telling.ts";
import { createQueueMail } from "./share/queue-mail.ts";
import { createApp } from "./web/app.tsx";
import { guestCookie, nameHere, signInCookie } from "./web/cookies.ts";
import type { WebNeeds } from "./web/needs.ts";
import { hasProved } from "./web/signed-in.ts";
import { sweepSteps } from "./sweep.ts";
import { throttlesFor } from "./web/throttles.ts";
import { seatFor } from "./web/routes/session.tsx";
import { cookieIn } from "./http/cookie-in.ts";

export type StartHooks = {
  log: Log;
  progress: (line: string) => void;
  /** What one person may send into a room, in place of the usual: a measurement has few people who say much. */
  flood?: Flood;
};

/** Where this program lies: `src` beside `dist`, whichever of them is running. */
const root = path.resolve(import.meta.dirname, "..");
export const sourceDir = path.join(root, "src");
const builtDir = path.join(root, "dist");

export type Parts = {
  config: Config;
  hooks: StartHooks;
  listening: Listening;
  said: Said;
  keep: Keep;
  firstLink: { token: string | null };
  /** What each seat's lines may send together. */
  shareOf: Shares;
  /** What takes up a changed policy file. */
  change: PolicyChange;
};

/** All that answers and works under one policy, over a keep that outlasts it. */
type Wired = {
  /** Answers from now on, and takes no live line yet. */
  answer(): void;
  /** Takes live lines, and starts what works beside the answers. */
  begin(): void;
  /** Finishes what was being written into rooms, and lets go of the live lines; their pages begin new ones. */
  closeRooms(): Promise<void>;
  /** Ends what works beside the answers. */
  end(): Promise<void>;
};

export const wire = async ({
  config,
  hooks,
  listening,
  said,
  keep,
  firstLink,
  shareOf,
  change,
}: Parts): Promise<Wired> => {
  const { policy, text, own, others } = said;
  const { clock, databases, pieces, vault, ledger, bits, inForce, newcomer } = keep;
  const { compiled } = inForce.versions.running;
  const onFault = (fault: unknown, route?: string) =>
    hooks.log({ event: "fault", ...lineOfFault(fault), ...(route ? { route } : {}) });
  const machine = createMachine(config, keep, hooks.log);
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
  const oweTelling = createOweTelling({ ...common, vault });
  const receiptKey = await vault.secret("erasure-link");
  const requestLog = createRequestLog({ ...common, within: databases.site, createKey, onFault });
  const origin = originOf(config, listening);
  const tickets = createTickets(await vault.secret("ticket"), clock);
  const background = createBackground(onFault);
  const spoken: WebNeeds["spoken"] = [own, ...others.map((one) => one.spoken)];
  const web: WebNeeds = {
    policy,
    statement: own.statement,
    spoken,
    documents: documentsOf(policy, text, own.statement.title),
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
    heldForStaff: (viewer, subject, page) =>
      heldForStaff({ ...staff, pieces, noteLook }, viewer, subject, page),
    ...requestLetters(spoken, origin),
    endings: keep.endings,
    rights,
    correct: { ...rights, compiled, oweTelling, readAnew: (subject) => rooms.readAnew(subject) },
    receipts: { within: databases.end },
    receiptKey,
    regionFrom: async (address) => regionOf(policy, await countryOf(address)),
    permitFor: (purpose) => permitFor(compiled, purpose),
    clock,
    origin,
    firstLink,
    change,
    throttles: throttlesFor({ within: databases.door, clock, key: await vault.secret("throttle") }),
    deviceKey: await vault.secret("device"),
    tickets,
    mailing: { ...collect, tickets, letters: accountLetters(policy, origin) },
    state: serviceState({ keep, dataDir: config.dataDir, text, machine }),
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
    shareOf,
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
  const erasedBeside = new Set<string>();
  const startWork = () =>
    startJobs({
      clock,
      isAhead: () => keep.clockWatch.isAhead(),
      log: hooks.log,
      onFault,
      endIdle: () => rooms.endIdle(),
      beat: async () => {
        await machine.look();
        await keep.beat();
      },
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
              erasedBeside,
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
  let stopWork: (() => Promise<void>) | null = null;

  return {
    answer: () => listening.ready((request, env) => app.fetch(request, env)),
    begin() {
      listening.take((...upgrade) => sockets.handle(...upgrade));
      stopWork = startWork();
    },
    async closeRooms() {
      await rooms.close();
      sockets.close();
    },
    async end() {
      await stopWork?.();
      await background.ended();
      await requestLog.flush();
      await checkpoints().catch(onFault);
    },
  };
};

export const originOf =
  (config: Config, { port }: Listening) =>
  () =>
    config.origin.endsWith(":0") ? `http://localhost:${port}` : config.origin;
