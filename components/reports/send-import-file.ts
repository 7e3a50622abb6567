import * as z from "zod/mini";
import { openedArchiveSchema, type OpenedArchive } from "#lib/domain/job-set-archive.ts";
import { reportImportSchema, type ReportImport } from "#lib/domain/report-import.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";

export type ImportChoices = {
  isSimulated: boolean;
  /** Of reports that name none. */
  provider: ProviderId | null;
};

export type SentFile =
  | { kind: "reports"; summary: ReportImport }
  | { kind: "archive"; opened: OpenedArchive }
  | { kind: "failed"; message: string };

const failureSchema = z.object({ ok: z.literal(false), message: z.string() });

/** Sends one file, as the browser reads it from the disk, and tells what came of it. Never rejects. */
export async function sendImportFile(file: File, choices: ImportChoices): Promise<SentFile> {
  const isArchive = file.name.toLowerCase().endsWith(".gz");
  try {
    const response = await fetch(isArchive ? "/api/v1/archives" : reportsAddress(choices), {
      method: "POST",
      body: file,
    });
    return readAnswer(response.status, await response.json().catch(() => null));
  } catch {
    return {
      kind: "failed",
      message:
        "The file could not be sent. Check that it still is where it was and that Batchmark is running.",
    };
  }
}

function reportsAddress({ isSimulated, provider }: ImportChoices): string {
  const query = new URLSearchParams({ simulated: String(isSimulated), ...(provider ? { provider } : {}) });
  return `/api/v1/reports?${query}`;
}

function readAnswer(httpStatus: number, body: unknown): SentFile {
  const summary = reportImportSchema.safeParse(body);
  if (summary.success) return { kind: "reports", summary: summary.data };
  const opened = openedArchiveSchema.safeParse(body);
  if (opened.success) return { kind: "archive", opened: opened.data };
  const failure = failureSchema.safeParse(body);
  return {
    kind: "failed",
    message: failure.success
      ? failure.data.message
      : `The server answered with status ${httpStatus}. Try again.`,
  };
}
