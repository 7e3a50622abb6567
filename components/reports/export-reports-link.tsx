import { Download } from "lucide-react";
import type { Job } from "#lib/domain/job.ts";
import { LinkButton } from "../ui/link-button.tsx";

/** Downloads these jobs as a report file, which the command line and other Batchmarks can open. */
export function ExportReportsLink({ jobs }: { jobs: readonly Pick<Job, "id">[] }) {
  const ids = jobs.map((job) => job.id).join(",");
  return (
    <LinkButton size="small" href={`/api/v1/reports?job_id=${ids}`} download>
      <Download aria-hidden />
      <span className="max-sm:sr-only">Report file</span>
    </LinkButton>
  );
}
