import * as z from "zod/mini";

/** The largest report file that is taken: about a million jobs. */
export const maximumReportFileBytes = 500 * 1024 * 1024;
export const maximumListedBadLines = 100;

/** What one imported report file brought. A job that stands in the file twice counts once. */
export const reportImportSchema = z.object({
  /** Jobs that were not here before. */
  addedCount: z.int(),
  /** Jobs imported earlier of which this file knows newer things. */
  updatedCount: z.int(),
  /** Jobs of which this file knows nothing new; what was launched here or comes from the provider is never changed. */
  unchangedCount: z.int(),
  badLineCount: z.int(),
  /** The first of them, at most 100. */
  badLines: z.array(z.object({ lineNumber: z.int(), reason: z.string() })),
});
export type ReportImport = z.infer<typeof reportImportSchema>;
