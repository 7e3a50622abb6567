"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { formatNumber, formatQuantity } from "../format.ts";
import { Button } from "./button.tsx";

type PaginationProps = {
  /** From 1. */
  page: number;
  pageSize: number;
  total: number;
  /** What is counted: "job". */
  noun: string;
  onPage: (page: number) => void;
};

/** Says which part of how many is shown, and turns pages when there is more than one. */
export function Pagination({ page, pageSize, total, noun, onPage }: PaginationProps) {
  if (total === 0) return null;
  const pageCount = Math.ceil(total / pageSize);
  const first = (page - 1) * pageSize + 1;
  const last = Math.min(page * pageSize, total);
  const range =
    pageCount === 1 || first > total
      ? formatQuantity(total, noun)
      : `${formatNumber(first)}–${formatNumber(last)} of ${formatQuantity(total, noun)}`;
  return (
    <nav
      aria-label={`Pages of these ${noun}s`}
      className="flex min-h-11 items-center justify-between gap-2 border-t border-line px-4 py-1.5 text-small text-muted"
    >
      <span>{range}</span>
      {pageCount > 1 && (
        <span className="flex items-center gap-1">
          <Button
            size="small"
            isIcon
            aria-label="Previous page"
            isDisabled={page <= 1}
            onClick={() => onPage(Math.min(page - 1, pageCount))}
          >
            <ChevronLeft aria-hidden />
          </Button>
          <span className="px-1">
            Page {formatNumber(page)} of {formatNumber(pageCount)}
          </span>
          <Button
            size="small"
            isIcon
            aria-label="Next page"
            isDisabled={page >= pageCount}
            onClick={() => onPage(page + 1)}
          >
            <ChevronRight aria-hidden />
          </Button>
        </span>
      )}
    </nav>
  );
}
