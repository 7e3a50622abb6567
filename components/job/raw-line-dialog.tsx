"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { formatNumber } from "#components/format.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog, preloadDialog } from "#components/ui/dialog.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { ResultRow } from "#lib/domain/result-page.ts";
import { JsonText } from "./raw-object.tsx";

/** Opens the whole result line as the provider sent it. */
export function RawLineDialog({ jobId, row }: { jobId: string; row: ResultRow }) {
  const line = formatNumber(row.lineNumber);
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button
        variant="ghost"
        size="small"
        aria-label={`Raw line ${line}`}
        onPointerEnter={preloadDialog}
        onFocus={preloadDialog}
        onClick={() => setIsOpen(true)}
      >
        Raw
      </Button>
      <Dialog
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        title={`Result line ${line}`}
        description={row.customId ?? "without an id"}
        size="large"
      >
        <RawLine jobId={jobId} lineNumber={row.lineNumber} />
      </Dialog>
    </>
  );
}

function RawLine({ jobId, lineNumber }: { jobId: string; lineNumber: number }) {
  const [isIndented, setIsIndented] = useState(true);
  const line = useQuery({
    queryKey: ["result-line", jobId, lineNumber],
    queryFn: ({ signal }) => fetchLine(jobId, lineNumber, signal),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (line.isPending) return <Skeleton className="h-48" />;
  if (line.isError) {
    return (
      <Notice kind="error" title="The line could not be read">
        {line.error.message}
      </Notice>
    );
  }
  const indented = indentJson(line.data);
  return (
    <>
      {indented !== null && (
        <Button size="small" className="mb-2" onClick={() => setIsIndented(!isIndented)}>
          {isIndented ? "Show as it came" : "Show indented"}
        </Button>
      )}
      <JsonText
        value={isIndented ? (indented ?? line.data) : line.data}
        className="rounded border border-line"
      />
    </>
  );
}

async function fetchLine(jobId: string, lineNumber: number, signal: AbortSignal): Promise<string> {
  const response = await fetch(`/api/jobs/${jobId}/results/${lineNumber}`, { signal, cache: "no-store" });
  const text = await response.text();
  if (!response.ok)
    throw new Error(failureMessage(text) ?? `The server answered with status ${response.status}.`);
  return text;
}

function failureMessage(text: string): string | null {
  try {
    const body: unknown = JSON.parse(text);
    const hasMessage = typeof body === "object" && body !== null && "message" in body;
    return hasMessage ? String(body.message) : null;
  } catch {
    return null;
  }
}

function indentJson(text: string): string | null {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return null;
  }
}
