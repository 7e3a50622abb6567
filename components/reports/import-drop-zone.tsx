"use client";

import { Upload } from "lucide-react";
import { useRef, useState, type DragEvent } from "react";
import { Button } from "../ui/button.tsx";
import { classNames } from "../ui/class-names.ts";

/** Takes report files and archives by drag and drop or by choice, many at once. */
export function ImportDropZone({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const onDrag = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(event.type === "dragover");
    if (event.type === "drop") onFiles([...event.dataTransfer.files]);
  };
  return (
    <div
      onDragOver={onDrag}
      onDragLeave={onDrag}
      onDrop={onDrag}
      className={classNames(
        "flex flex-col items-center gap-2 rounded border border-dashed border-control px-4 py-10 text-center",
        isOver && "border-accent bg-raised",
      )}
    >
      <Upload aria-hidden className="size-5 text-muted" />
      <p>
        Drop files here, or{" "}
        <Button size="small" onClick={() => input.current?.click()}>
          Choose files
        </Button>
      </p>
      <p className="max-w-lg text-small text-muted">
        Report files such as openai_job_reports_20261122_130501.jsonl, of any providers, old ones too: a job
        that stands in several of them is taken once, as its newest report has it. Or archives of job sets
        (.jsonl.gz).
      </p>
      <input
        ref={input}
        type="file"
        multiple
        aria-label="Files to import"
        tabIndex={-1}
        accept=".jsonl,.ndjson,.json,.txt,.gz"
        className="sr-only"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
    </div>
  );
}
