"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { FilterToggle } from "#components/ui/filter-toggle.tsx";
import { Input } from "#components/ui/input.tsx";
import { recentJobsQuerySchema } from "#lib/domain/account-job.ts";

const choices = [
  { hours: 36, label: "36 hours" },
  { hours: 7 * 24, label: "7 days" },
  { hours: 14 * 24, label: "14 days" },
  { hours: 30 * 24, label: "30 days" },
] as const;

type HoursFormProps = { hours: number; onChange: (hours: number) => void };

/** How far to look back: some usual spans, or any number of hours. */
export function HoursForm({ hours, onChange }: HoursFormProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const parsed = recentJobsQuerySchema.safeParse({ hours: draft ?? hours });
  const problem = parsed.success ? null : (parsed.error.issues[0]?.message ?? "Enter a number of hours.");
  function choose(next: number) {
    setDraft(null);
    onChange(next);
  }
  return (
    <form
      aria-label="How far to look back"
      className="flex flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (parsed.success) choose(parsed.data.hours);
      }}
    >
      <div role="group" aria-label="Usual spans" className="flex flex-wrap gap-1">
        {choices.map((choice) => (
          <FilterToggle
            key={choice.hours}
            isOn={choice.hours === hours}
            onToggle={() => choose(choice.hours)}
          >
            {choice.label}
          </FilterToggle>
        ))}
      </div>
      <div className="flex items-center gap-2">
        <span className="text-muted">or</span>
        <Input
          inputMode="numeric"
          aria-label="Hours to look back"
          aria-invalid={problem !== null}
          aria-describedby={problem ? "hours-problem" : undefined}
          className="w-24"
          value={draft ?? String(hours)}
          onValueChange={setDraft}
        />
        <span className="text-muted">hours</span>
      </div>
      {draft !== null && draft !== String(hours) && (
        <Button type="submit" isDisabled={problem !== null}>
          Show
        </Button>
      )}
      {problem && (
        <p id="hours-problem" role="alert" className="basis-full text-small text-failed">
          {problem}
        </p>
      )}
    </form>
  );
}
