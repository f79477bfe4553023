// Language and look as somebody likes them: in a cookie where they say so, and with the account of whoever has one (U10).
import { tables } from "../keep/tables.ts";
import { noteCorrection } from "./correct-piece.ts";
import type { CollectNeeds } from "./needs.ts";

export const themes = ["light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** Null for what is left to the browser. */
export type Preferences = { language: string | null; theme: Theme | null };

export const noPreferences: Preferences = { language: null, theme: null };

const purpose = "remember-preferences";

const themeIn = (text: unknown): Theme | null => themes.find((theme) => theme === text) ?? null;
const languageIn = (text: unknown): string | null =>
  typeof text === "string" && /^[a-z]{2}$/.test(text) ? text : null;

/** What was chosen in a form, or stands in a cookie; anything else is left to the browser. */
export const preferencesOf = (said: Readonly<Record<"language" | "theme", unknown>>): Preferences => ({
  language: languageIn(said.language),
  theme: themeIn(said.theme),
});

/** As a cookie holds them: `de.dark`, `de.`, `.light`. */
export const asText = ({ language, theme }: Preferences): string => `${language ?? ""}.${theme ?? ""}`;

export const fromText = (text: string | null): Preferences => {
  const [language, theme] = (text ?? "").split(".");
  return preferencesOf({ language, theme });
};

/** Keeps them with the account; false where the person lets nobody use their data for it. */
export const keepPreferences = async (
  { within, pieces, ledger, clock, vault }: CollectNeeds,
  subject: string,
  preferences: Preferences,
): Promise<boolean> => {
  const chosen = await pieces.seal(
    tables.preference,
    "chosen",
    { subject },
    { preferences: asText(preferences) },
  );
  const changed_at = clock();
  return within({ actor: subject, purpose }, async (data) => {
    const may = await data.selectFrom("subject").select("id").where("id", "=", subject).executeTakeFirst();
    if (!may) return false;
    await noteCorrection({ vault, clock }, subject, "preference", "chosen", { subject }, chosen);
    await data
      .insertInto("preference")
      .values({ subject, changed_at, chosen })
      .onConflict((conflict) => conflict.column("subject").doUpdateSet({ changed_at, chosen }))
      .execute();
    await ledger.append(data, [
      { kind: "collected", about: [subject], purpose, categories: ["preferences"] },
    ]);
    return true;
  });
};

/** What the account remembers; null where nothing is, or it may not be used. */
export const preferencesFor = async (
  { within, pieces }: CollectNeeds,
  subject: string,
): Promise<Preferences | null> => {
  const row = await within({ actor: subject, purpose }, (data) =>
    data.selectFrom("preference").selectAll().where("subject", "=", subject).executeTakeFirst(),
  );
  if (!row) return null;
  const { preferences } = await pieces.open(purpose, tables.preference, "chosen", row);
  return preferences === undefined ? null : fromText(preferences);
};
