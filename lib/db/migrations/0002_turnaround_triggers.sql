-- Keeps turnaround_counts equal to what the rows of jobs say, in the transaction that changes them, whoever does it.
-- The meaning of measure, slot and bin stands in lib/domain/turnaround.ts.

CREATE FUNCTION turnaround_size(request_count integer) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN request_count IS NULL OR request_count < 1 THEN 'unknown'
    WHEN request_count = 1 THEN '1'
    WHEN request_count <= 10 THEN '2-10'
    WHEN request_count <= 100 THEN '11-100'
    WHEN request_count <= 1000 THEN '101-1000'
    WHEN request_count <= 10000 THEN '1001-10000'
    ELSE '10001+'
  END
$$;
--> statement-breakpoint
CREATE FUNCTION turnaround_bin(value double precision, bins_per_unit integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN value > 0 THEN greatest(-32767, round(bins_per_unit * ln(value)))::integer WHEN value = 0 THEN -32768 END
$$;
--> statement-breakpoint
CREATE FUNCTION turnaround_is_counted(job jobs) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT job.turnaround_outcome <> 'unfinished' AND job.provider_job_id IS NOT NULL
$$;
--> statement-breakpoint
CREATE FUNCTION turnaround_entries(job jobs) RETURNS TABLE (measure text, slot integer, bin integer) LANGUAGE sql IMMUTABLE AS $$
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
CREATE FUNCTION turnaround_kind(job jobs) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  kind integer;
  size_of_job text := turnaround_size(job.request_count);
BEGIN
  LOOP
    SELECT id INTO kind FROM turnaround_kinds AS known
      WHERE known.is_simulated = job.is_simulated AND known.provider = job.provider
        AND known.model = coalesce(job.model, '') AND known.task = job.task AND known.size = size_of_job;
    IF kind IS NOT NULL THEN RETURN kind; END IF;
    INSERT INTO turnaround_kinds (is_simulated, provider, model, task, size)
      VALUES (job.is_simulated, job.provider, coalesce(job.model, ''), job.task, size_of_job)
      ON CONFLICT DO NOTHING;
  END LOOP;
END
$$;
--> statement-breakpoint
-- Rows are locked in the order of their key, so that two transactions that end jobs do not wait for each other in a ring.
CREATE FUNCTION count_changed_turnaround() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  kind_before integer;
  kind_after integer;
BEGIN
  IF TG_OP <> 'INSERT' AND turnaround_is_counted(OLD) THEN kind_before := turnaround_kind(OLD); END IF;
  IF TG_OP <> 'DELETE' AND turnaround_is_counted(NEW) THEN kind_after := turnaround_kind(NEW); END IF;
  IF kind_before IS NULL AND kind_after IS NULL THEN RETURN NULL; END IF;
  INSERT INTO turnaround_counts AS counts (kind_id, measure, slot, bin, job_count)
    SELECT change.kind, change.measure, change.slot, change.bin, sum(change.difference)
    FROM (
      SELECT kind_before AS kind, entry.*, -1 AS difference FROM turnaround_entries(OLD) AS entry WHERE kind_before IS NOT NULL
      UNION ALL
      SELECT kind_after, entry.*, 1 FROM turnaround_entries(NEW) AS entry WHERE kind_after IS NOT NULL
    ) AS change
    GROUP BY 1, 2, 3, 4
    HAVING sum(change.difference) <> 0
    ORDER BY 1, 2, 3, 4
    ON CONFLICT (kind_id, measure, slot, bin) DO UPDATE SET job_count = counts.job_count + excluded.job_count;
  IF kind_before IS NOT NULL THEN
    DELETE FROM turnaround_counts AS counts USING turnaround_entries(OLD) AS entry
      WHERE counts.kind_id = kind_before AND counts.measure = entry.measure AND counts.slot = entry.slot
        AND counts.bin = entry.bin AND counts.job_count = 0;
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE FUNCTION count_inserted_turnarounds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM inserted WHERE turnaround_outcome <> 'unfinished' LIMIT 1;
  IF NOT FOUND THEN RETURN NULL; END IF;
  INSERT INTO turnaround_kinds (is_simulated, provider, model, task, size)
    SELECT DISTINCT is_simulated, provider, coalesce(model, ''), task, turnaround_size(request_count)
    FROM inserted WHERE turnaround_outcome <> 'unfinished' AND provider_job_id IS NOT NULL
    ORDER BY 1, 2, 3, 4, 5
    ON CONFLICT DO NOTHING;
  INSERT INTO turnaround_counts AS counts (kind_id, measure, slot, bin, job_count)
    SELECT known.id, entry.measure, entry.slot, entry.bin, count(*)
    FROM inserted
    JOIN jobs AS job ON job.id = inserted.id
    JOIN turnaround_kinds AS known ON known.is_simulated = job.is_simulated AND known.provider = job.provider
      AND known.model = coalesce(job.model, '') AND known.task = job.task
      AND known.size = turnaround_size(job.request_count)
    CROSS JOIN LATERAL turnaround_entries(job) AS entry
    WHERE turnaround_is_counted(job)
    GROUP BY 1, 2, 3, 4
    ORDER BY 1, 2, 3, 4
    ON CONFLICT (kind_id, measure, slot, bin) DO UPDATE SET job_count = counts.job_count + excluded.job_count;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE FUNCTION empty_turnaround_counts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM turnaround_counts;
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- For jobs that were there before, and for safety. Waiting writers count their own change when this has committed.
CREATE FUNCTION rebuild_turnaround_counts() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  LOCK TABLE turnaround_counts IN EXCLUSIVE MODE;
  DELETE FROM turnaround_counts;
  INSERT INTO turnaround_kinds (is_simulated, provider, model, task, size)
    SELECT DISTINCT is_simulated, provider, coalesce(model, ''), task, turnaround_size(request_count)
    FROM jobs AS job WHERE turnaround_is_counted(job)
    ON CONFLICT DO NOTHING;
  INSERT INTO turnaround_counts (kind_id, measure, slot, bin, job_count)
    SELECT known.id, entry.measure, entry.slot, entry.bin, count(*)
    FROM jobs AS job
    JOIN turnaround_kinds AS known ON known.is_simulated = job.is_simulated AND known.provider = job.provider
      AND known.model = coalesce(job.model, '') AND known.task = job.task
      AND known.size = turnaround_size(job.request_count)
    CROSS JOIN LATERAL turnaround_entries(job) AS entry
    WHERE turnaround_is_counted(job)
    GROUP BY 1, 2, 3, 4;
END
$$;
--> statement-breakpoint
CREATE TRIGGER jobs_count_inserted AFTER INSERT ON jobs REFERENCING NEW TABLE AS inserted
  FOR EACH STATEMENT EXECUTE FUNCTION count_inserted_turnarounds();
--> statement-breakpoint
CREATE TRIGGER jobs_count_updated AFTER UPDATE ON jobs FOR EACH ROW
  WHEN (OLD.turnaround_outcome <> 'unfinished' OR NEW.turnaround_outcome <> 'unfinished')
  EXECUTE FUNCTION count_changed_turnaround();
--> statement-breakpoint
CREATE TRIGGER jobs_count_deleted AFTER DELETE ON jobs FOR EACH ROW
  WHEN (OLD.turnaround_outcome <> 'unfinished')
  EXECUTE FUNCTION count_changed_turnaround();
--> statement-breakpoint
CREATE TRIGGER jobs_count_emptied AFTER TRUNCATE ON jobs
  FOR EACH STATEMENT EXECUTE FUNCTION empty_turnaround_counts();
--> statement-breakpoint
SELECT rebuild_turnaround_counts();
