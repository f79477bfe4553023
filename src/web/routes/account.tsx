// What is held about the account that is signed in, and when it ends (C6, U11).
import { Hono } from "hono";
import { heldAbout } from "../../review/held-about.ts";
import { formFields } from "../form-fields.ts";
import { endingOf } from "../kept.ts";
import type { WebContext, WebEnv, WebNeeds } from "../needs.ts";
import { AccountPage } from "../pages/account-page.tsx";
import { readerFor } from "../reader.ts";
import { mustBeSignedIn } from "../signed-in.ts";
import { pathOf } from "./public.tsx";
import { registration, titlesOf } from "./register.tsx";

const showAccount = async (needs: WebNeeds, c: WebContext) => {
  const person = mustBeSignedIn(c);
  const held = await heldAbout(needs.review, person.subject, person.signIn);
  const reader = readerFor(needs, c);
  const titles = titlesOf(needs, reader);
  const endOf = (category: string, point: string) => endingOf(reader, category, point);
  const requestEnd = (at: Date) => endingOf(reader, "ip-address", "page-request", at).at ?? at.getTime();
  const signInEnd = (at: Date) => endingOf(reader, "sign-ins", "sign-in", at).at ?? at.getTime();
  return c.html(
    <AccountPage
      site={reader.site}
      fields={formFields(reader.policy, registration)
        .filter(({ category }) => category !== "password")
        .map(({ category, label }) => ({
          label,
          value: held.fields[category] ?? null,
          end: endOf(category, registration),
        }))}
      registered={{
        at: held.registered?.at.getTime() ?? 0,
        address: held.registered?.address ?? null,
        end: endOf("ip-address", registration),
      }}
      documents={held.agreements.map(({ document, version, at, page }) => ({
        title: titles.get(document) ?? document,
        href: `${pathOf(document)}/v/${version}`,
        version,
        at: at.getTime(),
        page,
      }))}
      signIns={held.signIns.map(({ at, endedAt, browser, current }) => ({
        at: at.getTime(),
        endedAt: endedAt?.getTime() ?? null,
        browser,
        until: signInEnd(at),
        current,
      }))}
      requests={held.requests.map(({ at, method, route, address }) => ({
        at: at.getTime(),
        method,
        page: route,
        address,
        until: requestEnd(at),
      }))}
      ends={{
        signIns: endOf("sign-ins", "sign-in"),
        requests: endOf("ip-address", "page-request"),
        sessions: endOf("session-times", "session"),
      }}
      sessions={held.sessions.map(({ id, openedAt, startedAt, endedAt, people }) => ({
        href: endedAt ? `/sessions/${id}` : `/room/${id}`,
        openedAt: openedAt.getTime(),
        length: startedAt && endedAt ? endedAt.getTime() - startedAt.getTime() : 0,
        people,
      }))}
    />,
  );
};

export const accountRoutes = (needs: WebNeeds): Hono<WebEnv> => {
  const app = new Hono<WebEnv>();
  app.get("/account", (c) => showAccount(needs, c));
  return app;
};
