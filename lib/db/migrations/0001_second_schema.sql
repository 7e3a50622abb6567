CREATE TABLE "accounts" (
	"provider" text NOT NULL,
	"account" text NOT NULL,
	"trouble" text,
	"failure_count" integer DEFAULT 0 NOT NULL,
	"paused_until" timestamp (3) with time zone,
	"last_error" text,
	"last_error_at" timestamp (3) with time zone,
	"trouble_since" timestamp (3) with time zone,
	"recovered_at" timestamp (3) with time zone,
	CONSTRAINT "accounts_provider_account_pk" PRIMARY KEY("provider","account")
);
--> statement-breakpoint
CREATE TABLE "end_estimates" (
	"job_id" text PRIMARY KEY NOT NULL,
	"first_estimated_at" timestamp (3) with time zone NOT NULL,
	"first_earliest_end_at" timestamp (3) with time zone NOT NULL,
	"first_latest_end_at" timestamp (3) with time zone,
	"estimated_at" timestamp (3) with time zone NOT NULL,
	"earliest_end_at" timestamp (3) with time zone,
	"latest_end_at" timestamp (3) with time zone,
	"basis" text NOT NULL,
	"job_count" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "recipe_prompts" (
	"recipe_id" text NOT NULL,
	"position" integer NOT NULL,
	"text" text NOT NULL,
	CONSTRAINT "recipe_prompts_recipe_id_position_pk" PRIMARY KEY("recipe_id","position")
);
--> statement-breakpoint
CREATE TABLE "recipes" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"notes" text NOT NULL,
	"time_out_hours" integer NOT NULL,
	"lanes" jsonb NOT NULL,
	"prompt_source" text NOT NULL,
	"prompt_count" integer NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "recipes_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "turnaround_counts" (
	"kind_id" integer NOT NULL,
	"measure" text NOT NULL,
	"slot" integer NOT NULL,
	"bin" integer NOT NULL,
	"job_count" integer NOT NULL,
	CONSTRAINT "turnaround_counts_kind_id_measure_slot_bin_pk" PRIMARY KEY("kind_id","measure","slot","bin")
);
--> statement-breakpoint
CREATE TABLE "turnaround_kinds" (
	"id" serial PRIMARY KEY NOT NULL,
	"is_simulated" boolean NOT NULL,
	"provider" text NOT NULL,
	"model" text NOT NULL,
	"task" text NOT NULL,
	"size" text NOT NULL,
	CONSTRAINT "turnaround_kinds_of" UNIQUE("is_simulated","provider","model","task","size")
);
--> statement-breakpoint
DROP INDEX "jobs_launched_at";--> statement-breakpoint
DROP INDEX "request_results_request_index";--> statement-breakpoint
ALTER TABLE "job_sets" ADD COLUMN "prompt_bytes" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "job_sets" ADD COLUMN "time_out_hours" integer DEFAULT 24 NOT NULL;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "time_out_seconds" integer;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "submit_lease" text;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "submit_deadline" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "input_file" text;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "is_unproven" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "foreign_ids" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "last_seen_open_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "results_pruned_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "provider_removed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "search_text" text GENERATED ALWAYS AS (lower(id || ' ' || coalesce(provider_job_id, '') || ' ' || coalesce(model, ''))) STORED;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "turnaround_outcome" text GENERATED ALWAYS AS (case
  when user_status = 'IN_PROGRESS' then 'unfinished'
  when user_status = 'CANCELLED_ON_DEMAND' then 'cancelled'
  when user_status = 'CANCELLED_TIMED_OUT' then 'not_delivered'
  when count_succeeded > 0 then
    case when coalesce(count_failed, 0) + coalesce(count_expired, 0) + coalesce(count_cancelled, 0) > 0
      then 'partial' else 'delivered' end
  when user_status = 'SUCCEEDED' and count_succeeded is null then 'delivered'
  else 'not_delivered'
end) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "turnaround_seconds" double precision GENERATED ALWAYS AS ((case
  when user_status = 'IN_PROGRESS' then null
  when provider_ended_at is not null and provider_created_at is not null
    then greatest(0, extract(epoch from provider_ended_at - provider_created_at))
  when provider_created_at is not null and end_seen_at is not null
    then greatest(0, extract(epoch from end_seen_at - coalesce(submitted_at, provider_created_at)))
end)::float8) STORED;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "turnaround_earliest_seconds" double precision GENERATED ALWAYS AS ((case
  when user_status = 'IN_PROGRESS' then null
  when provider_ended_at is not null and provider_created_at is not null
    then greatest(0, extract(epoch from provider_ended_at - provider_created_at))
  when provider_created_at is not null and end_seen_at is not null then greatest(0, coalesce(
    extract(epoch from last_seen_open_at - coalesce(submitted_at, provider_created_at)), 0))
end)::float8) STORED;--> statement-breakpoint
ALTER TABLE "end_estimates" ADD CONSTRAINT "end_estimates_job_id_jobs_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."jobs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recipe_prompts" ADD CONSTRAINT "recipe_prompts_recipe_id_recipes_id_fk" FOREIGN KEY ("recipe_id") REFERENCES "public"."recipes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "turnaround_counts" ADD CONSTRAINT "turnaround_counts_kind_id_turnaround_kinds_id_fk" FOREIGN KEY ("kind_id") REFERENCES "public"."turnaround_kinds"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "jobs_provider_created_at" ON "jobs" USING btree ("provider","account","provider_created_at");--> statement-breakpoint
CREATE INDEX "jobs_turnaround" ON "jobs" USING btree ("is_simulated","provider_created_at","id");--> statement-breakpoint
CREATE INDEX "jobs_open_turnaround" ON "jobs" USING btree ("is_simulated","provider_created_at","id") WHERE "jobs"."turnaround_outcome" = 'unfinished';--> statement-breakpoint
CREATE INDEX "jobs_origin" ON "jobs" USING btree ("is_simulated","origin");--> statement-breakpoint
CREATE INDEX "jobs_user_status" ON "jobs" USING btree ("user_status","launched_at","launch_order","id");--> statement-breakpoint
CREATE INDEX "jobs_provider" ON "jobs" USING btree ("provider","user_status","launched_at","launch_order","id");--> statement-breakpoint
CREATE INDEX "jobs_model" ON "jobs" USING btree ("model","provider","user_status","launched_at","launch_order","id");--> statement-breakpoint
CREATE INDEX "jobs_last_checked_at" ON "jobs" USING btree ("last_checked_at" NULLS FIRST,"launch_order","id");--> statement-breakpoint
CREATE INDEX "jobs_turnaround_shortest" ON "jobs" USING btree ((provider_ended_at - provider_created_at),"launch_order","id");--> statement-breakpoint
CREATE INDEX "jobs_turnaround_longest" ON "jobs" USING btree ((provider_ended_at - provider_created_at) desc nulls last,"launch_order" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "jobs_search" ON "jobs" USING btree ("search_text","job_set_id","provider","user_status","launched_at","launch_order","id");--> statement-breakpoint
CREATE INDEX "request_results_outcome" ON "request_results" USING btree ("job_id","outcome","request_index","line_number");--> statement-breakpoint
CREATE INDEX "jobs_launched_at" ON "jobs" USING btree ("launched_at","launch_order","id");--> statement-breakpoint
CREATE INDEX "request_results_request_index" ON "request_results" USING btree ("job_id","request_index","line_number");