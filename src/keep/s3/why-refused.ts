// Why a store did not do what it was asked, as a sentence with the remedy; no credential is in it (K1).
import type { S3Fault, S3Place } from "./ask.ts";

const ofKey = /^(InvalidAccessKeyId|SignatureDoesNotMatch|AccessDenied|InvalidToken|ExpiredToken|Forbidden)$/;
const ofRegion =
  /^(AuthorizationHeaderMalformed|PermanentRedirect|TemporaryRedirect|InvalidRegion|IllegalLocationConstraintException)$/;
const ofRoom = /(QuotaExceeded|StorageFull|InsufficientStorage|ServiceQuota)/i;

export const whyRefused = ({ endpoint, bucket, region }: S3Place, { status, code }: S3Fault): string => {
  if (status === 0)
    return `${endpoint} can't be reached (${code}). Check UPHELD_S3_ENDPOINT, and that it runs.`;
  if (code === "NoSuchBucket")
    return `there is no bucket "${bucket}" at ${endpoint}. Make it, or name another.`;
  if (code === "RequestTimeTooSkewed")
    return "its clock and this machine's are too far apart. Set the clock.";
  if (ofRegion.test(code) || status === 301)
    return `the region "${region}" is not the bucket's (${code}). Set UPHELD_S3_REGION.`;
  if (ofKey.test(code) || status === 401 || status === 403)
    return `it refuses the key (${code}). Check UPHELD_S3_KEY_ID and UPHELD_S3_SECRET, and that the key may list, read, write and remove there.`;
  if (ofRoom.test(code) || status === 507) return `it is full (${code}). Make room there.`;
  if (status === 404) return `a file is not there (${code}).`;
  return `it answered ${status} (${code}). Look into its own log.`;
};
