// The two cookies that the service sets, by the names and lives that the policy declares (C12).
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Cookie, Policy } from "../policy/core.ts";
import type { WebContext } from "./needs.ts";

export const signInCookie = "upheld-sign-in";
export const guestCookie = "upheld-guest";

/** The policy's declaration of a cookie; one that it lacks is never set. */
export const declared = (policy: Policy, name: string): Cookie | null =>
  policy.cookies.find((cookie) => cookie.name === name) ?? null;

type Setting = { policy: Policy; origin: () => string };

const set = ({ policy, origin }: Setting, c: WebContext, name: string, value: string, path: string): void => {
  const cookie = declared(policy, name);
  if (!cookie) throw new Error(`the policy does not declare the cookie ${name}`);
  setCookie(c, name, value, {
    path,
    httpOnly: true,
    sameSite: "Lax",
    secure: origin().startsWith("https:"),
    ...(cookie.days === null ? {} : { maxAge: Math.round(cookie.days * 86_400) }),
  });
};

export const setSignIn = (needs: Setting, c: WebContext, token: string): void =>
  set(needs, c, signInCookie, token, "/");

/** A guest's cookie goes to the room of its session alone. */
export const setGuest = (needs: Setting, c: WebContext, session: string, token: string): void =>
  set(needs, c, guestCookie, token, `/room/${session}`);

export const dropSignIn = (c: WebContext): void => void deleteCookie(c, signInCookie, { path: "/" });

export const readCookie = (c: WebContext, name: string): string | null => getCookie(c, name) ?? null;
