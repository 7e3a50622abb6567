import { sql } from "drizzle-orm";
import { mkdir, open } from "node:fs/promises";
import path from "node:path";
import type { Database } from "#lib/db/client.ts";
import { openPglite } from "#lib/db/open-pglite.ts";
import { rawResultsKey } from "#lib/storage/storage.ts";
import { startAppServer } from "./support/app-server.ts";
import { measureSeconds, medianOf, type Benchmark } from "./support/benchmark.ts";

const migrationsDirectory = path.join(import.meta.dirname, "..", "..", "lib", "db", "migrations");
const jobId = "job_0000000000000000";
const lineBytes = 4_096;
const rounds = 11;

/** The results of one job with 50,000 lines and a raw file of 200 MB: pages, outcomes, searches, raw lines. */
export const resultsPageBenchmark: Benchmark = {
  name: "results-page",
  async run({ directory, scaled, say }) {
    const lineCount = scaled(50_000);
    const dataDirectory = path.join(directory, "data");
    const baseline = await seed(dataDirectory, lineCount);
    say(`${lineCount} results; a search of their texts with ilike: ${(baseline * 1000).toFixed(0)} ms`);
    const server = await startAppServer(dataDirectory);
    try {
      const results = `${server.url}/api/jobs/${jobId}/results`;
      const pageCount = Math.ceil(lineCount / 50);
      const paging = await measureAnswers((round) => [
        results,
        `${results}?page=${Math.ceil(pageCount / 2) - round}`,
        `${results}?page=${pageCount - round}`,
        `${results}?outcome=failed`,
        `${results}?outcome=succeeded&page=${Math.floor(pageCount * 0.9) - round}`,
        `${results}/${lineCount - round * 7}`,
      ]);
      const firstSearch = await measureAnswers((round) => [`${results}?q=word%20${1000 + round}`]);
      const sameSearch = await measureAnswers((round) => [
        `${results}?q=word%201000&page=${1 + (round % 2)}`,
        `${results}?q=word%201000&outcome=failed`,
      ]);
      return {
        ours: firstSearch,
        baseline,
        ratio: baseline / firstSearch,
        aim: null,
        unit: "seconds",
        extra: {
          lineCount,
          rawFileBytes: lineCount * lineBytes,
          pagesOutcomesAndRawLinesP95Seconds: paging,
          sameSearchP95Seconds: sameSearch,
          aimSeconds: 0.15,
        },
      };
    } finally {
      await server.stop();
    }
  },
};

/** Writes rows and raw file. Resolves with the seconds of a search as plain `ilike` over all texts does it. */
async function seed(dataDirectory: string, lineCount: number): Promise<number> {
  const handle = await openPglite(dataDirectory, migrationsDirectory, (error) => {
    throw error;
  });
  try {
    await writeRows(handle.db, lineCount);
    await writeRawFile(dataDirectory, lineCount);
    const seconds: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const search = `%word ${1000 + round}%`;
      seconds.push(
        await measureSeconds(() =>
          handle.db.execute(
            sql`select line_number, outcome from request_results where job_id = ${jobId} and text_excerpt ilike ${search}`,
          ),
        ),
      );
    }
    return medianOf(seconds);
  } finally {
    await handle.close();
  }
}

/** Answers of 2,000 characters that hardly compress, one in fifty requests failed. */
async function writeRows(db: Database, lineCount: number): Promise<void> {
  await db.execute(sql`
    insert into jobs (id, origin, provider, account, is_simulated, model, task, request_count, nonce, provider_job_id,
      service_status, user_status, step, launched_at, collected_at, result_line_count, result_size_bytes)
    values (${jobId}, 'launched', 'openai', 'bench', true, 'gpt-4o-mini', 'text', ${lineCount}::int, 'nonce', 'batch_1',
      'completed', 'SUCCEEDED', 'done', now(), now(), ${lineCount}::int, ${lineCount * lineBytes}::bigint)`);
  await db.execute(sql`
    insert into request_results (job_id, line_number, request_index, custom_id, outcome, text_excerpt, finish_reason,
      error_code, input_tokens, output_tokens, total_tokens, offset_bytes, length_bytes)
    select ${jobId}, i + 1, i * 7919::bigint % ${lineCount}::int, 'nonce-' || i,
      case when i % 50 = 0 then 'failed' else 'succeeded' end,
      case when i % 50 <> 0 then 'Word ' || i % 5000 || ' ' ||
        (select string_agg(md5((i * 61 + k)::text), ' ') from generate_series(1, 60) as k) end,
      'stop', case when i % 50 = 0 then 'server_error' end, 120, 800, 920, i * ${lineBytes}::bigint, ${lineBytes - 1}::int
    from generate_series(0, ${lineCount - 1}::int) as i`);
  await db.execute(sql`vacuum analyze`);
}

async function writeRawFile(dataDirectory: string, lineCount: number): Promise<void> {
  const file = path.join(dataDirectory, "storage", rawResultsKey(jobId));
  await mkdir(path.dirname(file), { recursive: true });
  const handle = await open(file, "w");
  try {
    const line = `${JSON.stringify({ text: "x".repeat(lineBytes - 12) })}\n`;
    for (let written = 0; written < lineCount; written += 100) await handle.write(line.repeat(100));
  } finally {
    await handle.close();
  }
}

/** The 95th percentile of the answers, each question asked once before: the first finds cold caches. */
async function measureAnswers(urlsOf: (round: number) => string[]): Promise<number> {
  const seconds: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const url of urlsOf(round)) {
      const taken = await measureSeconds(async () => {
        const response = await fetch(url);
        if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
        await response.arrayBuffer();
      });
      if (round > 0) seconds.push(taken);
    }
  }
  return seconds.toSorted((left, right) => left - right)[Math.ceil(seconds.length * 0.95) - 1] ?? 0;
}
