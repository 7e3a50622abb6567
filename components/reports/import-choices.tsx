"use client";

import { providerIds, providerLabels, type ProviderId } from "#lib/domain/provider-id.ts";
import { Checkbox } from "../ui/checkbox.tsx";
import { Select } from "../ui/select.tsx";
import type { ReportFileChoices } from "./send-report-file.ts";

const none = "none";

type ImportChoicesProps = { choices: ReportFileChoices; onChange: (choices: ReportFileChoices) => void };

/** What the files themselves do not tell. */
export function ImportChoices({ choices, onChange }: ImportChoicesProps) {
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
