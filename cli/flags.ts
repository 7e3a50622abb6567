import { providerIds } from "#lib/domain/provider-id.ts";

export const actions = [
  "create_jobs",
  "check_recent_jobs",
  "check_single_job",
  "check_jobs_from_file",
  "watch_jobs",
  "cancel_job",
  "delete_job",
  "download_results",
  "list_models",
  "summary",
] as const;

export type Action = (typeof actions)[number];

export const tasks = ["text-generation"] as const;

type FlagDefinition = {
  kind: "text" | "texts" | "whole" | "switch";
  /** What stands for the value in the help. */
  placeholder?: string;
  help: string;
  /** Limits of a whole number. */
  minimum?: number;
  maximum?: number;
};

/** Every flag of the command line: what is parsed, checked and shown by `--help`. */
export const flagDefinitions = {
  provider: { kind: "text", placeholder: providerIds.join("|"), help: "The provider to talk to." },
  action: {
    kind: "texts",
    placeholder: "ACTION",
    help: "What to do; may be given several times, done in order.",
  },
  num_jobs: { kind: "whole", placeholder: "N", help: "Jobs to create (10).", minimum: 1, maximum: 10_000 },
  requests_per_job: {
    kind: "whole",
    placeholder: "N",
    help: "Requests in each job (1).",
    minimum: 1,
    maximum: 100_000,
  },
  prompts: {
    kind: "text",
    placeholder: "FILE",
    help: "Own prompts (.txt, .csv, .jsonl) instead of the built-in set.",
  },
  model: { kind: "text", placeholder: "NAME", help: "The model of the jobs to create." },
  max_tokens: {
    kind: "whole",
    placeholder: "N",
    help: "Most output tokens of one request (1024).",
    minimum: 1,
    maximum: 128_000,
  },
  parameters: {
    kind: "text",
    placeholder: "JSON",
    help: 'Sent with every request, as \'{"temperature":0.2}\'; a provider\'s own fields in "extra".',
  },
  concurrency: {
    kind: "whole",
    placeholder: "N",
    help: "Calls to the provider at the same time (16).",
    minimum: 1,
    maximum: 64,
  },
  hours_ago: {
    kind: "whole",
    placeholder: "N",
    help: "How far back check_recent_jobs looks (36).",
    minimum: 1,
    maximum: 24 * 366,
  },
  job_id: { kind: "text", placeholder: "ID", help: "The provider's id of a job." },
  state_file: {
    kind: "texts",
    placeholder: "FILE",
    help: "A report file; may be given several times, or as plain arguments.",
  },
  output_file: {
    kind: "text",
    placeholder: "FILE",
    help: "Append reports to this file instead of a new one.",
  },
  interval: {
    kind: "whole",
    placeholder: "SECONDS",
    help: "Pause between two looks of watch_jobs (30).",
    minimum: 1,
    maximum: 86_400,
  },
  enable_download_results: { kind: "switch", help: "Needed for download_results, as it writes a file." },
  cancel_timed_out: {
    kind: "switch",
    help: "Checks also cancel jobs over 24 h that Batchmark did not launch.",
  },
  count_tokens: {
    kind: "switch",
    help: "Count the tokens of succeeded jobs (on; --nocount_tokens saves a download each).",
  },
  url: {
    kind: "text",
    placeholder: "URL",
    help: "Go through a running dashboard, for example http://127.0.0.1:3000.",
  },
  json: { kind: "switch", help: "JSON lines on a terminal too." },
  task: { kind: "text", placeholder: tasks.join("|"), help: "The kind of requests." },
  vertex_ai_gcs_input_bucket_name: { kind: "text", placeholder: "NAME", help: "Taken and not used." },
  vertex_ai_gcs_output_bucket_name: { kind: "text", placeholder: "NAME", help: "Taken and not used." },
  debug: { kind: "switch", help: "Tell every call and where errors come from." },
  help: { kind: "switch", help: "Show this help." },
} as const satisfies Record<string, FlagDefinition>;

export type FlagName = keyof typeof flagDefinitions;

type ValueOf<Kind extends FlagDefinition["kind"]> = Kind extends "text"
  ? string
  : Kind extends "texts"
    ? string[]
    : Kind extends "whole"
      ? number
      : boolean;

/** What the command line said; a flag that was not given is undefined. */
export type GivenFlags = {
  [Name in FlagName]?: ValueOf<(typeof flagDefinitions)[Name]["kind"]> | undefined;
};

export function isFlagName(name: string): name is FlagName {
  return Object.hasOwn(flagDefinitions, name);
}
