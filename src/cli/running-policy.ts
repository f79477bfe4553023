// The policy that runs on the data of these settings, with the people under it, for comparing a new version with (P2, P3).
import type { Config } from "../config.ts";
import { withClient } from "../keep/place.ts";
import { readRunning, type Running } from "../running-policy.ts";
import { withData } from "./with-data.ts";

/** Null where nothing was put in force there yet. */
export const runningPolicy = (config: Config): Promise<Running | null> =>
  withData(config, (place) => withClient(place, readRunning));
