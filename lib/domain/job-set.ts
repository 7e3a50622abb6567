import * as z from "zod/mini";
import { groupThousands } from "./group-thousands.ts";
import { findParameterProblems, laneParametersSchema, type LaneParameters } from "./lane-parameters.ts";
import { defaultTimeOutHours, launchLimits, longestTimeOutHours } from "./launch-limits.ts";
import { defaultMaxOutputTokens } from "./request.ts";
import { providerIds, providerLabels, type ProviderId } from "./provider-id.ts";
import { jobTasks, type JobTask } from "./job-values.ts";

const longestTimeOutOfAll = Math.max(...Object.values(longestTimeOutHours));

const wholeNumber = (name: string, maximum: number) =>
  z
    .int({ error: `Enter ${name} as a whole number.` })
    .check(
      z.minimum(1, { error: `Enter at least 1 for ${name}.` }),
      z.maximum(maximum, { error: `Enter at most ${groupThousands(maximum)} for ${name}.` }),
    );

export const laneInputSchema = z
  .object({
    provider: z.enum(providerIds, { error: "Choose a provider: openai, google or anthropic." }),
    model: z
      .string({ error: "Choose a model for this lane." })
      .check(
        z.trim(),
        z.minLength(1, { error: "Choose a model for this lane." }),
        z.maxLength(200, { error: "A model name has at most 200 characters." }),
        z.regex(/^[\w./:@-]*$/, { error: "A model name has only letters, digits and . / : @ _ -" }),
      ),
    task: z._default(z.enum(jobTasks, { error: `Choose a task: ${jobTasks.join(", ")}.` }), "text"),
    jobCount: wholeNumber("the number of jobs", launchLimits.jobsPerSet),
    requestsPerJob: wholeNumber("requests per job", launchLimits.requestsPerJob),
    maxOutputTokens: z._default(
      wholeNumber("output tokens per request", launchLimits.maxOutputTokens),
      defaultMaxOutputTokens,
    ),
    /** What goes into every request of the lane beside its prompt. */
    parameters: z._default(laneParametersSchema, {}),
  })
  .check(
    z.superRefine((lane, context) => {
      for (const { field, message } of findParameterProblems(lane)) {
        context.addIssue({ code: "custom", path: ["parameters", field], message });
      }
    }),
  );

export const promptSourceInputSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("builtIn") }),
  z.object({
    kind: z.literal("own"),
    prompts: z
      .array(
        z.string().check(
          z.minLength(1),
          z.maxLength(launchLimits.promptLength, {
            error: "A prompt is longer than 100,000 characters. Shorten it.",
          }),
        ),
      )
      .check(
        z.minLength(1, {
          error: "There is no prompt. Paste or upload at least one, or use the built-in set.",
        }),
        z.maxLength(launchLimits.promptsPerSet, { error: "At most 100,000 prompts fit into one job set." }),
      ),
  }),
]);

/** What a user launches: the input of the verb `launch`. Messages are shown at the field they belong to. */
export const launchInputSchema = z
  .object({
    name: z._default(
      z
        .string()
        .check(
          z.trim(),
          z.maxLength(launchLimits.nameLength, { error: "A name has at most 120 characters." }),
        ),
      "",
    ),
    notes: z._default(
      z
        .string()
        .check(
          z.trim(),
          z.maxLength(launchLimits.notesLength, { error: "Notes have at most 2,000 characters." }),
        ),
      "",
    ),
    lanes: z
      .array(laneInputSchema)
      .check(
        z.minLength(1, { error: "Add at least one lane." }),
        z.maxLength(launchLimits.lanesPerSet, { error: "A job set has at most 20 lanes." }),
      ),
    prompts: promptSourceInputSchema,
    /** Hours after its submission at which a job is cancelled; at most the shortest window of the set's providers. */
    timeOutHours: z._default(
      wholeNumber("hours until the time-out", longestTimeOutOfAll),
      defaultTimeOutHours,
    ),
  })
  .check(
    z.superRefine((input, context) => {
      const jobCount = input.lanes.reduce((sum, lane) => sum + lane.jobCount, 0);
      const requestCount = input.lanes.reduce((sum, lane) => sum + lane.jobCount * lane.requestsPerJob, 0);
      if (jobCount > launchLimits.jobsPerSet) {
        context.addIssue({
          code: "custom",
          path: ["lanes"],
          message: `That is ${groupThousands(jobCount)} jobs. A set has at most 10,000: lower the number of jobs.`,
        });
      }
      if (requestCount > launchLimits.requestsPerSet) {
        context.addIssue({
          code: "custom",
          path: ["lanes"],
          message: `That is ${groupThousands(requestCount)} requests. A set has at most 1,000,000: lower the jobs or the requests per job.`,
        });
      }
      for (const { provider } of input.lanes) {
        const longest = longestTimeOutHours[provider];
        if (input.timeOutHours <= longest || input.timeOutHours > longestTimeOutOfAll) continue;
        context.addIssue({
          code: "custom",
          path: ["timeOutHours"],
          message: `${providerLabels[provider]} ends every job after ${longest} hours. Enter at most ${longest}.`,
        });
        return;
      }
    }),
  );

export type LaunchInput = z.infer<typeof launchInputSchema>;
export type LaneInput = z.infer<typeof laneInputSchema>;

export type Lane = {
  id: string;
  jobSetId: string;
  position: number;
  provider: ProviderId;
  model: string;
  task: JobTask;
  jobCount: number;
  requestsPerJob: number;
  maxOutputTokens: number;
  parameters: LaneParameters;
};

export type PromptSourceKind = "builtIn" | "own";

export type JobSet = {
  id: string;
  name: string;
  notes: string;
  isSimulated: boolean;
  promptSource: PromptSourceKind;
  promptCount: number;
  timeOutHours: number;
  /** Seed of the random order in which the lanes' jobs are interleaved. */
  seed: number;
  launchedAt: Date;
};
