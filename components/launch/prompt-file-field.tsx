"use client";

import { FileText, X } from "lucide-react";
import { useState } from "react";
import { formatBytes } from "#components/format.ts";
import { Button } from "#components/ui/button.tsx";
import { DropZone } from "#components/ui/drop-zone.tsx";
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
  const takeFiles = async ([chosen, ...others]: readonly File[]) => {
    if (!chosen) return;
    if (others.length > 0) {
      setRefusal(`Drop one file: these are ${others.length + 1}. Join them first, or choose one.`);
      return;
    }
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
      {file ? (
        <ChosenFile file={file} onRemove={() => onFile(null)} />
      ) : (
        <DropZone
          label="Prompt file"
          accept=".txt,.csv,.tsv,.jsonl,.ndjson,.json,.md,text/plain,text/csv,application/jsonl"
          onFiles={takeFiles}
        >
          Text with one prompt a line, CSV, or JSON Lines. It stays in this browser until you launch.
        </DropZone>
      )}
      {refusal && <Notice kind="error">{refusal}</Notice>}
      {file && !file.bytes && (
        <Notice kind="warning" title="Choose the file again">
          This browser could not keep {file.name} over the reload.
        </Notice>
      )}
      {reading && reading.columns.length > 1 && !isColumnUnused && (
        <Field
          label={reading.format === "jsonl" ? "Key that holds the prompt" : "Column that holds the prompt"}
        >
          <Select
            value={reading.column ?? ""}
            options={[
              ...(reading.column === null ? [{ value: "", label: "Choose" }] : []),
              ...reading.columns.map((column) => ({ value: column, label: column })),
            ]}
            onValueChange={onColumn}
          />
        </Field>
      )}
    </>
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
