import { CircleCheck, CircleX, LoaderCircle, TriangleAlert } from "lucide-react";
import type { ReportImport } from "#lib/domain/report-import.ts";
import { formatBytes, formatNumber, formatQuantity } from "../format.ts";
import { Panel } from "../ui/panel.tsx";
import { TextLink } from "../ui/text-link.tsx";
import type { ImportedFile } from "./use-file-import.ts";

/** What came of each file, newest last; announced as it comes. */
export function ImportedFiles({ files }: { files: readonly ImportedFile[] }) {
  if (files.length === 0) return null;
  return (
    <Panel title="Files" hasPadding={false}>
      <ul aria-live="polite">
        {files.map((file) => (
          <li key={file.id} className="border-b border-line px-4 py-2.5 last:border-b-0">
            <div className="flex items-start gap-2.5">
              <FileState file={file} />
              <div className="min-w-0 flex-1">
                <p className="flex flex-wrap items-baseline gap-x-3">
                  <span className="min-w-0 font-medium break-all">{file.name}</span>
                  <span className="text-small text-muted">{formatBytes(file.sizeBytes)}</span>
                </p>
                <FileOutcome file={file} />
              </div>
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function FileState({ file: { outcome } }: { file: ImportedFile }) {
  const style = "mt-0.5 size-4 shrink-0";
  if (outcome === null) return <LoaderCircle aria-hidden className={`${style} animate-spin text-muted`} />;
  if (outcome.kind === "failed") return <CircleX aria-hidden className={`${style} text-failed`} />;
  return outcome.kind === "reports" && outcome.summary.badLineCount > 0 ? (
    <TriangleAlert aria-hidden className={`${style} text-partial`} />
  ) : (
    <CircleCheck aria-hidden className={`${style} text-succeeded`} />
  );
}

function FileOutcome({ file: { outcome } }: { file: ImportedFile }) {
  if (outcome === null) return <p className="text-muted">Importing…</p>;
  switch (outcome.kind) {
    case "failed":
      return <p className="text-failed">{outcome.message}</p>;
    case "archive":
      return (
        <p className="text-muted">
          <TextLink href={`/job-sets/${outcome.opened.jobSetId}`}>{outcome.opened.name}</TextLink> with{" "}
          {formatQuantity(outcome.opened.jobCount, "job")} added.
        </p>
      );
    case "reports":
      return (
        <>
          <p className="text-muted">{importSentence(outcome.summary)}</p>
          <BadLines summary={outcome.summary} />
        </>
      );
  }
}

/** `12 jobs added, 3 updated, 40 unchanged.` */
export function importSentence({ addedCount, updatedCount, unchangedCount }: ReportImport): string {
  const parts = [
    `${formatQuantity(addedCount, "job")} added`,
    ...(updatedCount > 0 ? [`${formatNumber(updatedCount)} updated`] : []),
    ...(unchangedCount > 0 ? [`${formatNumber(unchangedCount)} known already`] : []),
  ];
  return `${parts.join(", ")}.`;
}

function BadLines({ summary: { badLines, badLineCount } }: { summary: ReportImport }) {
  if (badLineCount === 0) return null;
  return (
    <details className="mt-1" open={badLines.length <= 10}>
      <summary className="cursor-pointer text-partial">
        {formatQuantity(badLineCount, "line")} could not be read
      </summary>
      <ul className="mt-1 flex flex-col gap-0.5 text-small">
        {badLines.map((line) => (
          <li key={line.lineNumber} className="break-words">
            <span className="text-muted">Line {formatNumber(line.lineNumber)}:</span> {line.reason}
          </li>
        ))}
        {badLineCount > badLines.length && (
          <li className="text-muted">and {formatNumber(badLineCount - badLines.length)} more</li>
        )}
      </ul>
    </details>
  );
}
