// Keeps C7 and T1 at the front door: in ten seconds what this is and what to press, with no cookie and no script.
import { readingOf, useReading } from "../reading.ts";
import { CodeForm } from "./parts/code-form.tsx";
import { KeptList, type Kept } from "./parts/end.tsx";
import { Layout, type Site } from "./layout.tsx";

export type FrontPageProps = {
  site: Site;
  /** Whatever is kept of a session and of a visit, each with its end, from the policy. */
  kept: readonly Kept[];
};

export const FrontPage = ({ site, kept }: FrontPageProps) => {
  const { words, to } = readingOf(site);
  const { front } = words;
  return (
    <Layout site={site} shape="wide">
      <div class="hero">
        <div class="hero-words">
          <h1>{front.title}</h1>
          <p class="lead">
            {site.tagline ?? front.tagline(site.name)} {front.lead}
          </p>
        </div>
        <div class="doors">
          <section class="card door" aria-labelledby="door-code">
            <h2 id="door-code">{front.helped}</h2>
            <CodeForm />
            <p class="hint">{front.noAccount}</p>
          </section>
          <section class="card door" aria-labelledby="door-technician">
            <h2 id="door-technician">{front.helping}</h2>
            {site.person ? <SignedInDoor /> : <TechnicianDoor />}
          </section>
        </div>
      </div>
      {kept.length > 0 ? (
        <section class="leaves" aria-labelledby="leaves">
          <h2 id="leaves">{front.kept}</h2>
          <KeptList kept={kept} wide />
          <p>
            {front.readFrom((text) => (
              <a href={to("/privacy")}>{text}</a>
            ))}
          </p>
        </section>
      ) : null}
    </Layout>
  );
};

const TechnicianDoor = () => {
  const { words, to } = useReading();
  return (
    <>
      <p>{words.front.technician}</p>
      <p class="actions">
        <a class="button primary" href={to("/register")}>
          {words.front.register}
        </a>
        <a class="button" href={to("/sign-in")}>
          {words.front.signIn}
        </a>
      </p>
    </>
  );
};

const SignedInDoor = () => {
  const { front } = useReading().words;
  return (
    <>
      <p>{front.signedIn}</p>
      <p class="actions">
        <a class="button primary" href="/console">
          {front.console}
        </a>
      </p>
    </>
  );
};
