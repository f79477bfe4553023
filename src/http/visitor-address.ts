// The address that a visitor really comes from: a header says so only where a proxy that the operator trusts wrote it (C6).
import { BlockList, isIP } from "node:net";

/** An address with how many of its leading bits count. */
export type AddressRange = { address: string; bits: number };

/** @param forwarded the X-Forwarded-For header, lines of the same name joined by commas */
export type VisitorAddress = (peer: string, forwarded: string | undefined) => string;

/** An IPv4 address that came in the form of an IPv6 one is written as what it is; a zone is none of ours. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, "").replace(/%.*$/, "");

const familyOf = (address: string): "ipv4" | "ipv6" => (isIP(address) === 4 ? "ipv4" : "ipv6");

/** One hop of the header, which may carry a port; null where it is no address. */
const hopOf = (text: string): string | null => {
  const hop = text.trim();
  const bare = /^\[([^\]]+)\](?::\d+)?$/.exec(hop)?.[1] ?? /^([\d.]+):\d+$/.exec(hop)?.[1] ?? hop;
  return isIP(plain(bare)) ? plain(bare) : null;
};

/**
 * Reads the header from its end, where the nearest proxy wrote, and stops at the first address that is not one of
 * the proxies: all before it is what the visitor says. With no range the header is never looked at.
 */
export const visitorAddressBehind = (proxies: readonly AddressRange[]): VisitorAddress => {
  const trusted = new BlockList();
  for (const { address, bits } of proxies) trusted.addSubnet(address, bits, familyOf(address));
  const isProxy = (address: string): boolean =>
    isIP(address) !== 0 && trusted.check(address, familyOf(address));
  return (peer, forwarded) => {
    let nearest = plain(peer);
    const hops = forwarded?.split(",") ?? [];
    while (hops.length > 0 && isProxy(nearest)) {
      const hop = hopOf(hops.pop() ?? "");
      if (hop === null) break;
      nearest = hop;
    }
    return nearest;
  };
};
