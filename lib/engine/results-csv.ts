import type { AppContext } from "#lib/context.ts";
import { readPromptOrigin, readPrompts, type PromptOrigin } from "#lib/db/queries/read-prompts.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import { csvLine } from "#lib/domain/csv.ts";
import { requestIndexOf } from "#lib/domain/ids.ts";
import type { Job } from "#lib/domain/job.ts";
import type { ResultLine } from "#lib/domain/result.ts";
import { readResultLines } from "#lib/providers/json-lines.ts";
import { rawResultsKey } from "#lib/storage/storage.ts";
import { eq } from "drizzle-orm";
import { builtInPrompts } from "./read-results.ts";

const linesPerRead = 200;

const header = [
  "line",
  "request",
  "custom_id",
  "outcome",
  "prompt",
  "answer",
  "finish_reason",
  "refusal",
  "input_tokens",
  "output_tokens",
  "total_tokens",
  "error_code",
  "error_message",
];

/** A job's collected results as CSV, whole answers beside their prompts, in the order of the file; streamed. */
export async function* resultsCsv(
  context: Pick<AppContext, "db" | "storage" | "providers">,
  job: Pick<Job, "id" | "provider">,
): AsyncIterable<Uint8Array> {
  const encoder = new TextEncoder();
  const origin = await readPromptOrigin(context.db, job.id);
  const [row] = await context.db.select({ nonce: jobs.nonce }).from(jobs).where(eq(jobs.id, job.id));
  if (!origin || !row) return;
  yield encoder.encode(csvLine(header));
  const provider = context.providers.get(job.provider);
  const bytes = context.storage.read(rawResultsKey(job.id));
  let part: ResultLine[] = [];
  for await (const line of readResultLines(bytes, (text) => provider.readResultLine(text))) {
    part.push(line);
    if (part.length < linesPerRead) continue;
    yield encoder.encode(await toCsv(context, origin, row.nonce, part));
    part = [];
  }
  yield encoder.encode(await toCsv(context, origin, row.nonce, part));
}

async function toCsv(
  { db }: Pick<AppContext, "db">,
  origin: PromptOrigin,
  nonce: string | null,
  lines: readonly ResultLine[],
): Promise<string> {
  const indexes = lines.map((line) =>
    line.kind === "result" && line.result.customId !== null && nonce !== null
      ? requestIndexOf(line.result.customId, nonce)
      : null,
  );
  const promptOf = await readPrompts(db, origin, indexes, builtInPrompts);
  return lines.map((line, at) => lineOf(line, indexes[at] ?? null, promptOf(indexes[at] ?? null))).join("");
}

function lineOf(line: ResultLine, requestIndex: number | null, prompt: string | null): string {
  const start = [line.lineNumber, requestIndex === null ? null : requestIndex + 1];
  if (line.kind === "unreadable") {
    return csvLine([
      ...start,
      null,
      "unreadable",
      null,
      line.raw,
      null,
      null,
      null,
      null,
      null,
      null,
      line.reason,
    ]);
  }
  const { customId, outcome, text, finishReason, refusal, usage, error } = line.result;
  return csvLine([
    ...start,
    customId,
    outcome,
    prompt,
    text,
    finishReason,
    refusal,
    usage?.inputTokens ?? null,
    usage?.outputTokens ?? null,
    usage?.totalTokens ?? null,
    error?.code ?? null,
    error?.message ?? null,
  ]);
}
