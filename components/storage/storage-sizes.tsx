import { formatBytes, formatNumber } from "#components/format.ts";
import { Panel } from "#components/ui/panel.tsx";
import type { StorageUsage } from "#lib/domain/storage-usage.ts";

type StorageSizesProps = {
  usage: StorageUsage;
  resultsPlace: string;
  databasePlace: string;
  freeBytes: number | null;
};

const tableNames = {
  jobs: "Jobs, with the provider's objects",
  results: "Result lines, with the start of each answer",
  prompts: "Your own prompts",
  queue: "Queue of the engine",
} as const;

/** What is kept, where, and how large. */
export function StorageSizes({ usage, resultsPlace, databasePlace, freeBytes }: StorageSizesProps) {
  const { results, database } = usage;
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <Panel title="Result files">
        <dl className="flex flex-col gap-1.5">
          <Size name="Files, as the providers sent them" value={formatBytes(results.sizeBytes)} isTotal />
          <Size name="Number of files" value={formatNumber(results.fileCount)} />
          <Size name="Result lines in them" value={formatNumber(results.lineCount)} />
          {freeBytes !== null && <Size name="Room left there" value={formatBytes(freeBytes)} />}
        </dl>
        <p className="mt-3 break-words text-small text-muted">In {resultsPlace}</p>
      </Panel>
      <Panel title="Database">
        <dl className="flex flex-col gap-1.5">
          <Size name="All of it" value={formatBytes(database.sizeBytes)} isTotal />
          {database.tables.map((table) => (
            <Size key={table.name} name={tableNames[table.name]} value={formatBytes(table.sizeBytes)} />
          ))}
        </dl>
        <p className="mt-3 break-words text-small text-muted">
          {databasePlace}. Room that a deletion frees is used again before the database grows.
        </p>
      </Panel>
    </div>
  );
}

function Size({ name, value, isTotal = false }: { name: string; value: string; isTotal?: boolean }) {
  return (
    <div className={isTotal ? "flex justify-between gap-4 font-medium" : "flex justify-between gap-4"}>
      <dt className={isTotal ? undefined : "text-muted"}>{name}</dt>
      <dd className="whitespace-nowrap">{value}</dd>
    </div>
  );
}
