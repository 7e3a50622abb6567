"use client";

import { CalendarRange } from "lucide-react";
import { useState } from "react";
import { formatMoment, zoneLabel, type TimeZoneChoice } from "#components/format.ts";
import { useTimeZone } from "#components/layout/use-time-zone.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { LightPopover } from "#components/ui/light-popover.tsx";
import { momentOfInput, momentToInput } from "./moment-input.ts";

type LaunchRangeProps = {
  from: Date | null;
  before: Date | null;
  onChange: (from: Date | null, before: Date | null) => void;
};

/** Narrows to jobs that were created at their provider in a stretch of time. */
export function LaunchRange({ from, before, onChange }: LaunchRangeProps) {
  const [zone] = useTimeZone();
  return (
    <LightPopover
      label="Launch time"
      className="w-72 p-3"
      button={
        <>
          <CalendarRange aria-hidden />
          {describeRange(from, before, zone)}
        </>
      }
    >
      {() => (
        <LaunchRangeForm
          key={`${from?.getTime()} ${before?.getTime()} ${zone}`}
          {...{ from, before, onChange, zone }}
        />
      )}
    </LightPopover>
  );
}

function describeRange(from: Date | null, before: Date | null, zone: TimeZoneChoice): string {
  if (from && before) return `${formatMoment(from, zone)} – ${formatMoment(before, zone)}`;
  if (from) return `Launched from ${formatMoment(from, zone)}`;
  if (before) return `Launched before ${formatMoment(before, zone)}`;
  return "Launched at any time";
}

function LaunchRangeForm({ from, before, onChange, zone }: LaunchRangeProps & { zone: TimeZoneChoice }) {
  const [fromText, setFromText] = useState(momentToInput(from, zone));
  const [beforeText, setBeforeText] = useState(momentToInput(before, zone));
  const wanted = { from: momentOfInput(fromText, zone), before: momentOfInput(beforeText, zone) };
  const isReversed = wanted.from !== null && wanted.before !== null && wanted.from >= wanted.before;
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isReversed) onChange(wanted.from, wanted.before);
      }}
    >
      <Field label={`Launched from (${zoneLabel(zone)})`}>
        <Input type="datetime-local" value={fromText} onValueChange={setFromText} />
      </Field>
      <Field
        label={`Launched before (${zoneLabel(zone)})`}
        error={isReversed ? "The end must be later than the start." : null}
      >
        <Input type="datetime-local" value={beforeText} onValueChange={setBeforeText} />
      </Field>
      <div className="flex justify-end gap-2">
        <Button variant="ghost" onClick={() => onChange(null, null)}>
          Any time
        </Button>
        <Button type="submit" variant="primary">
          Apply
        </Button>
      </div>
    </form>
  );
}
