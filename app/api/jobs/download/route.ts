import { AppError } from "#lib/domain/errors.ts";
import { reportFileName } from "#lib/domain/job-report.ts";
import { jobSelectionSchema } from "#lib/domain/job-selection.ts";
import { csvOfJobs } from "#lib/engine/jobs-csv.ts";
import { reportsOfJobs } from "#lib/engine/reports-of-jobs.ts";
import { resultsOfJobs } from "#lib/engine/results-of-jobs.ts";
import { getContext } from "#lib/server-context.ts";
import { guardBodySize, parseJson, respond } from "../../respond.ts";
import { fileResponse, fileStamp } from "../../file-response.ts";

/**
 * The results of the selected jobs, their reports, or a table of them, as one file. A form sends it, so that the browser saves the answer
 * itself.
 */
export async function POST(request: Request): Promise<Response> {
  try {
    guardBodySize(request);
    const form = await request.formData();
    const sent = form.get("selection");
    const selection = parseJson(jobSelectionSchema, typeof sent === "string" ? sent : "");
    const context = await getContext();
    if (form.get("kind") === "reports") {
      const name = reportFileName("batchmark", context.clock.now());
      return fileResponse(reportsOfJobs(context, selection), { name, type: "jsonl" });
    }
    if (form.get("kind") === "csv") {
      const name = `jobs_${fileStamp(context.clock.now())}.csv`;
      return fileResponse(csvOfJobs(context, selection), { name, type: "csv" });
    }
    return fileResponse(resultsOfJobs(context, selection), {
      name: `results_${fileStamp(context.clock.now())}.jsonl`,
      type: "jsonl",
    });
  } catch (error) {
    if (error instanceof AppError) return respond(() => Promise.reject(error));
    throw error;
  }
}
