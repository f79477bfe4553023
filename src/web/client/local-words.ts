// Instants in the reader's own zone: only the browser knows it, and it tells nobody.

/** The page's own language, in the form that the reader uses of it. */
const page = document.documentElement.lang;
const locale = navigator.languages.find((one) => one.startsWith(page)) ?? (page === "en" ? "en-GB" : page);
const day = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric" });
const clock = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" });

/** "14 December 2026"; `at` in milliseconds since 1970 UTC. */
export const dayWords = (at: number): string => day.format(at);
/** "12:05" */
export const clockWords = (at: number): string => clock.format(at);
