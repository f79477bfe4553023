// An old copy of the data, put back in the place of today's: what a restore comes to, without its files.
import { inject } from "vitest";
import { placeOfSocket, schema, withClient, type Place } from "../../src/keep/place.ts";
import { urlOf } from "../place.ts";
import type { TestData } from "../keep.ts";

const superuser = (database?: string): Place => {
  const place = inject("place");
  const { socketDir, port } = place.data;
  return { ...placeOfSocket(socketDir, port, place.password, schema), ...(database ? { database } : {}) };
};

/** Copies the data as it is now; nobody may be connected. Gives what looks like the same service with that copy. */
export const copyData = async (data: TestData, suffix = "copy"): Promise<TestData> => {
  const name = `${data.name}_${suffix}`;
  await withClient(superuser(), (client) => client.query(`create database ${name} template ${data.name}`));
  return {
    ...data,
    dataUrl: urlOf(inject("place"), "data", name),
    ownerPlace: superuser(name),
    asOwner: (act) => withClient(superuser(name), act),
  };
};
