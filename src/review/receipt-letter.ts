// The mail that brings a receipt before the address is gone (R4).
import type { Policy } from "../policy/core.ts";
import { mostCounted, type SignedReceipt } from "./receipt.ts";

/** How the desk's outbox names it. */
export const receiptKind = "erasure-receipt";

const aboutAll = ({ categories }: Policy, ids: readonly string[]): string =>
  ids.map((id) => categories[id]?.about ?? id).join(", ");

const counted = (records: number): string => `${records}${records < mostCounted ? "" : " or more"}`;

/** @param link where the receipt stands, also when nothing else does */
export const receiptLetter = (
  policy: Policy,
  signed: SignedReceipt,
  link: string,
): { title: string; text: string } => {
  const { receipt } = signed;
  const { controller } = policy;
  return {
    title: `${receipt.service}: the receipt of your erasure`,
    text: [
      `You asked us on ${receipt.asked} to erase your data, and the day has come. When this mail has left, the keys ` +
        "under which your data is sealed are destroyed, and then the records are erased:",
      receipt.erased
        .map(({ data, records }) => `- ${aboutAll(policy, data)}: ${counted(records)}`)
        .join("\n"),
      ...(receipt.kept.length > 0
        ? [
            "A law makes us keep, sealed:",
            receipt.kept
              .map(({ data, records, law }) => `- ${aboutAll(policy, data)}: ${counted(records)} (${law})`)
              .join("\n"),
          ]
        : []),
      `This receipt stands at ${link}`,
      "To check that we signed it, put the line below into a file, and run: upheld verify --receipt FILE",
      JSON.stringify(signed),
      [controller.name, ...controller.post, controller.email].join("\n"),
    ].join("\n\n"),
  };
};
