import { describe, expect, it } from "vitest";
import type { Policy } from "./policy.ts";
import { regionOf } from "./region-of.ts";

const region = (countries: string[]) => ({
  id: "r",
  at: { line: 0, column: 0 },
  keeps: [],
  label: "r",
  countries,
});
const policy = (regions: Record<string, string[]>, regionIfUnknown: string): Policy =>
  ({
    regions: Object.fromEntries(Object.entries(regions).map(([id, countries]) => [id, region(countries)])),
    regionIfUnknown,
  }) as unknown as Policy;

const three = policy({ EEA: ["DE", "FR"], US: ["US"], elsewhere: [] }, "EEA");

describe("the region of a country", () => {
  it("is the one that names it, wherever it stands", () => {
    expect(regionOf(three, "FR")).toBe("EEA");
    expect(regionOf(three, "US")).toBe("US");
  });

  it("is the one that names none, for a country that no other names", () => {
    expect(regionOf(three, "BR")).toBe("elsewhere");
  });

  it("is the one for unknown countries, where nobody knows, where no region fits, and where several do", () => {
    expect(regionOf(three, null)).toBe("EEA");
    expect(regionOf(policy({ EEA: ["DE"], US: ["US"] }, "US"), "BR")).toBe("US");
    expect(regionOf(policy({ A: ["DE"], B: ["DE"], C: ["FR"] }, "C"), "DE")).toBe("C");
    expect(regionOf(policy({ EEA: ["DE"], here: [], there: [] }, "EEA"), "BR")).toBe("EEA");
    expect(regionOf(policy({}, "anywhere"), "BR")).toBe("anywhere");
  });
});
