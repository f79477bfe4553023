// How long the slowest decision waits in a whole service that decides without end, while the desk puts a new version in force.
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readConfig } from "../../dist/config.js";
import { startUpheld, type Upheld } from "../../dist/main.js";
import type { Ask, Compiled } from "../../dist/policy/core.js";
import { median } from "../parts/figures.ts";
import { withDatabases } from "../parts/databases.ts";
import { decideWithoutEnd, none, summed, type Slowest } from "./change.ts";

const before = "- { data: [email, name, phone], for: provide-service";
const after = "- { data: [email, name, phone, postal-address], for: provide-service";

/** Selmo's policy, in which every second version uses one kind of data more. */
const versionOf = (text: string, version: number): string => {
  const said = text.replace("version: 1\n", `version: ${version}\n`);
  return version % 2 === 0 ? said.replace(before, after) : said;
};

const formOf = (fields: Record<string, string>, origin: string, cookie = ""): RequestInit => ({
  method: "POST",
  body: new URLSearchParams(fields),
  headers: { origin, cookie },
  redirect: "manual",
});

/** The cookies of an administrator who has just signed in. */
const administrator = async ({ url, firstLink }: Upheld): Promise<string> => {
  const fields = { "user-name": "Benchmarks", password: "nineteen purple otters", agree: "yes" };
  const answer = await fetch(firstLink ?? "", formOf(fields, url));
  if (answer.status !== 303) throw new Error(`the first administrator was refused with ${answer.status}`);
  return answer.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
};

type Service = { upheld: Upheld; cookie: string; file: string; next: () => Promise<void> };

const putInForce = async ({ upheld, cookie, file, next }: Service, text: string): Promise<number> => {
  await writeFile(file, text);
  const digest = createHash("sha256").update(text).digest("hex");
  const began = performance.now();
  const inForce = next();
  const answer = await fetch(`${upheld.url}/desk/policy`, formOf({ digest }, upheld.url, cookie));
  if (answer.status !== 303) throw new Error(`the desk answered ${answer.status}`);
  await inForce;
  return performance.now() - began;
};

const withService = <T>(act: (service: Service, text: string) => Promise<T>): Promise<T> =>
  withDatabases(["data", "vault"], async ({ data, vault }, folder) => {
    const text = await readFile("policies/selmo.yaml", "utf8");
    const file = path.join(folder, "selmo.yaml");
    await writeFile(file, text);
    await mkdir(path.join(folder, "words"));
    await writeFile(
      path.join(folder, "words/selmo.de.yaml"),
      await readFile("policies/words/selmo.de.yaml", "utf8"),
    );
    let exchanged = Promise.withResolvers<void>();
    const environment = {
      PORT: "0",
      UPHELD_POLICY: file,
      UPHELD_DATA: path.join(folder, "upheld"),
      DATABASE_URL: data.url,
      UPHELD_VAULT_URL: vault.url,
    };
    const upheld = await startUpheld(readConfig(environment, process.cwd()), {
      log: ({ event }) => (event === "policy" ? exchanged.resolve() : undefined),
      progress: () => undefined,
    });
    const next = () => (exchanged = Promise.withResolvers<void>()).promise;
    try {
      return await act({ upheld, cookie: await administrator(upheld), file, next }, text);
    } finally {
      await upheld.stop();
    }
  });

/** The decisions are of the same policy; what they wait for is whatever else the service does meanwhile. */
export const measureRunning = (compiled: Compiled, asks: readonly Ask[], changes: number) =>
  withService(async (service, text) => {
    // The first one loads what later ones have.
    await putInForce(service, versionOf(text, 2));
    const running = decideWithoutEnd(compiled, asks);
    const [quiet, around]: [Slowest[], Slowest[]] = [[], []];
    const took: number[] = [];
    for (let version = 3; version < 3 + changes; version += 1) {
      await sleep(500);
      running.slowest = none();
      const lasted = await putInForce(service, versionOf(text, version));
      around.push(running.slowest);
      took.push(lasted);
      await sleep(500);
      running.slowest = none();
      await sleep(lasted);
      quiet.push(running.slowest);
    }
    running.stopped = true;
    return { quiet: summed(quiet), around: summed(around), tookMs: median(took) };
  });
