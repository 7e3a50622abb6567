"use client";

import { ScrollRegion } from "#components/charts/scroll-region.tsx";
import type { AccountFile } from "#lib/domain/account-file.ts";
import { formatBytes, truncateMiddle } from "../format.ts";
import { ProviderName } from "../provider-name.tsx";
import { CopyId } from "../ui/copy-id.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "../ui/table.tsx";
import { TextLink } from "../ui/text-link.tsx";
import { Time } from "../ui/time.tsx";
import { Unknown } from "../ui/unknown.tsx";
import { fileStateWords } from "./account-files-words.ts";

/** One page of the files that the accounts hold. */
export function AccountFilesTable({ files }: { files: readonly AccountFile[] }) {
  return (
    <ScrollRegion label="Files" className="border-t border-line">
      <Table aria-label="Files held at the providers">
        <TableHead>
          <tr>
            <TableHeader>Provider</TableHeader>
            <TableHeader>File</TableHeader>
            <TableHeader>Purpose</TableHeader>
            <TableHeader isNumeric>Size</TableHeader>
            <TableHeader>Created</TableHeader>
            <TableHeader>Expires</TableHeader>
            <TableHeader>Belongs to</TableHeader>
          </tr>
        </TableHead>
        <TableBody>
          {files.map((file) => (
            <TableRow key={`${file.provider} ${file.fileId}`}>
              <TableCell>
                <ProviderName provider={file.provider} />
              </TableCell>
              <TableCell className="whitespace-nowrap">
                <p className="max-w-64 truncate" title={file.name ?? undefined}>
                  {file.name ?? <Unknown />}
                </p>
                <CopyId id={file.fileId} label="file id" className="text-muted" />
              </TableCell>
              <TableCell className="whitespace-nowrap">{file.purpose ?? <Unknown />}</TableCell>
              <TableCell isNumeric>
                {file.sizeBytes === null ? <Unknown /> : formatBytes(file.sizeBytes)}
              </TableCell>
              <TableCell className="whitespace-nowrap">
                <Time value={file.createdAt} show="relative" />
              </TableCell>
              <TableCell className="whitespace-nowrap">
                <Time value={file.expiresAt} show="relative" />
              </TableCell>
              <TableCell className="whitespace-nowrap">
                <Owner file={file} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </ScrollRegion>
  );
}

function Owner({ file: { state, jobId } }: { file: AccountFile }) {
  if (jobId === null) return <span className="text-muted">{fileStateWords[state]}</span>;
  return (
    <>
      <TextLink href={`/jobs/${jobId}`} className="font-mono text-small" title={jobId}>
        {truncateMiddle(jobId)}
      </TextLink>
      <p className="text-small text-muted">{fileStateWords[state]}</p>
    </>
  );
}
