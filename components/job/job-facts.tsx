import type { ReactNode } from "react";
import { formatBytes, formatNumber, formatQuantity } from "#components/format.ts";
import { ProviderName } from "#components/provider-name.tsx";
import { CopyId } from "#components/ui/copy-id.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { Time } from "#components/ui/time.tsx";
import { Unknown } from "#components/ui/unknown.tsx";
import type { JobDetail } from "#lib/domain/job-detail.ts";

/** What is known of the job besides its times and counts. */
export function JobFacts({ job }: { job: JobDetail["job"] }) {
  return (
    <Panel title="Facts">
      <dl className="grid grid-cols-[minmax(7rem,auto)_minmax(0,1fr)] gap-x-4 gap-y-1.5">
        <Fact label="Provider">
          <ProviderName provider={job.provider} />
        </Fact>
        <Fact label="Model">
          {job.model && <span className="font-mono text-small break-all">{job.model}</span>}
        </Fact>
        <Fact label="Job id">
          {job.providerJobId ? (
            <CopyId id={job.providerJobId} label="job id" length={80} />
          ) : (
            <span className="text-muted">not at the provider yet</span>
          )}
        </Fact>
        <Fact label="Batchmark id">
          <CopyId id={job.id} label="Batchmark id" length={80} />
        </Fact>
        <Fact label="Service status">
          {job.serviceStatus && <span className="font-mono text-small">{job.serviceStatus}</span>}
        </Fact>
        <Fact label="Job set">
          {job.jobSetId ? (
            <TextLink href={`/job-sets/${job.jobSetId}`}>{job.jobSetName ?? job.jobSetId}</TextLink>
          ) : (
            <span className="text-muted">
              {job.origin === "imported" ? "none, imported from a report" : "none, found at the provider"}
            </span>
          )}
        </Fact>
        <Fact label="Requests">{formatNumber(job.requestCount ?? job.counts.total)}</Fact>
        <Fact label="Max output">
          {job.maxOutputTokens !== null && `${formatQuantity(job.maxOutputTokens, "token")} per request`}
        </Fact>
        <Fact label="Account">
          <span className="font-mono text-small" title="Fingerprint of the credential; never the key">
            {job.account}
          </span>
        </Fact>
        <Fact label="Last checked">
          {job.observed.lastCheckedAt ? (
            <Time value={job.observed.lastCheckedAt} show="both" precision="second" />
          ) : (
            <span className="text-muted">not checked yet</span>
          )}
        </Fact>
        {job.collected && (
          <Fact label="Results">
            {formatQuantity(job.collected.lineCount, "line")}, {formatBytes(job.collected.sizeBytes)}
          </Fact>
        )}
      </dl>
    </Panel>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{label}</dt>
      <dd className="min-w-0">{children || <Unknown />}</dd>
    </>
  );
}
