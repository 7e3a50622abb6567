import { expect, it } from "vitest";
import { flagDefinitions } from "../../cli/flags.ts";
import { helpText } from "../../cli/help.ts";
import { parseFlags } from "../../cli/parse-flags.ts";

it.each([
  [["--num_jobs", "5"], { num_jobs: 5 }],
  [["--num_jobs=5"], { num_jobs: 5 }],
  [["-num_jobs", "5"], { num_jobs: 5 }],
  [["--num-jobs", "5"], { num_jobs: 5 }],
  [["--num_jobs", "1", "--num_jobs", "2"], { num_jobs: 2 }],
  [["--action", "create_jobs", "--action=watch_jobs"], { action: ["create_jobs", "watch_jobs"] }],
  [["--debug"], { debug: true }],
  [["--nodebug"], { debug: false }],
  [["--debug=false"], { debug: false }],
  [["--noenable_download_results"], { enable_download_results: false }],
  [["--model", ""], { model: "" }],
  [["--job_id", "-odd"], { job_id: "-odd" }],
  [["--url=http://host/?a=b"], { url: "http://host/?a=b" }],
])("reads %j", (args, flags) => {
  expect(parseFlags(args)).toEqual({ flags, files: [] });
});

it("takes what is no flag for report files, and all that follows two dashes", () => {
  expect(parseFlags(["a.jsonl", "--json", "b.jsonl", "--", "--c.jsonl"])).toEqual({
    flags: { json: true },
    files: ["a.jsonl", "b.jsonl", "--c.jsonl"],
  });
});

it.each([
  [["--jobid", "x"], "There is no flag --jobid. Did you mean --job_id?"],
  [["--nomodel"], "There is no flag --nomodel."],
  [["--num_jobs"], "--num_jobs needs a value, for example --num_jobs N."],
  [["--model", "--debug"], "--model needs a value, for example --model NAME."],
  [["--num_jobs", "-5"], '--num_jobs must be a whole number from 1 to 10000, not "-5".'],
  [["--num_jobs", "1e3"], '--num_jobs must be a whole number from 1 to 10000, not "1e3".'],
  [["--debug=maybe"], "--debug is on or off: write --debug or --nodebug."],
])("refuses %j", (args, message) => {
  expect(() => parseFlags(args)).toThrow(message);
});

it("is described flag by flag", () => {
  const help = helpText();
  for (const name of Object.keys(flagDefinitions)) {
    if (name.startsWith("vertex_ai_")) continue;
    expect(help).toContain(`--${name}`);
  }
});
