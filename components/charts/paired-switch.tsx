"use client";

import { useState } from "react";
import { formatQuantity } from "#components/format.ts";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Input } from "#components/ui/input.tsx";
import { waveMinutesLimits, type ComparisonFilter } from "#lib/domain/comparison-filter.ts";
import type { Comparison } from "#lib/domain/comparison.ts";

type PairedSwitchProps = {
  comparison: Comparison;
  filter: ComparisonFilter;
  onChange: (change: Partial<ComparisonFilter>) => void;
};

/** Compares only jobs that were launched within the same minutes as a job of every other group. */
export function PairedSwitch({ comparison, filter, onChange }: PairedSwitchProps) {
  const { pairing } = comparison;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <span data-print="hide" className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Checkbox
          isChecked={filter.isPaired}
          onCheckedChange={(isPaired) => onChange({ isPaired })}
          label="Only paired waves: jobs launched within the same minutes by every group"
        />
        {filter.isPaired && (
          <WaveMinutes
            key={filter.waveMinutes}
            minutes={filter.waveMinutes}
            onChange={(waveMinutes) => onChange({ waveMinutes })}
          />
        )}
      </span>
      {pairing && (
        <span className="text-muted">
          {formatQuantity(pairing.waveCount, "wave")} of {pairing.waveMinutes} min with{" "}
          {formatQuantity(pairing.jobCount, "job")}; {formatQuantity(pairing.leftOutCount, "job")} left out.
        </span>
      )}
    </div>
  );
}

function WaveMinutes({ minutes, onChange }: { minutes: number; onChange: (minutes: number) => void }) {
  const [text, setText] = useState(String(minutes));
  const wanted = Number(text);
  const { minimum, maximum } = waveMinutesLimits;
  const isValid = Number.isInteger(wanted) && wanted >= minimum && wanted <= maximum;
  return (
    <form
      className="flex items-center gap-2 text-small"
      onSubmit={(event) => {
        event.preventDefault();
        if (isValid) onChange(wanted);
      }}
    >
      <Input
        type="number"
        aria-label="Minutes of a wave"
        min={minimum}
        max={maximum}
        value={text}
        onValueChange={setText}
        size="small"
        className="w-20"
      />
      min
      <Button type="submit" size="small" isDisabled={!isValid}>
        Apply
      </Button>
    </form>
  );
}
