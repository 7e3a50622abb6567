"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { truncateMiddle } from "../format.ts";
import { showToast } from "../layout/show-toast.ts";
import { classNames } from "./class-names.ts";

type CopyIdProps = {
  id: string;
  /** What the id is of, for screen readers: "job id". */
  label?: string;
  /** Characters shown before the middle is cut out. */
  length?: number;
  className?: string;
};

/** An id in mono, its middle cut out, copied by a click. */
export function CopyId({ id, label = "id", length = 18, className }: CopyIdProps) {
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [isCopied]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(id);
      setIsCopied(true);
    } catch {
      void showToast("error", "The browser did not allow copying. Select the id and copy it by hand.", {
        description: id,
      });
    }
  }

  const Icon = isCopied ? Check : Copy;
  return (
    <button
      type="button"
      data-print="keep"
      title={id}
      onClick={() => void copy()}
      className={classNames(
        "group/copy inline-flex min-h-6 max-w-full items-center gap-1.5 rounded-xs font-mono text-small text-ink hover:text-accent",
        className,
      )}
    >
      <span className="sr-only">{isCopied ? `Copied ${label} ` : `Copy ${label} `}</span>
      <span className="truncate">{truncateMiddle(id, length)}</span>
      <Icon
        aria-hidden
        className={classNames(
          "size-3.5 shrink-0",
          isCopied ? "text-succeeded" : "text-muted group-hover/copy:text-accent",
        )}
      />
    </button>
  );
}
