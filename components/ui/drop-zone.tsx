"use client";

import { Upload } from "lucide-react";
import { useRef, useState, type DragEvent, type ReactNode } from "react";
import { Button } from "./button.tsx";
import { classNames } from "./class-names.ts";

type DropZoneProps = {
  /** What is chosen, for assistive technology: "Prompt file". */
  label: string;
  /** Endings and types that the browser offers; what is dropped is not held to them. */
  accept: string;
  isMultiple?: boolean;
  onFiles: (files: readonly File[]) => void;
  /** Which files are taken. */
  children: ReactNode;
};

/** Takes files by drag and drop or by choice. */
export function DropZone({ label, accept, isMultiple = false, onFiles, children }: DropZoneProps) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const onDrag = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(event.type === "dragover");
    if (event.type === "drop" && event.dataTransfer.files.length > 0) onFiles([...event.dataTransfer.files]);
  };
  return (
    <div
      onDragOver={onDrag}
      onDragLeave={onDrag}
      onDrop={onDrag}
      className={classNames(
        "flex flex-col items-center gap-2 rounded border border-dashed px-4 py-8 text-center",
        isOver ? "border-accent bg-raised" : "border-control",
      )}
    >
      <Upload aria-hidden className="size-5 text-muted" />
      <p>
        {isMultiple ? "Drop files here, or" : "Drop a file here, or"}{" "}
        <Button size="small" onClick={() => input.current?.click()}>
          {isMultiple ? "Choose files" : "Choose file"}
        </Button>
      </p>
      <p className="max-w-lg text-small text-muted">{children}</p>
      <input
        ref={input}
        type="file"
        multiple={isMultiple}
        aria-label={label}
        tabIndex={-1}
        accept={accept}
        className="sr-only"
        onChange={(event) => {
          if (event.target.files?.length) onFiles([...event.target.files]);
          event.target.value = "";
        }}
      />
    </div>
  );
}
