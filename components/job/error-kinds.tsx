import { formatNumber, formatQuantity } from "#components/format.ts";
import { ReadFailure } from "#components/layout/read-failure.tsx";
import { Button } from "#components/ui/button.tsx";
import { CopyId } from "#components/ui/copy-id.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { maximumErrorKinds, type ErrorKind } from "#lib/domain/error-kind.ts";
import type { Job } from "#lib/domain/job.ts";
import type { ResultFilter } from "#lib/domain/result-page.ts";
import { adviseOnErrorKind } from "./error-advice.ts";
import { OutcomeName } from "./outcome-name.tsx";

type ErrorKindsProps = {
  job: Job;
  kinds: readonly ErrorKind[];
  error: Error | null;
  onRetry: () => void;
  /** Shows the results of one kind. */
  onShow: (filter: Pick<ResultFilter, "outcome" | "search">) => void;
};

/** What went wrong with the requests, the same thing once, with what to do about it. Absent when nothing did. */
export function ErrorKinds({ job, kinds, error, onRetry, onShow }: ErrorKindsProps) {
  if (kinds.length === 0 && !error) return null;
  return (
    <Panel title="Errors by kind" hasPadding={false}>
      {error && (
        <div className="px-4 pt-3">
          <ReadFailure error={error} onRetry={onRetry} />
        </div>
      )}
      <ul>
        {kinds.map((kind) => (
          <KindEntry key={kind.lineNumber} job={job} kind={kind} onShow={onShow} />
        ))}
      </ul>
      {kinds.length === maximumErrorKinds && (
        <p className="border-t border-line px-4 py-2 text-small text-muted">
          The {maximumErrorKinds} most frequent kinds; the results below hold all of them.
        </p>
      )}
    </Panel>
  );
}

type KindEntryProps = Pick<ErrorKindsProps, "job" | "onShow"> & { kind: ErrorKind };

function KindEntry({ job, kind, onShow }: KindEntryProps) {
  const outcome = kind.outcome ?? "unreadable";
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 border-b border-line px-4 py-2.5 last:border-b-0">
      <div className="w-32 shrink-0">
        <OutcomeName outcome={outcome} />
        <p className="text-small text-muted">{formatQuantity(kind.requestCount, "request")}</p>
      </div>
      <div className="min-w-60 flex-1">
        {(kind.code ?? kind.message) !== null && (
          <p className="[overflow-wrap:anywhere]">
            {kind.code && <span className="font-mono text-small">{kind.code}</span>}
            {kind.code && kind.message && ": "}
            {kind.message}
          </p>
        )}
        <p className="text-muted">{adviseOnErrorKind(job.provider, kind)}</p>
        <p className="mt-1 flex flex-wrap items-center gap-x-3 text-small text-muted">
          <span>For example line {formatNumber(kind.lineNumber)}</span>
          {kind.customId && <CopyId id={kind.customId} label="custom id" length={26} />}
          {kind.requestId && <CopyId id={kind.requestId} label="request id" length={26} />}
        </p>
      </div>
      <Button size="small" onClick={() => onShow({ outcome, search: kind.code ?? "" })}>
        Show them
      </Button>
    </li>
  );
}
