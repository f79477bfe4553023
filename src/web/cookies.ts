// The cookies that the service sets, by the names and lives that the policy declares (C12).
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { asText, type Preferences } from "../collect/preferences.ts";
import { isTrustworthy } from "../http/origin.ts";
import type { Cookie, Policy } from "../policy/core.ts";
import type { WebContext } from "./needs.ts";

/** Browsers take these names from us alone, over https or from their own machine, and send them nowhere else. */
export const signInCookie = "__Host-upheld-sign-in";
export const guestCookie = "__Host-upheld-guest";
export const deviceCookie = "__Host-upheld-device";
export const ageCookie = "__Host-upheld-age";
export const preferencesCookie = "__Host-upheld-preferences";

/** The policy's declaration of a cookie; one that it lacks is never set. */
export const declared = (policy: Policy, name: string): Cookie | null =>
  policy.cookies.find((cookie) => cookie.name === name) ?? null;

type Setting = { policy: Policy; origin: () => string };

/**
 * The name that a cookie has here. Over plain http from another machine no browser keeps a secure cookie, so there it
 * goes without the prefix, and is as open to whoever listens as the password is.
 * @param host the request's Host header
 */
export const nameHere = (origin: string, host: string | undefined, name: string): string =>
  isTrustworthy(origin, host) ? name : name.replace("__Host-", "");

const here = ({ origin }: Pick<Setting, "origin">, c: WebContext, name: string) => {
  const host = c.req.header("host");
  return { name: nameHere(origin(), host, name), secure: isTrustworthy(origin(), host) };
};

const set = (needs: Setting, c: WebContext, cookieName: string, value: string): void => {
  const cookie = declared(needs.policy, cookieName);
  if (!cookie) throw new Error(`the policy does not declare the cookie ${cookieName}`);
  const { name, secure } = here(needs, c, cookieName);
  setCookie(c, name, value, {
    path: "/",
    httpOnly: true,
    sameSite: "Lax",
    secure,
    ...(cookie.days === null ? {} : { maxAge: Math.round(cookie.days * 86_400) }),
  });
};

export const readCookie = (needs: Pick<Setting, "origin">, c: WebContext, name: string): string | null =>
  getCookie(c, here(needs, c, name).name) ?? null;

export const setSignIn = (needs: Setting, c: WebContext, token: string): void =>
  set(needs, c, signInCookie, token);

/** Where the policy declares no such cookie, none is set, and every browser is as unknown as the next. */
export const setDevice = (needs: Setting, c: WebContext, mark: string): void => {
  if (declared(needs.policy, deviceCookie)) set(needs, c, deviceCookie, mark);
};

/** Keeps an answer from being given otherwise a moment later; says nothing but that. Undeclared, it is not set. */
export const setAgeAnswered = (needs: Setting, c: WebContext): void => {
  if (declared(needs.policy, ageCookie)) set(needs, c, ageCookie, "answered");
};

/** Language and look; where nothing is chosen any more, it goes. Undeclared, it is not set. */
export const setPreferences = (needs: Setting, c: WebContext, preferences: Preferences): void => {
  if (!declared(needs.policy, preferencesCookie)) return;
  if (preferences.language !== null || preferences.theme !== null)
    set(needs, c, preferencesCookie, asText(preferences));
  else drop(needs, c, preferencesCookie);
};

/** Sessions in which one browser sits as a guest; the oldest gives way. */
const mostSeats = 8;

/** The tokens of a guest's cookie, one for each session that was joined in this browser. */
export const guestTokens = (value: string | null): string[] =>
  value ? value.split(".").slice(0, mostSeats) : [];

export const setGuest = (needs: Setting, c: WebContext, token: string): void => {
  const others = guestTokens(readCookie(needs, c, guestCookie)).slice(0, mostSeats - 1);
  set(needs, c, guestCookie, [token, ...others].join("."));
};

const drop = (needs: Setting, c: WebContext, cookieName: string): void => {
  const { name, secure } = here(needs, c, cookieName);
  deleteCookie(c, name, { path: "/", secure });
};

export const dropSignIn = (needs: Setting, c: WebContext): void => drop(needs, c, signInCookie);
