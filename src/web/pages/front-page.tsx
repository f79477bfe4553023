// Keeps C7 and T1 at the front door: in ten seconds what this is and what to press, with no cookie and no script.
import { CodeForm } from "./parts/code-form.tsx";
import { KeptList, type Kept } from "./parts/end.tsx";
import { Layout, type Site } from "./layout.tsx";

export type FrontPageProps = {
  site: Site;
  /** Whatever is kept of a session and of a visit, each with its end, from the policy. */
  kept: readonly Kept[];
};

export const FrontPage = ({ site, kept }: FrontPageProps) => (
  <Layout site={site} shape="wide">
    <div class="hero">
      <div class="hero-words">
        <h1>A technician helps you, live. Nothing is kept but what the policy says.</h1>
        <p class="lead">
          {site.tagline ??
            `${site.name} is where a technician and you meet online to solve something together.`}{" "}
          It is run by its privacy policy: what the policy does not name is not recorded, and what it names
          has an end.
        </p>
      </div>
      <div class="doors">
        <section class="card door" aria-labelledby="door-code">
          <h2 id="door-code">Someone is helping you</h2>
          <CodeForm />
          <p class="hint">No account. Before you join you read what would be recorded.</p>
        </section>
        <section class="card door" aria-labelledby="door-technician">
          <h2 id="door-technician">You help people</h2>
          {site.person ? <SignedInDoor /> : <TechnicianDoor />}
        </section>
      </div>
    </div>
    {kept.length > 0 ? (
      <section class="leaves" aria-labelledby="leaves">
        <h2 id="leaves">What is kept, and until when</h2>
        <KeptList kept={kept} wide />
        <p>
          This list is read from the <a href="/privacy">policy that runs</a>, not written beside it.
        </p>
      </section>
    ) : null}
  </Layout>
);

const TechnicianDoor = () => (
  <>
    <p>
      Open a session, say a code on the telephone, and your customer is there. A user name and a password are
      enough.
    </p>
    <p class="actions">
      <a class="button primary" href="/register">
        Open an account
      </a>
      <a class="button" href="/sign-in">
        Sign in
      </a>
    </p>
  </>
);

const SignedInDoor = () => (
  <>
    <p>You are signed in. Your sessions, waiting, live and past, are in your console.</p>
    <p class="actions">
      <a class="button primary" href="/console">
        Go to your console
      </a>
    </p>
  </>
);
