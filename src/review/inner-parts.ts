// Values that are kept as one text with named parts, such as a mail's title and text, are told part by part (R1).

/** The parts of a value, or null where it is plain text. */
export const innerParts = (value: unknown): Record<string, unknown> | null => {
  if (typeof value !== "string" || !value.startsWith("{")) return null;
  try {
    const parts: unknown = JSON.parse(value);
    return typeof parts === "object" && parts !== null ? (parts as Record<string, unknown>) : null;
  } catch {
    return null;
  }
};

/** Categories whose values our own code writes in named parts; what people typed stays as they typed it. */
export const inParts: ReadonlySet<string> = new Set(["letters", "disclosure"]);
