"use client";

import { useState } from "react";
import { ImportChoices } from "#components/reports/import-choices.tsx";
import { ImportedFiles } from "#components/reports/imported-files.tsx";
import { ReportDropZone } from "#components/reports/report-drop-zone.tsx";
import type { ReportFileChoices } from "#components/reports/send-report-file.ts";
import { useReportImport } from "#components/reports/use-report-import.ts";
import { LinkButton } from "#components/ui/link-button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";

/** Brings jobs here that were launched elsewhere, from their report files. */
export function ImportScreen() {
  const [choices, setChoices] = useState<ReportFileChoices>({ isSimulated: false, provider: null });
  const { files, add } = useReportImport(choices);
  const hasImported = files.some((file) => file.outcome?.ok);
  return (
    <>
      <PageHeader
        title="Import report files"
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
            <ImportChoices choices={choices} onChange={setChoices} />
            <ReportDropZone onFiles={add} />
          </div>
        </Panel>
        <ImportedFiles files={files} />
      </div>
    </>
  );
}
