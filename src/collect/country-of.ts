// The country that an address is registered in, looked up in a file on this machine: nobody outside is asked (K7, U2).
import { createRequire } from "node:module";
import { BlockList, isIP } from "node:net";
import { open, type CountryResponse, type Reader, type Response } from "maxmind";
import { StartError } from "../keep/start-error.ts";

/** ISO 3166-1 alpha-2, or null where the file does not know, or the address is nobody's in particular. */
export type CountryOf = (address: string) => Promise<string | null>;

/** Of the open data that comes with Upheld, and of MaxMind's own files. */
type Found = { country_code?: string } & Partial<Pick<CountryResponse, "country">>;

/**
 * Addresses of no public network (IANA's special-purpose registries, RFC 6890): files that are made from the registries'
 * allocations name a country for some of them.
 */
const nobodys4 = new BlockList();
for (const [address, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const)
  nobodys4.addSubnet(address, bits, "ipv4");
// Apart, since a list of IPv6 ranges is asked for the mapped forms of IPv4 addresses too.
const nobodys6 = new BlockList();
for (const [address, bits] of [
  ["::", 3],
  ["4000::", 2],
  ["8000::", 1],
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const)
  nobodys6.addSubnet(address, bits, "ipv6");

const isPublic = (address: string): boolean => {
  const version = isIP(address);
  if (version === 4) return !nobodys4.check(address);
  return version === 6 && !nobodys6.check(address, "ipv6");
};

const ownFile = (): string =>
  createRequire(import.meta.url).resolve(
    "@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb",
  );

const openFile = (file: string): Promise<Reader<Response>> => open(file);

const codeIn = (reader: Reader<Response>, address: string): string | null => {
  const found = reader.get(address) as Found | null;
  const code = found?.country_code ?? found?.country?.iso_code ?? "";
  return /^[A-Z]{2}$/.test(code) && code !== "ZZ" ? code : null;
};

const openOperators = (file: string): Promise<Reader<Response>> =>
  openFile(file).catch(() => {
    throw new StartError(
      "bad-setting",
      `UPHELD_COUNTRY_FILE (${file}) can't be read as a MaxMind DB file. Name one that can, or leave it unset.`,
    );
  });

/**
 * Looks countries up. An operator's file is opened at once, so that a wrong one is said at the start; the one that comes
 * along, 8 MB, at the first look. Where that fails, the fault is told once and no country is known.
 * @param file in MaxMind's format, with a `country_code` or a `country.iso_code`; null for the one that comes along
 */
export const createCountryOf = async (
  file: string | null,
  onFault: (fault: unknown) => void,
): Promise<CountryOf> => {
  let opening: Promise<Reader<Response> | null> | null =
    file === null ? null : Promise.resolve(await openOperators(file));
  return async (address) => {
    const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
    if (!isPublic(plain)) return null;
    opening ??= openFile(ownFile()).catch((fault: unknown) => {
      onFault(fault);
      return null;
    });
    const reader = await opening;
    return reader && codeIn(reader, plain);
  };
};
