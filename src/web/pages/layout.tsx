// Keeps P1 and C7 on every page: the brand, the way in, and the policy that is running, with no script needed.
import type { Child } from "hono/jsx";
import { raw } from "hono/html";
import { Mark } from "./parts/mark.tsx";

/** Who reads the page; null where nobody has signed in. */
export type SitePerson = { name: string; role: "technician" | "administrator" };
/** What every page is told of the service. */
export type Site = {
  name: string;
  tagline?: string | undefined;
  policyVersion: number;
  person: SitePerson | null;
};
export type Here = "join" | "console" | "register" | "sign-in" | "account" | "desk" | "privacy" | "terms";

export type LayoutProps = {
  site: Site;
  /** Stands before the brand in the browser's title; left out on the front page. */
  title?: string | undefined;
  /** Which place of the navigation this is. */
  here?: Here | undefined;
  /** `room` fills the window, with a header of its own and no footer. */
  shape?: "page" | "wide" | "room";
  /** Stands in the place of the site's header. */
  bar?: Child;
  /** Modules under /assets that make the page more pleasant; it works without. */
  scripts?: readonly string[];
  children?: Child;
};

const LOCAL_TIMES = "/assets/web/client/local-times.js";

export const Layout = ({ site, title, here, shape = "page", bar, scripts = [], children }: LayoutProps) => (
  <>
    {raw("<!doctype html>")}
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta
          name="viewport"
          content="width=device-width, initial-scale=1, interactive-widget=resizes-content"
        />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="same-origin" />
        <title>{title ? `${title} · ${site.name}` : site.name}</title>
        <link rel="stylesheet" href="/style.css" />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        {[LOCAL_TIMES, ...scripts].map((src) => (
          <script type="module" src={src}></script>
        ))}
      </head>
      <body class={shape}>
        <a class="skip" href="#main">
          Skip to the content
        </a>
        {bar ?? <Header site={site} here={here} />}
        <main id="main" tabindex={-1}>
          {children}
        </main>
        {shape === "room" ? null : <Footer site={site} here={here} />}
      </body>
    </html>
  </>
);

const Header = ({ site, here }: { site: Site; here: Here | undefined }) => (
  <header class="site-header">
    <a class="brand" href="/">
      <Mark />
      <span>{site.name}</span>
    </a>
    <nav aria-label="Site" class={site.person ? "signed-in" : undefined}>
      <Place to="/join" is="join" here={here} label="Join a session" />
      {site.person ? (
        <SignedIn person={site.person} here={here} />
      ) : (
        <Place to="/sign-in" is="sign-in" here={here} label="Sign in" />
      )}
    </nav>
  </header>
);

const SignedIn = ({ person, here }: { person: SitePerson; here: Here | undefined }) => (
  <>
    <Place to="/console" is="console" here={here} label="Console" />
    {person.role === "administrator" ? <Place to="/desk" is="desk" here={here} label="Desk" /> : null}
    <a class="me" href="/account" aria-current={here === "account" ? "page" : undefined}>
      <span class="hush">Account of </span>
      <bdi>{person.name}</bdi>
    </a>
    <form method="post" action="/sign-out">
      <button class="quiet" type="submit">
        Sign out
      </button>
    </form>
  </>
);

type PlaceProps = { to: string; is: Here; here: Here | undefined; label: string };
const Place = ({ to, is, here, label }: PlaceProps) => (
  <a href={to} aria-current={is === here ? "page" : undefined}>
    {label}
  </a>
);

const Footer = ({ site, here }: { site: Site; here: Here | undefined }) => (
  <footer class="site-footer">
    <p>
      Run by its privacy policy, <a href="/privacy">version {site.policyVersion}</a>.
    </p>
    <nav aria-label="Policy and terms">
      <Place to="/privacy" is="privacy" here={here} label="Privacy" />
      <Place to="/terms" is="terms" here={here} label="Terms" />
    </nav>
  </footer>
);
