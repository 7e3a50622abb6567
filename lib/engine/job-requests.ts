import { and, asc, eq, gte, lt } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { prompts } from "#lib/db/schema/prompts.ts";
import type { JobRow } from "#lib/db/schema/jobs.ts";
import { AppError } from "#lib/domain/errors.ts";
import { customIdOf } from "#lib/domain/ids.ts";
import type { PromptSourceKind } from "#lib/domain/job-set.ts";
import type { BatchRequest } from "#lib/domain/request.ts";
import { builtInPrompt, builtInPromptCount } from "#lib/prompts/built-in.ts";

const pageSize = 1_000;

export type PromptSource = { kind: PromptSourceKind; jobSetId: string; promptCount: number };

/** The requests of a launched job in order, streamed: prompts repeat from the start when there are too few. */
export async function* jobRequests(
  db: Database,
  job: Pick<JobRow, "nonce" | "requestCount" | "promptOffset">,
  source: PromptSource,
): AsyncIterable<BatchRequest> {
  const { nonce, requestCount } = job;
  if (nonce === null || requestCount === null) {
    throw new AppError("internal", "A job that was not launched here has no requests to submit.");
  }
  let requestIndex = 0;
  for await (const prompt of promptsFrom(db, source, job.promptOffset, requestCount)) {
    yield { customId: customIdOf(nonce, requestIndex), prompt };
    requestIndex += 1;
  }
}

async function* promptsFrom(
  db: Database,
  source: PromptSource,
  offset: number,
  count: number,
): AsyncIterable<string> {
  if (source.kind === "builtIn") {
    for (let index = 0; index < count; index += 1) yield builtInPrompt((offset + index) % builtInPromptCount);
    return;
  }
  let position = offset % source.promptCount;
  let remaining = count;
  while (remaining > 0) {
    const end = Math.min(position + pageSize, source.promptCount, position + remaining);
    const rows = await db
      .select({ text: prompts.text })
      .from(prompts)
      .where(
        and(
          eq(prompts.jobSetId, source.jobSetId),
          gte(prompts.position, position),
          lt(prompts.position, end),
        ),
      )
      .orderBy(asc(prompts.position));
    if (rows.length === 0) throw new AppError("internal", "The prompts of this job set are missing.");
    for (const row of rows) yield row.text;
    remaining -= rows.length;
    position = (position + rows.length) % source.promptCount;
  }
}
