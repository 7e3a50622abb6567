"use client";

import { Trash2 } from "lucide-react";
import { useState } from "react";
import { pruneInputSchema, type PruneSubject } from "#lib/domain/prune.ts";
import type { StorageUsage } from "#lib/domain/storage-usage.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Panel } from "../ui/panel.tsx";
import { SegmentedControl } from "../ui/segmented-control.tsx";
import { Select } from "../ui/select.tsx";
import { PruneDialog } from "./prune-dialog.tsx";
import { usePruning } from "./use-pruning.ts";

const everySet = "*";

const subjects = [
  { value: "results", label: "Results" },
  { value: "jobs", label: "Whole jobs" },
] as const;

/** Makes room: results or whole jobs, by age and job set. Shows what it will take before it does. */
export function PrunePanel({ jobSets }: { jobSets: StorageUsage["jobSets"] }) {
  const pruning = usePruning();
  const [subject, setSubject] = useState<PruneSubject>("results");
  const [days, setDays] = useState("30");
  const [jobSetId, setJobSetId] = useState<string | null>(null);
  const parsed = pruneInputSchema.safeParse({
    subject,
    olderThanDays: days.trim() === "" ? Number.NaN : Number(days),
    jobSetId,
  });
  const problem = parsed.success ? null : (parsed.error.issues[0]?.message ?? "Enter the days.");
  const sets = jobSets.flatMap((set) =>
    set.jobSetId === null ? [] : [{ value: set.jobSetId, label: set.name || "Unnamed set" }],
  );
  return (
    <Panel title="Make room">
      <form
        className="flex flex-wrap items-end gap-x-4 gap-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (parsed.success) pruning.plan.mutate(parsed.data);
        }}
      >
        <div className="flex flex-col gap-1">
          <span className="text-small font-medium">Delete</span>
          <SegmentedControl
            aria-label="What to delete"
            value={subject}
            onValueChange={setSubject}
            options={subjects}
          />
        </div>
        <Field label="Ended at least this many days ago" error={problem} className="w-56">
          <Input inputMode="numeric" value={days} onValueChange={setDays} />
        </Field>
        <div className="flex flex-col gap-1">
          <span className="text-small font-medium">In</span>
          <Select
            aria-label="Job set"
            className="w-64 max-w-full"
            value={jobSetId ?? everySet}
            options={[{ value: everySet, label: "All job sets" }, ...sets]}
            onValueChange={(value) => setJobSetId(value === everySet ? null : value)}
          />
        </div>
        <Button type="submit" isDisabled={!parsed.success} isPending={pruning.plan.isPending}>
          {!pruning.plan.isPending && <Trash2 aria-hidden />}
          Show what would go
        </Button>
      </form>
      <p className="mt-3 max-w-prose text-small text-muted">
        Results are what the providers sent and the lines read from it; without them a job keeps its times,
        counts and tokens. Whole jobs also leave every comparison. Nothing is deleted at a provider, where the
        results may be had again while it keeps them.
      </p>
      <PruneDialog pruning={pruning} />
    </Panel>
  );
}
