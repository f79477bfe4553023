// How often what can be guessed may be tried (K3).
import { createThrottle, type Throttle } from "../http/throttle.ts";

const minute = 60_000;

/** How many tries, and within how many minutes. */
const limits = {
  signIn: [30, 10],
  nameHere: [10, 10],
  name: [100, 10],
  device: [10, 10],
  prove: [10, 10],
  secondStep: [5, 15],
  passkey: [60, 10],
  newPassword: [20, 60],
  newPasswordTo: [3, 60],
  address: [10, 60],
  addressTo: [3, 60],
  code: [10, 10],
  register: [40, 60],
  review: [20, 10],
  correct: [60, 60],
  childReport: [10, 60],
  download: [20, 60],
  lookUp: [60, 60],
} as const;

export type ThrottleName = keyof typeof limits;
export type Throttles = Record<ThrottleName, Throttle>;

export const throttlesFor = (needs: Parameters<typeof createThrottle>[0]): Throttles => {
  const made = Object.entries(limits).map(([name, [most, minutes]]) => [
    name,
    createThrottle(needs, name, most, minutes * minute),
  ]);
  return Object.fromEntries(made) as Throttles;
};
