"use client";

import { FileText, Upload, X } from "lucide-react";
import { useRef, useState, type DragEvent } from "react";
import { formatBytes } from "#components/format.ts";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { Field } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Select } from "#components/ui/select.tsx";
import { maximumPromptFileBytes, type PromptReading } from "#lib/prompts/prompt-reading.ts";
import type { PromptFile } from "./launch-draft.ts";

type PromptFileFieldProps = {
  file: PromptFile | null;
  reading: PromptReading | null;
  onFile: (file: PromptFile | null) => void;
  onColumn: (column: string) => void;
  /** A template names the columns it takes, so that none needs to be chosen. */
  isColumnUnused: boolean;
};

/** Takes a prompt file by choice or by drag and drop; nothing is uploaded before the launch. */
export function PromptFileField({ file, reading, onFile, onColumn, isColumnUnused }: PromptFileFieldProps) {
  const [refusal, setRefusal] = useState<string | null>(null);
  const takeFile = async (chosen: File | undefined) => {
    if (!chosen) return;
    // Refused before it is read, so that a wrong file cannot freeze the page.
    if (chosen.size > maximumPromptFileBytes) {
      setRefusal(
        `${chosen.name} has ${formatBytes(chosen.size)}. A prompt file has at most ${formatBytes(maximumPromptFileBytes)}.`,
      );
      return;
    }
    try {
      const bytes = new Uint8Array(await chosen.arrayBuffer());
      setRefusal(null);
      onFile({ name: chosen.name, sizeBytes: chosen.size, bytes, column: null });
    } catch {
      setRefusal(`${chosen.name} could not be opened. Is it a file, and may the browser read it?`);
    }
  };
  return (
    <>
      {file ? <ChosenFile file={file} onRemove={() => onFile(null)} /> : <DropZone onFile={takeFile} />}
      {refusal && <Notice kind="error">{refusal}</Notice>}
      {file && !file.bytes && (
        <Notice kind="warning" title="Choose the file again">
          {file.name} was too large to be kept over a reload.
        </Notice>
      )}
      {reading && reading.columns.length > 1 && !isColumnUnused && (
        <Field
          label={reading.format === "jsonl" ? "Key that holds the prompt" : "Column that holds the prompt"}
        >
          <Select
            value={reading.column}
            options={reading.columns.map((column) => ({ value: column, label: column }))}
            onValueChange={onColumn}
          />
        </Field>
      )}
    </>
  );
}

function DropZone({ onFile }: { onFile: (file: File | undefined) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const onDrag = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(event.type === "dragover");
    if (event.type === "drop") onFile(event.dataTransfer.files[0]);
  };
  return (
    <div
      onDragOver={onDrag}
      onDragLeave={onDrag}
      onDrop={onDrag}
      className={classNames(
        "flex flex-col items-center gap-2 rounded border border-dashed border-control px-4 py-8 text-center",
        isOver && "border-accent bg-raised",
      )}
    >
      <Upload aria-hidden className="size-5 text-muted" />
      <p>
        Drop a file here, or{" "}
        <Button size="small" onClick={() => input.current?.click()}>
          Choose file
        </Button>
      </p>
      <p className="text-small text-muted">
        Text with one prompt a line, CSV, or JSON Lines. It stays in this browser until you launch.
      </p>
      <input
        ref={input}
        type="file"
        aria-label="Prompt file"
        tabIndex={-1}
        accept=".txt,.csv,.tsv,.jsonl,.ndjson,.json,.md,text/plain,text/csv,application/jsonl"
        className="sr-only"
        onChange={(event) => {
          onFile(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
    </div>
  );
}

function ChosenFile({ file, onRemove }: { file: PromptFile; onRemove: () => void }) {
  return (
    <div className="flex items-center gap-2 rounded border border-line px-3 py-2">
      <FileText aria-hidden className="size-4 shrink-0 text-muted" />
      <span className="min-w-0 flex-1 truncate" title={file.name}>
        {file.name}
      </span>
      <span className="shrink-0 text-small text-muted">{formatBytes(file.sizeBytes)}</span>
      <Button variant="ghost" size="small" isIcon aria-label="Remove file" onClick={onRemove}>
        <X aria-hidden />
      </Button>
    </div>
  );
}
