import { createReadStream } from "node:fs";
import path from "node:path";
import type { JobReport } from "#lib/domain/job-report.ts";
import { publicCheckSchema, publicJobPageSchema } from "#lib/domain/public-api.ts";
import { reportImportSchema } from "#lib/domain/report-import.ts";
import type { DashboardClient } from "./dashboard-client.ts";
import type { Session } from "./session.ts";

const idsPerCall = 200;
const lookAgainSeconds = 0.25;
/** A provider that is slow or down must not hold the command up: then the last state that is known is reported. */
const patienceSeconds = 15;

/** Brings the jobs of the state files into the dashboard, where they are watched from then on. */
export async function importStateFiles(session: Session, client: DashboardClient): Promise<void> {
  const { id } = session.provider();
  for (const name of session.stateFiles) {
    const bytes = createReadStream(path.resolve(session.directory, name));
    const { addedCount } = await client.send(`/reports?provider=${id}`, bytes, reportImportSchema);
    if (addedCount > 0) session.output.note(`${name}: ${addedCount} jobs imported into ${client.url}/jobs`);
  }
}

/** Asks the dashboard to look at these jobs now and waits until it has, within reason. */
export async function refreshJobs(
  session: Session,
  client: DashboardClient,
  reports: readonly JobReport[],
): Promise<void> {
  for (let start = 0; start < reports.length; start += idsPerCall) {
    const ids = reports.slice(start, start + idsPerCall).map((report) => report.jobId);
    const before = await lastChecks(client, ids);
    await client.post("/jobs/check", { job_ids: ids }, publicCheckSchema);
    const deadlineMs = session.clock.now().getTime() + patienceSeconds * 1000;
    for (;;) {
      const now = await lastChecks(client, ids);
      const isWaiting = [...now].some(([id, check]) => check !== null && check === before.get(id));
      if (!isWaiting || session.stop.isRequested || session.clock.now().getTime() > deadlineMs) break;
      await session.pause(lookAgainSeconds);
    }
  }
}

/** When each of the watched jobs was looked at last, in milliseconds; null for one that is not watched any more. */
async function lastChecks(client: DashboardClient, ids: string[]): Promise<Map<string, number | null>> {
  const query = { job_id: ids.join(","), limit: String(2 * idsPerCall) };
  const { jobs } = await client.get("/jobs", query, publicJobPageSchema);
  return new Map(
    jobs.map((job) => [job.id, job.step === "poll" ? (job.observed.lastCheckedAt?.getTime() ?? 0) : null]),
  );
}
