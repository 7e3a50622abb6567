import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import type { AxisScaleKind } from "./axis-scale.ts";

type AxisSwitchProps = { label: string; value: AxisScaleKind; onChange: (kind: AxisScaleKind) => void };

/** Linear or logarithmic. */
export function AxisSwitch({ label, value, onChange }: AxisSwitchProps) {
  return (
    <SegmentedControl
      aria-label={label}
      size="small"
      value={value}
      onValueChange={onChange}
      options={[
        { value: "linear", label: "Linear" },
        { value: "log", label: "Log" },
      ]}
    />
  );
}
