// Verifies the receipt of an erasure with the public key alone (R4, K5).
import { readFile } from "node:fs/promises";
import { isSigned } from "../keep/ledger.ts";
import { StartError } from "../keep/start-error.ts";
import { mostCounted, receiptText, type SignedReceipt } from "../review/receipt.ts";

const isReceipt = (value: unknown): value is SignedReceipt => {
  const { receipt, signature } = (value ?? {}) as Partial<SignedReceipt>;
  return receipt?.of === "erasure" && typeof signature === "string" && Array.isArray(receipt.erased);
};

const parsed = (text: string): SignedReceipt | null => {
  try {
    const value: unknown = JSON.parse(text);
    return isReceipt(value) ? value : null;
  } catch {
    return null;
  }
};

/** The receipt in a file: the whole of it, or the line of a mail that holds it. */
const readReceipt = async (file: string): Promise<SignedReceipt> => {
  const text = await readFile(file, "utf8").catch(() => "");
  const found =
    parsed(text) ??
    text
      .split("\n")
      .map(parsed)
      .find((one) => one !== null);
  if (found) return found;
  throw new StartError(
    "bad-setting",
    `There is no receipt in ${file}. Download it from the page of the erasure, or put the mail's line into a file.`,
  );
};

/** Gives the exit code: 0 where the receipt is signed by the service that the key belongs to. */
export const verifyReceipt = async (
  file: string,
  publicKey: string,
  json: boolean,
  out: (text: string) => void,
): Promise<number> => {
  const { receipt, signature } = await readReceipt(file);
  const signed = isSigned(publicKey, "receipt", receiptText(receipt), signature);
  const records = receipt.erased.reduce((sum, one) => sum + one.records, 0);
  const atLeast = receipt.erased.some((one) => one.records >= mostCounted) ? "at least " : "";
  if (json) out(`${JSON.stringify({ signed, receipt })}\n`);
  else
    out(
      signed
        ? `Signed by this service: ${atLeast}${records} records erased, asked for on ${receipt.asked}, written on ${receipt.written}.\n`
        : "This receipt was not signed by this service, or was changed.\n",
    );
  return signed ? 0 : 1;
};
