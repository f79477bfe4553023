/** The ids that a rule may say it keeps: the promises, and the sentences of the two seed statements (P5). */

const counts = { C: 12, U: 11, O: 8, D: 7, K: 8, R: 7, P: 5, T: 6, "S-": 53, "E-": 62 };

export const promiseIds: string[] = Object.entries(counts).flatMap(([letter, count]) =>
  Array.from({ length: count }, (_, i) => `${letter}${i + 1}`),
);
