"use client";

import { X } from "lucide-react";
import { useState } from "react";
import { formatDuration } from "#components/format.ts";
import { Button } from "#components/ui/button.tsx";
import { Input } from "#components/ui/input.tsx";
import type { AxisFocus } from "./axis-scale.ts";
import { parseFocus } from "./focus-range.ts";

type FocusFieldsProps = { focus: AxisFocus | null; onFocus: (focus: AxisFocus | null) => void };

/** The stretch of time that the charts show, as numbers: what dragging over a chart does, by keyboard. */
export function FocusFields({ focus, onFocus }: FocusFieldsProps) {
  const applied = `${focus?.from ?? ""} ${focus?.to ?? ""}`;
  return (
    <div role="group" aria-label="Time range" className="flex flex-wrap items-center gap-2 text-small">
      {/* A drag on a chart writes the fields anew. */}
      <FocusForm key={applied} focus={focus} onFocus={onFocus} />
      {focus ? (
        <>
          <span className="text-muted">
            {formatDuration(focus.from)} – {formatDuration(focus.to)}
          </span>
          <Button variant="ghost" size="small" onClick={() => onFocus(null)}>
            <X aria-hidden />
            Reset
          </Button>
        </>
      ) : (
        <span className="text-muted max-sm:hidden">or drag over a chart</span>
      )}
    </div>
  );
}

function FocusForm({ focus, onFocus }: FocusFieldsProps) {
  const [from, setFrom] = useState(focus ? String(focus.from) : "");
  const [to, setTo] = useState(focus ? String(focus.to) : "");
  const wanted = parseFocus(from, to);
  const isTouched = from !== "" || to !== "";
  return (
    <form
      className="flex items-center gap-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted) onFocus(wanted);
      }}
    >
      <SecondsInput label="Show from, seconds" placeholder="from s" value={from} onChange={setFrom} />
      <span className="text-muted">to</span>
      <SecondsInput label="Show to, seconds" placeholder="to s" value={to} onChange={setTo} />
      <Button type="submit" size="small" isDisabled={wanted === null}>
        Show range
      </Button>
      <span role="status" className="text-failed">
        {isTouched && from !== "" && to !== "" && wanted === null
          ? "The end must be greater than the start."
          : ""}
      </span>
    </form>
  );
}

type SecondsInputProps = {
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
};

function SecondsInput({ label, placeholder, value, onChange }: SecondsInputProps) {
  return (
    <Input
      type="number"
      inputMode="decimal"
      min={0}
      step="any"
      aria-label={label}
      placeholder={placeholder}
      value={value}
      onValueChange={onChange}
      size="small"
      className="w-24"
    />
  );
}
