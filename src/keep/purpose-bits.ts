// Gives each purpose its permanent bit in a subject's permissions; a bit is never given again (second wall).
import type { Client } from "pg";

/** As many as a permission mask has room for. */
export const mostPurposes = 52;

/** Bits of all purposes ever seen, new ones added in the order of their names. */
export const purposeBits = async (
  client: Client,
  purposes: readonly string[],
): Promise<Readonly<Record<string, number>>> => {
  for (const purpose of [...purposes].sort())
    await client.query(
      "insert into purpose_bit (purpose) select $1 where not exists (select 1 from purpose_bit where purpose = $1)",
      [purpose],
    );
  const { rows } = await client.query<{ purpose: string; bit: number }>(
    "select purpose, bit from purpose_bit order by bit",
  );
  if (rows.some(({ bit }) => bit >= mostPurposes))
    throw new Error(`more than ${mostPurposes} purposes were ever defined`);
  return Object.fromEntries(rows.map(({ purpose, bit }) => [purpose, bit]));
};

/** The mask with the bits of these purposes set. */
export const maskOf = (bits: Readonly<Record<string, number>>, purposes: readonly string[]): number =>
  purposes.reduce((mask, purpose) => mask + 2 ** (bits[purpose] ?? mostPurposes), 0);

/** Whether a mask has the bit of a purpose; of one that was never given a bit it has not. */
export const holdsPurpose = (
  mask: number,
  bits: Readonly<Record<string, number>>,
  purpose: string,
): boolean => Math.floor(mask / 2 ** (bits[purpose] ?? mostPurposes)) % 2 === 1;
