// Reads where copies go, a folder or an S3-compatible store; what does not fit is said, and no credential with it (K1).
import path from "node:path";
import type { CopyPlace } from "./keep/copy-place.ts";
import type { S3Place } from "./keep/s3/ask.ts";
import { StartError } from "./keep/start-error.ts";

type Environment = Readonly<Record<string, string | undefined>>;

const bad = (sentence: string): never => {
  throw new StartError("bad-setting", sentence);
};

const scheme = "s3://";

const neededOf = (environment: Environment, name: string, because: string): string =>
  environment[name] || bad(`${name} is not set, and ${because} names an S3-compatible store. Set it.`);

const endpointOf = (text: string | undefined, region: string): string => {
  if (!text) return `https://s3.${region}.amazonaws.com`;
  const url = URL.canParse(text) ? new URL(text) : null;
  const isRight =
    url &&
    /^https?:$/.test(url.protocol) &&
    url.pathname === "/" &&
    !url.search &&
    !url.username &&
    !url.hash;
  return isRight
    ? url.origin
    : bad(
        "UPHELD_S3_ENDPOINT is not the address of a store. Use https:// and its host, such as https://s3.example.com:9000; the bucket stands in s3://bucket/folder.",
      );
};

const regionOf = (text: string): string =>
  /^[a-z0-9-]{1,40}$/.test(text)
    ? text
    : bad("UPHELD_S3_REGION is not a region. Use small letters, digits and -, such as eu-central-1 or auto.");

/** Letters that need no escape anywhere, so that every store signs the same. */
const places = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:\/[A-Za-z0-9._-]+)*)\/?$/;

const s3Of = (environment: Environment, name: string, text: string): S3Place => {
  const [, bucket = "", folders = ""] =
    places.exec(text) ??
    bad(
      `${name} is not s3://bucket/folder. Use small letters, digits, . and - in the bucket's name, and letters, digits, . _ - in the folders.`,
    );
  const region = regionOf(environment.UPHELD_S3_REGION || "us-east-1");
  return {
    endpoint: endpointOf(environment.UPHELD_S3_ENDPOINT, region),
    region,
    bucket,
    prefix: folders.slice(1),
    keyId: neededOf(environment, "UPHELD_S3_KEY_ID", name),
    secret: neededOf(environment, "UPHELD_S3_SECRET", name),
  };
};

const placeOf = (environment: Environment, name: string, text: string, cwd: string): CopyPlace => {
  if (text.startsWith(scheme)) return s3Of(environment, name, text);
  return /^[a-z0-9+]+:\/\//i.test(text)
    ? bad(`${name} begins with "${text.split("//")[0] ?? ""}//". Use a folder, or s3://bucket/folder.`)
    : path.resolve(cwd, text);
};

const bucketOf = (place: CopyPlace | null): string | null =>
  place === null || typeof place === "string" ? null : place.bucket;

export type CopyPlaces = { backupPlace: CopyPlace | null; vaultCopyPlace: CopyPlace | null };

/** Where copies of the data go, and the one of the vault; relative paths are meant from `cwd`. */
export const copyPlacesOf = (environment: Environment, dataDir: string, cwd: string): CopyPlaces => {
  const { UPHELD_BACKUP: backup, UPHELD_VAULT_COPY: vaultCopy } = environment;
  const backupPlace =
    backup === "off"
      ? null
      : placeOf(environment, "UPHELD_BACKUP", backup || path.join(dataDir, "backup"), cwd);
  const vaultCopyPlace = vaultCopy ? placeOf(environment, "UPHELD_VAULT_COPY", vaultCopy, cwd) : null;
  if (
    vaultCopyPlace &&
    bucketOf(vaultCopyPlace) !== null &&
    bucketOf(vaultCopyPlace) === bucketOf(backupPlace)
  )
    bad(
      "UPHELD_VAULT_COPY and UPHELD_BACKUP name the same bucket. Use two: who gets at the copies must not find the keys beside them.",
    );
  return { backupPlace, vaultCopyPlace };
};
