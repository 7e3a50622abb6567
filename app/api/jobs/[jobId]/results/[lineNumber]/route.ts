import { z } from "zod";
import { getResultLine } from "#lib/db/queries/get-result-line.ts";
import { AppError } from "#lib/domain/errors.ts";
import { getContext } from "#lib/server-context.ts";
import { rawResultsKey } from "#lib/storage/storage.ts";
import { foundOr, respond } from "../../../../respond.ts";

const lineNumberSchema = z.coerce.number().int().min(1).max(2_147_483_647);

/** One result line as the provider sent it, as plain text. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ jobId: string; lineNumber: string }> },
): Promise<Response> {
  const { jobId, lineNumber } = await params;
  try {
    return await answerLine(jobId, lineNumber);
  } catch (error) {
    return respond(() => Promise.reject(error));
  }
}

async function answerLine(jobId: string, lineNumberText: string): Promise<Response> {
  const lineNumber = lineNumberSchema.safeParse(lineNumberText);
  if (!lineNumber.success) throw new AppError("invalid_input", "A line number is a whole number from 1.");
  const { db, storage } = await getContext();
  const range = foundOr(await getResultLine(db, jobId, lineNumber.data), "There is no such result line.");
  const parts: Uint8Array[] = [];
  for await (const part of storage.read(rawResultsKey(jobId), range)) parts.push(part);
  return new Response(Buffer.concat(parts), {
    headers: {
      "content-type": "text/plain; charset=utf-8",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
}
