CREATE TABLE "job_sets" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"notes" text NOT NULL,
	"is_simulated" boolean NOT NULL,
	"prompt_source" text NOT NULL,
	"prompt_count" integer NOT NULL,
	"seed" integer NOT NULL,
	"launched_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "jobs" (
	"id" text PRIMARY KEY NOT NULL,
	"job_set_id" text,
	"lane_id" text,
	"origin" text NOT NULL,
	"provider" text NOT NULL,
	"account" text NOT NULL,
	"is_simulated" boolean NOT NULL,
	"model" text,
	"task" text NOT NULL,
	"request_count" integer,
	"max_output_tokens" integer,
	"nonce" text,
	"prompt_offset" integer DEFAULT 0 NOT NULL,
	"launch_order" integer DEFAULT 0 NOT NULL,
	"provider_job_id" text,
	"service_status" text,
	"user_status" text NOT NULL,
	"step" text NOT NULL,
	"count_total" integer,
	"count_succeeded" integer,
	"count_failed" integer,
	"count_expired" integer,
	"count_cancelled" integer,
	"count_unfinished" integer,
	"provider_created_at" timestamp (3) with time zone,
	"provider_started_at" timestamp (3) with time zone,
	"provider_finalizing_at" timestamp (3) with time zone,
	"provider_cancelling_at" timestamp (3) with time zone,
	"provider_ended_at" timestamp (3) with time zone,
	"provider_expires_at" timestamp (3) with time zone,
	"launched_at" timestamp (3) with time zone NOT NULL,
	"submit_started_at" timestamp (3) with time zone,
	"submitted_at" timestamp (3) with time zone,
	"last_checked_at" timestamp (3) with time zone,
	"next_check_at" timestamp (3) with time zone,
	"end_seen_at" timestamp (3) with time zone,
	"cancel_requested_at" timestamp (3) with time zone,
	"cancel_sent_at" timestamp (3) with time zone,
	"collected_at" timestamp (3) with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"cancel_reason" text,
	"failure_code" text,
	"failure_message" text,
	"trouble" text,
	"raw" jsonb,
	"result_line_count" integer,
	"result_unreadable_count" integer,
	"result_size_bytes" bigint,
	"input_tokens" bigint,
	"output_tokens" bigint,
	"total_tokens" bigint,
	"cached_tokens" bigint,
	"reasoning_tokens" bigint
);
--> statement-breakpoint
CREATE TABLE "lanes" (
	"id" text PRIMARY KEY NOT NULL,
	"job_set_id" text NOT NULL,
	"position" integer NOT NULL,
	"provider" text NOT NULL,
	"model" text NOT NULL,
	"task" text NOT NULL,
	"job_count" integer NOT NULL,
	"requests_per_job" integer NOT NULL,
	"max_output_tokens" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "prompts" (
	"job_set_id" text NOT NULL,
	"position" integer NOT NULL,
	"text" text NOT NULL,
	CONSTRAINT "prompts_job_set_id_position_pk" PRIMARY KEY("job_set_id","position")
);
--> statement-breakpoint
CREATE TABLE "request_results" (
	"job_id" text NOT NULL,
	"line_number" integer NOT NULL,
	"request_index" integer,
	"custom_id" text,
	"outcome" text,
	"text_excerpt" text,
	"finish_reason" text,
	"refusal" text,
	"error_code" text,
	"error_message" text,
	"input_tokens" integer,
	"output_tokens" integer,
	"total_tokens" integer,
	"cached_tokens" integer,
	"reasoning_tokens" integer,
	"offset_bytes" bigint NOT NULL,
	"length_bytes" integer NOT NULL,
	CONSTRAINT "request_results_job_id_line_number_pk" PRIMARY KEY("job_id","line_number")
);
--> statement-breakpoint
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_job_set_id_job_sets_id_fk" FOREIGN KEY ("job_set_id") REFERENCES "public"."job_sets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_lane_id_lanes_id_fk" FOREIGN KEY ("lane_id") REFERENCES "public"."lanes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lanes" ADD CONSTRAINT "lanes_job_set_id_job_sets_id_fk" FOREIGN KEY ("job_set_id") REFERENCES "public"."job_sets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompts" ADD CONSTRAINT "prompts_job_set_id_job_sets_id_fk" FOREIGN KEY ("job_set_id") REFERENCES "public"."job_sets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_results" ADD CONSTRAINT "request_results_job_id_jobs_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."jobs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "jobs_provider_job_id" ON "jobs" USING btree ("provider","account","provider_job_id");--> statement-breakpoint
CREATE INDEX "jobs_job_set_id" ON "jobs" USING btree ("job_set_id","launch_order");--> statement-breakpoint
CREATE INDEX "jobs_launched_at" ON "jobs" USING btree ("launched_at","id");--> statement-breakpoint
CREATE INDEX "jobs_due" ON "jobs" USING btree ("account","next_check_at") WHERE "jobs"."step" = 'poll';--> statement-breakpoint
CREATE INDEX "jobs_unfinished" ON "jobs" USING btree ("step") WHERE "jobs"."step" <> 'done';--> statement-breakpoint
CREATE INDEX "lanes_job_set_id" ON "lanes" USING btree ("job_set_id");--> statement-breakpoint
CREATE INDEX "request_results_request_index" ON "request_results" USING btree ("job_id","request_index");