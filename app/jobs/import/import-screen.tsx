"use client";

import { useState } from "react";
import { ImportedFiles } from "#components/reports/imported-files.tsx";
import { ImportOptions } from "#components/reports/import-options.tsx";
import type { ImportChoices } from "#components/reports/send-import-file.ts";
import { useFileImport } from "#components/reports/use-file-import.ts";
import { DropZone } from "#components/ui/drop-zone.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";

/** Brings jobs here that were launched elsewhere, from report files and archives. */
export function ImportScreen() {
  const [choices, setChoices] = useState<ImportChoices>({ isSimulated: false, provider: null });
  const { files, add } = useFileImport(choices);
  const hasImported = files.some((file) => file.outcome !== null && file.outcome.kind !== "failed");
  return (
    <>
      <PageHeader
        title="Import files"
        state="Jobs that were launched elsewhere, compared with the ones from here"
        actions={
          hasImported && (
            <LinkButton href="/jobs" variant="primary">
              Show jobs
            </LinkButton>
          )
        }
      />
      <div className="flex flex-col gap-4">
        <Panel>
          <div className="flex flex-col gap-4">
            <ImportOptions choices={choices} onChange={setChoices} />
            <DropZone label="Files to import" accept=".jsonl,.ndjson,.json,.txt,.gz" isMultiple onFiles={add}>
              Report files such as openai_job_reports_20261122_130501.jsonl, of any providers, old ones too: a
              job that stands in several of them is taken once, as its newest report has it. Or archives of
              job sets (.jsonl.gz).
            </DropZone>
          </div>
        </Panel>
        <ImportedFiles files={files} />
      </div>
    </>
  );
}
