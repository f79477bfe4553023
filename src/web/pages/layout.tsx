// Keeps P1 and C7 on every page: the brand, the way in, and the policy that is running, with no script needed.
import type { Child } from "hono/jsx";
import { raw } from "hono/html";
import { readingOf, Reads, useReading, withLanguage, type Reading } from "../reading.ts";
import { Mark } from "./parts/mark.tsx";
import { When } from "./parts/when.tsx";

/** Who reads the page; null where nobody has signed in. */
export type SitePerson = {
  name: string;
  role: "technician" | "administrator";
  /** Whether there is something at the desk for them. */
  desk?: boolean;
};
/** What every page is told of the service. */
export type Site = {
  name: string;
  tagline?: string | undefined;
  policyVersion: number;
  /** The look that the reader chose; null or left out where it is the browser's. */
  theme?: "light" | "dark" | null;
  /** Whether language and look can be chosen and kept. */
  preferences?: boolean;
  person: SitePerson | null;
  /** In which language and words; left out on a page that comes in English alone. */
  reading?: Reading | undefined;
  /** A new version of the policy, and from when what it allows anew holds for the person. */
  news?: { version: number; from: number } | null;
};
export type Here =
  | "join"
  | "console"
  | "register"
  | "sign-in"
  | "account"
  | "desk"
  | "privacy"
  | "cookies"
  | "terms"
  | "data-request";

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

/** The page around `children`; its parts learn from it how the page is read. */
export const Layout = (props: LayoutProps) => (
  <Reads value={readingOf(props.site)}>
    <Frame {...props} />
  </Reads>
);

const Frame = ({ site, title, here, shape = "page", bar, scripts = [], children }: LayoutProps) => (
  <>
    {raw("<!doctype html>")}
    <html lang={useReading().language} data-theme={site.theme ?? undefined}>
      <head>
        <meta charset="utf-8" />
        <meta
          name="viewport"
          content="width=device-width, initial-scale=1, interactive-widget=resizes-content"
        />
        <meta name="color-scheme" content={site.theme ?? "light dark"} />
        <meta name="referrer" content="same-origin" />
        <title>{title ? `${title} · ${site.name}` : site.name}</title>
        <link rel="stylesheet" href="/style.css" />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <Addresses />
        {[LOCAL_TIMES, ...scripts].map((src) => (
          <script type="module" src={src}></script>
        ))}
      </head>
      <body class={shape}>
        <a class="skip" href="#main">
          {useReading().words.frame.skip}
        </a>
        {bar ?? <Header site={site} here={here} />}
        {site.news && shape !== "room" ? <News {...site.news} /> : null}
        <main id="main" tabindex={-1}>
          {children}
        </main>
        {shape === "room" ? null : <Footer site={site} here={here} />}
      </body>
    </html>
  </>
);

/** Where this page is found, and where in other languages. */
const Addresses = () => {
  const { address, choices, language, named } = useReading();
  if (address === null) return null;
  return (
    <>
      <link rel="canonical" href={named ? withLanguage(address, language) : address} />
      {choices.map((choice) => (
        <link rel="alternate" hreflang={choice.language} href={withLanguage(address, choice.language)} />
      ))}
      {choices.length > 0 ? <link rel="alternate" hreflang="x-default" href={address} /> : null}
    </>
  );
};

const Header = ({ site, here }: { site: Site; here: Here | undefined }) => {
  const { words, to } = useReading();
  return (
    <header class="site-header">
      <a class="brand" href={to("/")}>
        <Mark />
        <span>{site.name}</span>
      </a>
      <nav aria-label={words.frame.site} class={site.person ? "signed-in" : undefined}>
        <Place to={to("/join")} is="join" here={here} label={words.frame.join} />
        {site.person ? (
          <SignedIn person={site.person} here={here} />
        ) : (
          <Place to={to("/sign-in")} is="sign-in" here={here} label={words.frame.signIn} />
        )}
        <Languages />
      </nav>
    </header>
  );
};

const SignedIn = ({ person, here }: { person: SitePerson; here: Here | undefined }) => {
  const { words, to } = useReading();
  const { frame } = words;
  return (
    <>
      <Place to="/console" is="console" here={here} label={frame.console} />
      {person.role === "administrator" || person.desk ? (
        <Place to="/desk" is="desk" here={here} label={frame.desk} />
      ) : null}
      <a class="me" href={to("/account")} aria-current={here === "account" ? "page" : undefined}>
        <span class="hush">{frame.accountOf}</span>
        <bdi>{person.name}</bdi>
      </a>
      <form method="post" action="/sign-out">
        <button class="quiet" type="submit">
          {frame.signOut}
        </button>
      </form>
    </>
  );
};

const News = ({ version, from }: { version: number; from: number }) => {
  const { news } = useReading().words;
  return (
    <aside class="news" aria-label={news.title}>
      <p>
        {news.words(version, <When at={from} show="date" />)} <a href="/account/changes">{news.see}</a>
      </p>
    </aside>
  );
};

type PlaceProps = { to: string; is: Here; here: Here | undefined; label: string };
const Place = ({ to, is, here, label }: PlaceProps) => (
  <a href={to} aria-current={is === here ? "page" : undefined}>
    {label}
  </a>
);

const Footer = ({ site, here }: { site: Site; here: Here | undefined }) => {
  const { words, to } = useReading();
  const { frame } = words;
  return (
    <footer class="site-footer">
      <p>
        {frame.runBy(site.policyVersion, (text) => (
          <a href={to("/privacy")}>{text}</a>
        ))}
      </p>
      <nav aria-label={frame.policy}>
        <Place to={to("/privacy")} is="privacy" here={here} label={frame.privacy} />
        <Place to={to("/cookies")} is="cookies" here={here} label={frame.cookies} />
        {site.preferences ? <a href={to("/preferences")}>{words.preferences.title}</a> : null}
        <Place to={to("/terms")} is="terms" here={here} label={frame.terms} />
        <Place to={to("/data-request")} is="data-request" here={here} label={frame.dataRequest} />
      </nav>
    </footer>
  );
};

/** Plain links to the other languages, so that one can be had with no script and no cookie. */
const Languages = () => {
  const { choices, language } = useReading();
  return (
    <>
      {choices
        .filter((choice) => choice.language !== language)
        .map((choice) => (
          <a class="language" href={choice.href} lang={choice.language} hreflang={choice.language}>
            {choice.name}
          </a>
        ))}
    </>
  );
};
