// Who stands behind a proxy, and that nobody gets to say so who is not one.
import { describe, expect, it } from "vitest";
import { visitorAddressBehind } from "./visitor-address.ts";

describe("with no proxy named", () => {
  const of = visitorAddressBehind([]);

  it("takes the address of the one who connected, whatever a header says", () => {
    expect(of("203.0.113.9", "198.51.100.1")).toBe("203.0.113.9");
    expect(of("127.0.0.1", "198.51.100.1, 127.0.0.1")).toBe("127.0.0.1");
    expect(of("::ffff:203.0.113.9", undefined)).toBe("203.0.113.9");
    expect(of("", "198.51.100.1")).toBe("");
  });
});

describe("behind proxies", () => {
  const of = visitorAddressBehind([
    { address: "127.0.0.1", bits: 32 },
    { address: "10.0.0.0", bits: 8 },
    { address: "2001:db8:1::", bits: 48 },
  ]);
  const cases: [string, string, string | undefined, string][] = [
    ["the last that is no proxy", "127.0.0.1", "203.0.113.9", "203.0.113.9"],
    ["past a second proxy", "127.0.0.1", "203.0.113.9, 10.1.2.3", "203.0.113.9"],
    ["not what the visitor wrote in front", "127.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"],
    ["not a proxy's address that a visitor wrote", "127.0.0.1", "10.9.9.9, 203.0.113.9", "203.0.113.9"],
    ["the peer, when it is no proxy", "192.0.2.1", "203.0.113.9", "192.0.2.1"],
    ["the peer, with no header", "127.0.0.1", undefined, "127.0.0.1"],
    ["the peer, with an empty header", "127.0.0.1", "", "127.0.0.1"],
    [
      "the nearest known, before what is no address",
      "127.0.0.1",
      "203.0.113.9, unknown, 10.1.2.3",
      "10.1.2.3",
    ],
    ["the outermost, where all are proxies", "127.0.0.1", "10.0.0.1, 10.0.0.2", "10.0.0.1"],
    ["without a port", "127.0.0.1", "203.0.113.9:4711", "203.0.113.9"],
    ["IPv6 in brackets, with a port", "127.0.0.1", "[2001:db8::7]:4711", "2001:db8::7"],
    ["IPv6 behind IPv6", "2001:db8:1::1", "2001:db8:2::7", "2001:db8:2::7"],
    ["IPv4 that comes as IPv6", "::ffff:127.0.0.1", "::ffff:203.0.113.9", "203.0.113.9"],
    ["no markup", "127.0.0.1", "<script>", "127.0.0.1"],
  ];
  it.each(cases)("takes %s", (_, peer, forwarded, address) => {
    expect(of(peer, forwarded)).toBe(address);
  });

  it("never gives anything but an address, and does not tire of a long header", () => {
    const long = Array.from({ length: 50_000 }, () => "10.0.0.1").join(",");
    expect(of("127.0.0.1", long)).toBe("10.0.0.1");
  });
});
