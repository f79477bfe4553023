// How often what is killed at random is killed: a little in a run of all tests, as often as is asked for by `npm run torture`.

/** Null in a run of all tests. */
const asked = Number(process.env.UPHELD_TORTURE_ROUNDS ?? "0") || null;

export const isTorture = asked !== null;

export const roundsOf = (inShort: number): number => asked ?? inShort;
