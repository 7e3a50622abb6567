import { z } from "zod";
import { reportImportSchema, type ReportImport } from "#lib/domain/report-import.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";

export type ReportFileChoices = {
  isSimulated: boolean;
  /** Of reports that name none. */
  provider: ProviderId | null;
};

export type SentReportFile = { ok: true; value: ReportImport } | { ok: false; message: string };

const failureSchema = z.object({ ok: z.literal(false), message: z.string() });

/** Sends one report file, as the browser reads it from the disk, and tells what came of it. Never rejects. */
export async function sendReportFile(
  file: Blob,
  { isSimulated, provider }: ReportFileChoices,
): Promise<SentReportFile> {
  const query = new URLSearchParams({ simulated: String(isSimulated), ...(provider ? { provider } : {}) });
  try {
    const response = await fetch(`/api/v1/reports?${query}`, { method: "POST", body: file });
    const body: unknown = await response.json().catch(() => null);
    const summary = reportImportSchema.safeParse(body);
    if (response.ok && summary.success) return { ok: true, value: summary.data };
    const failure = failureSchema.safeParse(body);
    return {
      ok: false,
      message: failure.success
        ? failure.data.message
        : `The server answered with status ${response.status}. Try again.`,
    };
  } catch {
    return {
      ok: false,
      message:
        "The file could not be sent. Check that it still is where it was and that Batchmark is running.",
    };
  }
}
