// The web application: who asks, what is logged of it, every page, and one place where faults become answers.
import { getConnInfo } from "@hono/node-server/conninfo";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { routePath } from "hono/route";
import { newsFor, noteTold, type News } from "../choose/tell.ts";
import type { RequestLog } from "../collect/log-requests.ts";
import { Refusal, refusals, type RefusalCode } from "../http/errors.ts";
import { securityHeaders } from "../http/headers.ts";
import { isOwnOrigin } from "../http/origin.ts";
import type { VisitorAddress } from "../http/visitor-address.ts";
import { whoIs } from "../collect/sign-in.ts";
import { isNoRoom } from "../keep/room-left.ts";
import { readCookie, signInCookie } from "./cookies.ts";
import { guard } from "./guard.tsx";
import { closed } from "./closed.ts";
import type { SignedIn, WebContext, WebEnv, WebNeeds } from "./needs.ts";
import { ErrorPage } from "./pages/error-page.tsx";
import { accountRoutes } from "./routes/account.tsx";
import { assetRoutes } from "./routes/assets.ts";
import { childrenRoutes } from "./routes/children.tsx";
import { choiceRoutes } from "./routes/choices.tsx";
import { rolesOf } from "../review/staff.ts";
import { policyChangeRoutes } from "./routes/policy-change.tsx";
import { staffRoutes } from "./routes/staff.tsx";
import { dataRequestRoutes } from "./routes/data-request.tsx";
import { deskRoutes } from "./routes/desk.tsx";
import { schemaRoutes } from "./routes/download.tsx";
import { erasureRoutes } from "./routes/erasure.tsx";
import { firstAdministratorRoutes } from "./routes/first-administrator.tsx";
import { joinRoutes } from "./routes/join.tsx";
import { lookRoutes } from "./routes/looks.tsx";
import { mailAddressRoutes } from "./routes/mail-address.tsx";
import { newPasswordRoutes } from "./routes/new-password.tsx";
import { outboxRoutes } from "./routes/outbox.tsx";
import { peopleRoutes } from "./routes/people.tsx";
import { proveRoutes } from "./routes/prove.tsx";
import { publicRoutes } from "./routes/public.tsx";
import { registerRoutes } from "./routes/register.tsx";
import { requestRoutes } from "./routes/requests.tsx";
import { reviewRoutes } from "./routes/review.tsx";
import { secondFactorRoutes } from "./routes/second-factors.tsx";
import { securityRoutes } from "./routes/security.tsx";
import { seeRoutes } from "./routes/see.tsx";
import { sessionRoutes } from "./routes/session.tsx";
import { signInRoutes } from "./routes/sign-in.tsx";
import { preferencesRoutes } from "./routes/preferences.tsx";
import { tellingsRoutes } from "./routes/tellings.tsx";
import { userNameRoutes } from "./routes/user-name.tsx";
import { readerFor } from "./reader.ts";

type AppNeeds = WebNeeds & {
  requestLog: RequestLog;
  /** What the policy collects of a page request. */
  loggable: (values: Record<string, string>) => Record<string, string>;
  visitorAddress: VisitorAddress;
  onFault: (fault: unknown, route: string) => void;
};

const mostBody = 64 * 1024;
const longestBrowser = 200;

const showRefusal = (needs: WebNeeds, c: WebContext, code: RefusalCode) => {
  const { words: all, site: found, to } = readerFor(needs, c);
  const { title, words, remedy } = all.refusals[code];
  const { status } = refusals[code];
  const { pathname, search } = new URL(c.req.url);
  const next = `next=${encodeURIComponent(pathname + search)}`;
  if (code === "ask-again") return c.redirect(to(`/prove?${next}`), 303);
  const way =
    code === "sign-in-needed" ? { href: to(`/sign-in?${next}`), label: all.frame.signIn } : undefined;
  // What went wrong is no page for search engines.
  const site = { ...found, reading: { ...found.reading, address: null } };
  const props = { site, status, title, words, todo: remedy, code, ...(way ? { way } : {}) };
  return c.html(<ErrorPage {...props} />, status);
};

const codeOf = (fault: unknown): RefusalCode =>
  fault instanceof Refusal ? fault.code : isNoRoom(fault) ? "no-room" : "fault";

