// Writes a small file so that at every moment the old one or the new one stands whole under its name (K1).
import { open, rename } from "node:fs/promises";

/** On disk when the promise resolves. Nobody else may be writing it. */
export const writeWhole = async (file: string, text: string): Promise<void> => {
  const beside = `${file}.${process.pid}`;
  const handle = await open(beside, "w", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(beside, file);
};
