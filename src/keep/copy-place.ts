// Where sealed copies go: a folder, or a place in an S3-compatible store (K1).
import type { S3Place } from "./s3/ask.ts";

/** Absolute path of a folder, or a place in an S3-compatible store. */
export type CopyPlace = string | S3Place;

/** What people know it by; no credential is in it. */
export const placeName = (place: CopyPlace): string =>
  typeof place === "string" ? place : `s3://${place.bucket}${place.prefix && `/${place.prefix}`}`;
