// The form of the download's JSON, from which its published schema and the types of what writes it both follow (R1).
import { z } from "zod";

const instant = z.iso.datetime().describe("An instant, RFC 3339, in UTC.");

const value = z
  .union([z.string(), z.number(), z.boolean(), z.record(z.string(), z.unknown())])
  .describe("A value as it is kept; a mail or a disclosure has named parts.");

export const rowSchema = z.strictObject({
  at: instant.describe("When it was written."),
  by: z.string().optional().describe("Whose it is, where others share it with you in a session; else yours."),
  values: z.record(z.string(), value).describe("By the category of the policy, or by what stands beside it."),
  hidden: z.array(z.string()).optional().describe("What is kept sealed and shown to nobody."),
  ends: z
    .record(z.string(), instant)
    .optional()
    .describe("When each category of it ends, once that is known."),
});

const rows = z.array(rowSchema);

const purpose = z.strictObject({
  id: z.string(),
  label: z.string(),
  about: z.string(),
  now: z.boolean().describe("Whether your own state and choices allow it at this moment."),
});

const recipient = z.strictObject({
  id: z.string(),
  name: z.string(),
  because: z.string().nullable(),
});

const retention = z.strictObject({
  text: z.string(),
  days: z.number().nullable().describe("Null where it is kept until it is erased."),
});

const kind = z.strictObject({
  kind: z.string().describe("The name under which it is kept."),
  title: z.string(),
  source: z
    .strictObject({ point: z.string(), label: z.string(), from: z.string().nullable() })
    .nullable()
    .describe("Where it came in; null where the service itself made it."),
  data: z.array(
    z.strictObject({
      category: z.string(),
      label: z.string(),
      about: z.string(),
      purposes: z.array(purpose),
      recipients: z.array(recipient),
      retention,
    }),
  ),
  count: z.number().int(),
  rows: rows.describe("All of it, where there are few."),
  files: z
    .array(z.string())
    .describe("Files of this archive with all of it, in order, where there are many."),
});

const entry = z.looseObject({ seq: z.number(), at: instant, kind: z.string(), others: z.number() });

const party = z.strictObject({ id: z.string(), name: z.string(), version: z.number() });

export const dataSchema = z
  .strictObject({
    $schema: z.string(),
    service: party.describe("Whose archive it is, and under which version of its policy it was made."),
    language: z.string(),
    asked: instant,
    made: instant,
    person: z.strictObject({ id: z.string(), region: z.string(), status: z.string(), age: z.string() }),
    kinds: z.array(kind),
    ledger: z.strictObject({
      count: z.number().int(),
      entries: z.array(entry),
      files: z.array(z.string()),
    }),
    records: z
      .number()
      .int()
      .describe("How many rows the archive holds in all, without the ledger's entries."),
  })
  .meta({ title: "data.json of a download: all that is held about a person" });

export const rowsSchema = z
  .strictObject({ $schema: z.string(), kind: z.string(), rows })
  .meta({ title: "A file of rows of a download" });

export const entriesSchema = z
  .strictObject({ $schema: z.string(), entries: z.array(entry) })
  .meta({ title: "A file of ledger entries of a download" });

export type RowJson = z.infer<typeof rowSchema>;
export type DataJson = z.infer<typeof dataSchema>;
export type KindJson = z.infer<typeof kind>;
export type RowsJson = z.infer<typeof rowsSchema>;
export type EntriesJson = z.infer<typeof entriesSchema>;

/** By the names under which they are published, at `/schemas/…` and in the archive itself. */
export const schemas = {
  "download-1.json": dataSchema,
  "download-rows-1.json": rowsSchema,
  "download-ledger-1.json": entriesSchema,
} as const;

export type SchemaName = keyof typeof schemas;

export const schemaAt = (origin: string, name: SchemaName): string => `${origin}/schemas/${name}`;

/** A schema as it is published. */
export const schemaText = (name: SchemaName): string =>
  `${JSON.stringify(z.toJSONSchema(schemas[name], { target: "draft-2020-12" }), null, 2)}\n`;
