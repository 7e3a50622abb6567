ALTER TABLE "end_estimates" ALTER COLUMN "first_earliest_end_at" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "end_estimates" ADD COLUMN "slow_from_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "end_estimates" ADD COLUMN "slow_share" double precision;--> statement-breakpoint
ALTER TABLE "end_estimates" ADD COLUMN "slow_basis" text;--> statement-breakpoint
ALTER TABLE "end_estimates" ADD COLUMN "slow_job_count" integer;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "ended_at" timestamp (3) with time zone GENERATED ALWAYS AS (case when user_status <> 'IN_PROGRESS' then
        coalesce(case when origin <> 'launched' then provider_ended_at end, end_seen_at, launched_at) end) STORED;--> statement-breakpoint
CREATE INDEX "end_estimates_slow_from_at" ON "end_estimates" USING btree ("slow_from_at","job_id") WHERE "end_estimates"."slow_from_at" is not null;--> statement-breakpoint
CREATE INDEX "jobs_ended_at" ON "jobs" USING btree ("ended_at","user_status","provider","turnaround_outcome","is_simulated","id") WHERE "jobs"."ended_at" is not null;--> statement-breakpoint
CREATE INDEX "jobs_trouble" ON "jobs" USING btree ("id") WHERE "jobs"."trouble" is not null;--> statement-breakpoint
CREATE INDEX "jobs_open_windows" ON "jobs" USING btree ("provider","provider_created_at","submitted_at","time_out_seconds","provider_expires_at","cancel_requested_at","is_unproven","is_simulated","id") WHERE "jobs"."user_status" = 'IN_PROGRESS' and "jobs"."step" = 'poll';