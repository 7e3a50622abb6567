import { flagDefinitions, type FlagName } from "./flags.ts";

const groups: { title: string; flags: FlagName[] }[] = [
  { title: "What to do", flags: ["provider", "action", "url"] },
  {
    title: "create_jobs",
    flags: [
      "num_jobs",
      "requests_per_job",
      "prompts",
      "model",
      "max_tokens",
      "parameters",
      "concurrency",
      "task",
    ],
  },
  {
    title: "check_…, watch_jobs, cancel_job, delete_job, download_results, summary",
    flags: [
      "job_id",
      "state_file",
      "hours_ago",
      "interval",
      "enable_download_results",
      "cancel_timed_out",
      "count_tokens",
    ],
  },
  { title: "Output", flags: ["output_file", "json", "debug", "help"] },
];

const actionLines = [
  ["create_jobs", "create jobs; one report line each, also into a new report file"],
  ["check_recent_jobs", "report the account's jobs of the last --hours_ago hours"],
  ["check_single_job", "report the job --job_id"],
  ["check_jobs_from_file", "report every job of --state_file that has not ended, into a new file"],
  ["watch_jobs", "the same again and again, until all jobs of --state_file (or --job_id) have ended"],
  ["cancel_job", "ask the provider to cancel --job_id"],
  ["delete_job", "delete --job_id at the provider, with its results"],
  ["download_results", "write the result lines of --job_id to <provider>_results_<job id>.jsonl"],
  ["list_models", "the models of the account"],
  ["summary", "per provider: jobs by status, turnaround median, p90 and p95 of report files"],
] as const;

const examples = [
  "batchmark --provider openai --action create_jobs --num_jobs 5 --requests_per_job 20",
  "batchmark --provider google --action check_jobs_from_file --state_file google_job_reports_20261122_130501.jsonl",
  "batchmark --provider anthropic --action watch_jobs --state_file anthropic_job_reports_20261122_130501.jsonl",
  "batchmark --provider openai --action download_results --job_id batch_123 --enable_download_results",
  "batchmark --action summary *_job_reports_*.jsonl",
];

/** The text of `--help`. */
export function helpText(): string {
  const flags = groups.map(({ title, flags: names }) => [`${title}:`, ...names.map(flagLine)].join("\n"));
  return `Benchmarks the batch APIs of OpenAI, Google and Anthropic.

Usage: batchmark --provider PROVIDER --action ACTION [--action ACTION …] [flags]

Actions:
${actionLines.map(([name, text]) => `  ${name.padEnd(22)}${text}`).join("\n")}

${flags.join("\n\n")}

Keys come from OPENAI_API_KEY, GOOGLE_API_KEY (or GEMINI_API_KEY) and ANTHROPIC_API_KEY, or from .env in this folder.
Results go to stdout (tables on a terminal, JSON lines when piped), progress and troubles to stderr.
Exit code: 0 all right, 1 something failed, 2 wrong usage, 130 stopped by Ctrl-C.

Examples:
${examples.map((line) => `  ${line}`).join("\n")}
`;
}

function flagLine(name: FlagName): string {
  const definition = flagDefinitions[name];
  const value = "placeholder" in definition ? ` ${definition.placeholder}` : "";
  const written = `  --${name}${value}`;
  return written.length < 30
    ? `${written.padEnd(30)}${definition.help}`
    : `${written}\n${" ".repeat(30)}${definition.help}`;
}
