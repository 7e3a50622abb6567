"use client";

import { formatNumber } from "#components/format.ts";
import { Badge } from "#components/ui/badge.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { Unknown } from "#components/ui/unknown.tsx";
import type { ResultRow } from "#lib/domain/result-page.ts";
import { ExpandableText } from "./expandable-text.tsx";
import { OutcomeName } from "./outcome-name.tsx";
import { RawLineDialog } from "./raw-line-dialog.tsx";

type ResultsTableProps = {
  jobId: string;
  rows: readonly ResultRow[];
  /** Rows of the filter before, shown until the new ones arrive. */
  isOld: boolean;
};

const headers = ["Request", "Prompt", "Answer", "Tokens", "Raw line"];

/**
 * Prompt beside answer. On narrow screens each row becomes a block; the roles are written out because `display`
 * would take a table's meaning away.
 */
export function ResultsTable({ jobId, rows, isOld }: ResultsTableProps) {
  return (
    <table
      role="table"
      aria-label="Results"
      className={classNames("block w-full lg:table", isOld && "opacity-60")}
    >
      <thead role="rowgroup" className="sr-only lg:not-sr-only lg:table-header-group">
        <tr role="row" className="lg:table-row">
          {headers.map((header) => (
            <th
              key={header}
              role="columnheader"
              scope="col"
              className="h-9 border-b border-line px-2.5 text-left text-small font-medium text-muted first:pl-4 last:pr-4"
            >
              <span className={header === "Raw line" ? "sr-only" : undefined}>{header}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" className="block lg:table-row-group">
        {rows.map((row) => (
          <ResultTableRow key={row.lineNumber} jobId={jobId} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function ResultTableRow({ jobId, row }: { jobId: string; row: ResultRow }) {
  const cell = "block px-4 py-1 align-top lg:table-cell lg:px-2.5 lg:py-2.5 lg:first:pl-4 lg:last:pr-4";
  return (
    <tr role="row" className="block border-b border-line py-2 last:border-b-0 lg:table-row lg:py-0">
      <td role="cell" className={classNames(cell, "lg:w-36")}>
        <OutcomeName outcome={row.outcome ?? "unreadable"} />
        <p className="text-small text-muted" title={row.customId ?? undefined}>
          {row.requestIndex === null
            ? `Line ${formatNumber(row.lineNumber)}`
            : `No. ${formatNumber(row.requestIndex + 1)}`}
        </p>
      </td>
      <td role="cell" className={classNames(cell, "lg:w-[35%]")}>
        <NarrowLabel>Prompt</NarrowLabel>
        {row.prompt === null ? (
          <Unknown title="This request was not launched here, or its id is unknown" />
        ) : (
          <ExpandableText text={row.prompt} />
        )}
      </td>
      <td role="cell" className={cell}>
        <NarrowLabel>Answer</NarrowLabel>
        <Answer row={row} />
      </td>
      <td role="cell" className={classNames(cell, "text-small lg:w-32 lg:whitespace-nowrap")}>
        {row.inputTokens === null && row.outputTokens === null ? (
          <Unknown title="The provider gave no token counts" />
        ) : (
          <>
            <span className="lg:block">{formatNumber(row.inputTokens)} in</span>{" "}
            <span className="lg:block">{formatNumber(row.outputTokens)} out</span>
            <span className="lg:hidden"> tokens</span>
          </>
        )}
      </td>
      <td role="cell" className={classNames(cell, "lg:w-16 lg:text-right")}>
        <RawLineDialog jobId={jobId} row={row} />
      </td>
    </tr>
  );
}

/** Stands for the column's header where there are no columns. */
function NarrowLabel({ children }: { children: string }) {
  return (
    <span aria-hidden className="block text-tiny text-muted lg:hidden">
      {children}
    </span>
  );
}

function Answer({ row }: { row: ResultRow }) {
  return (
    <div className="flex flex-col items-start gap-1.5">
      {row.errorMessage !== null && (
        <p className="text-failed [overflow-wrap:anywhere]">
          {row.errorCode && <span className="font-mono text-small">{row.errorCode}: </span>}
          {row.errorMessage}
        </p>
      )}
      {row.refusal !== null && <p className="text-partial">The model refused: {row.refusal}</p>}
      {row.textExcerpt !== null && row.textExcerpt !== "" && <ExpandableText text={row.textExcerpt} />}
      {row.textExcerpt === "" && <p className="text-muted">The answer is empty.</p>}
      {row.isExcerpt && <p className="text-small text-muted">Cut here; the raw line has all of it.</p>}
      {row.finishReason !== null && (
        <Badge title="Finish reason, the provider's own word">{row.finishReason}</Badge>
      )}
    </div>
  );
}
