// Countries from the file that comes along, and from an operator's own.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { createCountryOf } from "./country-of.ts";

const file = createRequire(import.meta.url).resolve(
  "@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb",
);
const noFault = (fault: unknown) => {
  throw fault;
};

it("knows the country of an address, IPv4 and IPv6 alike", async () => {
  const countryOf = await createCountryOf(null, noFault);
  expect(await countryOf("8.8.8.8")).toBe("US");
  expect(await countryOf("::ffff:8.8.8.8")).toBe("US");
  expect(await countryOf("193.0.6.139")).toBe("NL");
  expect(await countryOf("2a01:4f8::1")).toBe("DE");
  expect(await countryOf("129.132.1.1")).toBe("CH");
});

it("knows no country of an address that is nobody's in particular, or that is none", async () => {
  const countryOf = await createCountryOf(null, noFault);
  for (const address of [
    "127.0.0.1",
    "192.168.1.1",
    "172.31.0.1",
    "100.64.0.1",
    "203.0.113.77",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "fe80::1",
    "fd00::1",
    "2001:db8::1",
    "2002:808:808::1",
    "",
    "localhost",
    "8.8.8.8, 1.1.1.1",
  ])
    expect([address, await countryOf(address)]).toEqual([address, null]);
});

it("takes an operator's file, and says at the start which setting names one that is none", async () => {
  const countryOf = await createCountryOf(file, noFault);
  expect(await countryOf("8.8.8.8")).toBe("US");
  const folder = await mkdtemp(path.join(tmpdir(), "upheld-country-"));
  const other = path.join(folder, "other.mmdb");
  await writeFile(other, "not a database");
  for (const wrong of [other, path.join(folder, "nowhere.mmdb"), folder])
    await expect(createCountryOf(wrong, noFault)).rejects.toThrow(/^UPHELD_COUNTRY_FILE .* can't be read/);
  await rm(folder, { recursive: true });
});