const signedIn = async (needs: WebNeeds, c: WebContext): Promise<SignedIn | null> => {
  const token = readCookie(needs, c, signInCookie);
  const found = token ? await whoIs(needs.collect, token) : null;
  if (!found) return null;
  const role = found.kind === "administrator" ? "administrator" : "technician";
  const given = await rolesOf(needs.staff, found.subject);
  return { ...found, role, roles: role === "administrator" ? ["administrator", ...given] : given };
};

/** Whoever is still under an earlier version is told on the page that they open; the first time is noted. */
const tellNews = async ({ choose }: WebNeeds, c: WebContext): Promise<News | null> => {
  const person = c.get("person");
  const news = person && c.req.method === "GET" ? await newsFor(choose, person.subject) : null;
  if (person && news && news.toldAt === null) await noteTold(choose, person.subject, "visit");
  return news;
};

const peerOf = (c: WebContext): string => {
  try {
    return getConnInfo(c).remote.address ?? "";
  } catch {
    return "";
  }
};

/** Each page is logged by the pattern of its route: its path may hold an invitation. */
const logPage = ({ requestLog, loggable, clock }: AppNeeds, c: WebContext): void =>
  requestLog.note({
    at: clock(),
    method: c.req.method,
    route: routePath(c, -1),
    status: c.res.status,
    // Of whoever restricted the use, or closed the account, a request is logged as anybody's.
    subject: c.get("person")?.standing === "active" ? (c.get("person")?.subject ?? null) : null,
    network: loggable({ "ip-address": c.get("address"), browser: c.get("browser") }),
  });

const everyRoute = [
  publicRoutes,
  seeRoutes,
  registerRoutes,
  firstAdministratorRoutes,
  signInRoutes,
  proveRoutes,
  accountRoutes,
  securityRoutes,
  secondFactorRoutes,
  mailAddressRoutes,
  userNameRoutes,
  preferencesRoutes,
  newPasswordRoutes,
  choiceRoutes,
  reviewRoutes,
  schemaRoutes,
  dataRequestRoutes,
  erasureRoutes,
  joinRoutes,
  sessionRoutes,
  deskRoutes,
  requestRoutes,
  childrenRoutes,
  tellingsRoutes,
  peopleRoutes,
  lookRoutes,
  outboxRoutes,
  staffRoutes,
  policyChangeRoutes,
];

const pages = (needs: AppNeeds): Hono<WebEnv> => {
  const app = new Hono<WebEnv>();
  app.use(async (c, next) => {
    c.set("address", needs.visitorAddress(peerOf(c), c.req.header("x-forwarded-for")));
    c.set("browser", (c.req.header("user-agent") ?? "").slice(0, longestBrowser));
    c.set("person", null);
    c.set("news", null);
    c.set("unlogged", false);
    c.header("cache-control", "no-store");
    c.set("person", await signedIn(needs, c));
    c.set("news", await tellNews(needs, c));
    await next();
    if (!c.get("unlogged")) logPage(needs, c);
  });
  // Behind the log, so that what is refused here is logged too.
  app.use(async (c, next) => {
    if (c.req.method !== "GET" && !isOwnOrigin(c.req.header("origin"), c.req.header("host")))
      throw new Refusal("from-elsewhere");
    await next();
  });
  app.use(
    bodyLimit({
      maxSize: mostBody,
      onError: () => {
        throw new Refusal("too-large");
      },
    }),
  );
  app.use(closed);
  app.use(guard(needs));
  for (const routes of everyRoute) app.route("/", routes(needs));
  app.notFound((c) => showRefusal(needs, c, "not-found"));
  app.onError((fault, c) => {
    const code = codeOf(fault);
    if (!(fault instanceof Refusal)) needs.onFault(fault, routePath(c, -1));
    return showRefusal(needs, c, code);
  });
  return app;
};

export const createApp = (needs: AppNeeds): Hono<WebEnv> => {
  const app = new Hono<WebEnv>();
  app.use(securityHeaders);
  app.route("/", assetRoutes(needs));
  app.route("/", pages(needs));
  app.onError((fault, c) => showRefusal(needs, c, codeOf(fault)));
  app.notFound((c) => showRefusal(needs, c, "not-found"));
  return app;
};
