"use client";

import { useState } from "react";

const foldedCharacters = 280;
const foldedLines = 5;

/** Text as it came, long ones folded until asked for. Answers of models are text and nothing else. */
export function ExpandableText({ text }: { text: string }) {
  const [isOpen, setIsOpen] = useState(false);
  const isLong = text.length > foldedCharacters || text.split("\n", foldedLines + 1).length > foldedLines;
  return (
    <div className="min-w-0">
      <p
        className={`whitespace-pre-wrap [overflow-wrap:anywhere] ${isLong && !isOpen ? "line-clamp-4" : ""}`}
      >
        {text}
      </p>
      {isLong && (
        <button
          type="button"
          aria-expanded={isOpen}
          className="rounded-xs text-small text-accent hover:underline"
          onClick={() => setIsOpen(!isOpen)}
        >
          {isOpen ? "Show less" : "Show all"}
        </button>
      )}
    </div>
  );
}
