import { sql } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";

const jobsPerSet = 200;

/**
 * Writes `jobCount` jobs of sets of 200 jobs, a set each half hour until `now`, on three providers: seven of ten have
 * succeeded (every seventh of them in part), one failed, one was cancelled, one still runs. No chance is involved.
 */
export async function seedJobs(db: Database, jobCount: number, now: Date): Promise<void> {
  const setCount = Math.ceil(jobCount / jobsPerSet);
  const newest = now.toISOString();
  await db.execute(sql`
    insert into job_sets (id, name, notes, is_simulated, prompt_source, prompt_count, seed, launched_at)
    select 'set_' || lpad(i::text, 16, '0'), 'Half-hourly run ' || (${setCount}::int - i), '', true, 'builtIn', 100, i,
      ${newest}::timestamptz - i * interval '30 minutes'
    from generate_series(0, ${setCount - 1}::int) as i`);
  await db.execute(sql`
    insert into jobs (id, job_set_id, origin, provider, account, is_simulated, model, task, request_count,
      max_output_tokens, nonce, launch_order, provider_job_id, service_status, user_status, step, count_total,
      count_succeeded, count_failed, count_expired, count_cancelled, count_unfinished, provider_created_at,
      provider_started_at, provider_ended_at, launched_at, submit_started_at, submitted_at, last_checked_at,
      end_seen_at, collected_at, result_line_count, result_size_bytes, total_tokens, raw)
    select 'job_' || substr(md5('job' || i), 1, 16), 'set_' || lpad((i / ${jobsPerSet}::int)::text, 16, '0'), 'launched',
      provider, 'bench', true, model, 'text', 100, 1024, md5('nonce' || i), i % ${jobsPerSet}::int,
      'batch_' || md5('batch' || i), case when runs then 'in_progress' else 'completed' end,
      (array['SUCCEEDED','SUCCEEDED','SUCCEEDED','SUCCEEDED','SUCCEEDED','SUCCEEDED','SUCCEEDED','FAILED',
        'CANCELLED_ON_DEMAND','IN_PROGRESS'])[1 + i % 10], case when runs then 'poll' else 'done' end, 100,
      case when runs then i % 100 when i % 7 = 0 then 93 else 100 end, case when i % 7 = 0 then 7 else 0 end, 0, 0,
      case when runs then 100 - i % 100 else 0 end, at, at + interval '9 seconds',
      case when not runs then at + (60 + i * 7919 % 86000) * interval '1 second' end, at, at, at,
      ${newest}::timestamptz - (i % 600) * interval '1 second',
      case when not runs then at + interval '5 minutes' end, case when not runs then at + interval '6 minutes' end,
      case when not runs then 100 end, 50000, 41000,
      jsonb_build_object('id', md5('batch' || i), 'object', 'batch', 'metadata', repeat(md5('raw' || i), 30))
    from (
      select i, i % 10 = 9 as runs,
        (array['openai','google','anthropic'])[1 + i % 3] as provider,
        (array['gpt-4o-mini','gemini-2.5-flash-lite','claude-haiku-5-5'])[1 + i % 3] as model,
        ${newest}::timestamptz - (i / ${jobsPerSet}::int) * interval '30 minutes' as at
      from generate_series(0, ${jobCount - 1}::int) as i
    ) as each_job`);
}
