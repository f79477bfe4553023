// Keeps C12: what cookies are, how to refuse them, and each that this service sets, with its life and purpose from the policy.
import type { Section } from "../../policy/statement.ts";
import { readingOf } from "../reading.ts";
import { Layout, type Site } from "./layout.tsx";
import { OneSection } from "./parts/section.tsx";

/** `section`: the statement's own about cookies, so that there is one text of it. */
export const CookiePage = ({ site, section }: { site: Site; section: Section }) => {
  const { words, to } = readingOf(site);
  return (
    <Layout site={site} title={section.title} here="cookies" shape="wide">
      <div class="sections">
        <h1>{words.cookies.title}</h1>
        <p class="lead">
          {words.cookies.from(site.policyVersion, (text) => (
            <a href={to("/privacy")}>{text}</a>
          ))}
        </p>
        <OneSection {...section} runs />
      </div>
    </Layout>
  );
};
