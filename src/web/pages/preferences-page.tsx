// Keeps U10: language and look, chosen without an account or script, and where the choice is remembered.
import { readingOf } from "../reading.ts";
import { Layout, type Site } from "./layout.tsx";

export type PreferencesPageProps = {
  site: Site;
  action: string;
  languages: readonly { id: string; name: string }[];
  language: string | null;
  theme: string | null;
  saved: boolean;
};

type Choice = { id: string; name: string; lang?: string };

const Options = ({
  name,
  legend,
  options,
  chosen,
}: {
  name: string;
  legend: string;
  options: readonly Choice[];
  chosen: string | null;
}) => (
  <fieldset class="options">
    <legend>{legend}</legend>
    {options.map((option) => (
      <label lang={option.lang}>
        <input type="radio" name={name} value={option.id} checked={option.id === (chosen ?? "")} />{" "}
        {option.name}
      </label>
    ))}
  </fieldset>
);

export const PreferencesPage = ({
  site,
  action,
  languages,
  language,
  theme,
  saved,
}: PreferencesPageProps) => {
  const { preferences } = readingOf(site).words;
  return (
    <Layout site={site} title={preferences.title}>
      <div class="narrow">
        <h1>{preferences.title}</h1>
        <p class="lead">{site.person ? preferences.leadAccount : preferences.lead}</p>
        {saved ? (
          <p class="card calm" role="status">
            {preferences.saved}
          </p>
        ) : null}
        <form class="stack" method="post" action={action}>
          {languages.length > 1 ? (
            <Options
              name="language"
              legend={preferences.language}
              chosen={language}
              options={[
                { id: "", name: preferences.browsers },
                ...languages.map(({ id, name }) => ({ id, name, lang: id })),
              ]}
            />
          ) : null}
          <Options
            name="theme"
            legend={preferences.theme}
            chosen={theme}
            options={[
              { id: "", name: preferences.browsers },
              { id: "light", name: preferences.light },
              { id: "dark", name: preferences.dark },
            ]}
          />
          <button class="primary" type="submit">
            {preferences.send}
          </button>
        </form>
      </div>
    </Layout>
  );
};
