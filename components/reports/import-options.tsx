"use client";

import { providerIds, providerLabels, type ProviderId } from "#lib/domain/provider-id.ts";
import { Checkbox } from "../ui/checkbox.tsx";
import { Select } from "../ui/select.tsx";
import type { ImportChoices } from "./send-import-file.ts";

const none = "none";

type ImportOptionsProps = { choices: ImportChoices; onChange: (choices: ImportChoices) => void };

/** What report files themselves do not tell. */
export function ImportOptions({ choices, onChange }: ImportOptionsProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
      <div className="flex flex-wrap items-center gap-2">
        <span>Reports that name no provider are</span>
        <Select
          aria-label="Provider of reports that name none"
          className="w-40"
          value={choices.provider ?? none}
          options={[
            { value: none, label: "not imported" },
            ...providerIds.map((id) => ({ value: id, label: `of ${providerLabels[id]}` })),
          ]}
          onValueChange={(value: ProviderId | typeof none) =>
            onChange({ ...choices, provider: value === none ? null : value })
          }
        />
      </div>
      <Checkbox
        isChecked={choices.isSimulated}
        onCheckedChange={(isSimulated) => onChange({ ...choices, isSimulated })}
        label="These jobs ran in a sandbox"
      />
    </div>
  );
}
