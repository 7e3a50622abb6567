-- Counts launches by hour of day by themselves: the heat map's counts, of which they were the sum, are a hundred times as many.

CREATE OR REPLACE FUNCTION turnaround_entries(job jobs) RETURNS TABLE (measure text, slot integer, bin integer) LANGUAGE sql IMMUTABLE AS $$
  SELECT entry.* FROM (
    SELECT
      extract(epoch FROM job.provider_created_at)::float8 AS created,
      extract(epoch FROM job.provider_started_at - job.provider_created_at)::float8 AS waiting,
      extract(epoch FROM coalesce(job.provider_finalizing_at, job.provider_ended_at) - job.provider_started_at)::float8 AS running,
      extract(epoch FROM job.provider_ended_at - job.provider_finalizing_at)::float8 AS finalizing,
      extract(epoch FROM job.end_seen_at - job.provider_ended_at)::float8 AS detection_lag,
      CASE WHEN job.turnaround_outcome IN ('delivered', 'partial') AND job.turnaround_seconds > 0
        THEN job.turnaround_seconds / 60 END AS minutes
  ) AS known
  CROSS JOIN LATERAL (VALUES
    (job.turnaround_outcome,
      CASE WHEN job.turnaround_earliest_seconds < job.turnaround_seconds THEN round(job.turnaround_earliest_seconds)::integer ELSE -1 END,
      coalesce(round(job.turnaround_seconds)::integer, -1)),
    ('launch', 0, floor(known.created / 86400)::integer),
    ('launch_hour', 0, CASE WHEN job.turnaround_seconds >= 0 THEN ((floor(known.created / 3600)::bigint % 24 + 24) % 24)::integer END),
    ('launch_' || job.turnaround_outcome,
      (((floor(known.created / 3600)::bigint + 72) % 168 + 168) % 168)::integer,
      turnaround_bin(job.turnaround_seconds, 8)),
    ('waiting', 0, turnaround_bin(known.waiting, 50)),
    ('running', 0, turnaround_bin(known.running, 50)),
    ('finalizing', 0, turnaround_bin(known.finalizing, 50)),
    ('detection_lag', 0, turnaround_bin(known.detection_lag, 50)),
    ('requests_per_minute', 0, turnaround_bin(job.request_count / known.minutes, 50)),
    ('tokens_per_minute', 0, turnaround_bin(job.total_tokens / known.minutes, 50))
  ) AS entry (measure, slot, bin)
  WHERE entry.slot IS NOT NULL AND entry.bin IS NOT NULL
$$;
--> statement-breakpoint
INSERT INTO turnaround_counts (kind_id, measure, slot, bin, job_count)
  SELECT kind_id, 'launch_hour', 0, slot % 24, sum(job_count)
  FROM turnaround_counts
  WHERE measure IN ('launch_delivered', 'launch_partial', 'launch_not_delivered', 'launch_cancelled')
  GROUP BY 1, 4;
