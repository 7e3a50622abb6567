import type { Metadata } from "next";
import { formatBytes, formatQuantity } from "#components/format.ts";
import { JobSetSizes } from "#components/storage/job-set-sizes.tsx";
import { PrunePanel } from "#components/storage/prune-panel.tsx";
import { StorageSizes } from "#components/storage/storage-sizes.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import type { AppContext } from "#lib/context.ts";
import { getStorageUsage } from "#lib/db/queries/get-storage-usage.ts";
import { getContext } from "#lib/server-context.ts";

export const metadata: Metadata = { title: "Storage" };

export default async function StoragePage() {
  const context = await getContext();
  const usage = await getStorageUsage(context.database);
  return (
    <>
      <PageHeader
        title="Storage"
        state={`${formatQuantity(usage.results.fileCount, "result file")} with ${formatBytes(usage.results.sizeBytes)}, and a database of ${formatBytes(usage.database.sizeBytes)}.`}
      />
      <div className="flex flex-col gap-4">
        <StorageSizes
          usage={usage}
          resultsPlace={context.storage.place}
          databasePlace={placeOf(context)}
          freeBytes={await readFreeBytes(context)}
        />
        <PrunePanel jobSets={usage.jobSets} />
        <JobSetSizes jobSets={usage.jobSets} />
      </div>
    </>
  );
}

/** Where the database is, without the password that the address may hold. */
function placeOf({ config: { databaseUrl, dataDirectory } }: AppContext): string {
  if (databaseUrl === null) return `Embedded, in the folder ${dataDirectory}`;
  const { host, pathname } = new URL(databaseUrl);
  return `PostgreSQL, ${pathname.slice(1)} at ${host}`;
}

/** How much room is left is worth knowing, but not worth losing the page for. */
async function readFreeBytes({ storage, log }: AppContext): Promise<number | null> {
  try {
    return await storage.freeBytes();
  } catch (error) {
    log.warn({ error }, "the room left in the storage is not known");
    return null;
  }
}
