import type { AccountJob, AdoptLine, RecentJobsLine } from "#lib/domain/account-job.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";

/** What is known of one provider's recent jobs: the listing, and the import if one was started. */
export type ProviderReading = {
  provider: ProviderId;
  listing: "reading" | "done" | "failed";
  /** More jobs exist than were listed. */
  isCut: boolean;
  jobs: AccountJob[];
  importing: "no" | "running" | "done" | "failed";
  importedCount: number;
  /** Why the listing or the import failed. */
  failure: string | null;
};

export type ReadingChange =
  | { kind: "start"; provider: ProviderId }
  | { kind: "line"; provider: ProviderId; line: RecentJobsLine }
  | { kind: "import"; provider: ProviderId }
  | { kind: "importLine"; provider: ProviderId; line: AdoptLine };

export function newReading(provider: ProviderId): ProviderReading {
  return {
    provider,
    listing: "reading",
    isCut: false,
    jobs: [],
    importing: "no",
    importedCount: 0,
    failure: null,
  };
}

/** The readings of all providers after one more line of one of them. */
export function changeReadings(
  readings: readonly ProviderReading[],
  change: ReadingChange,
): readonly ProviderReading[] {
  return readings.map((reading) =>
    reading.provider === change.provider ? changeReading(reading, change) : reading,
  );
}

function changeReading(reading: ProviderReading, change: ReadingChange): ProviderReading {
  switch (change.kind) {
    case "start":
      return newReading(reading.provider);
    case "line":
      return withListingLine(reading, change.line);
    case "import":
      return { ...reading, importing: "running", importedCount: 0, failure: null };
    case "importLine":
      return withImportLine(reading, change.line);
  }
}

function withListingLine(reading: ProviderReading, line: RecentJobsLine): ProviderReading {
  switch (line.type) {
    case "jobs":
      return { ...reading, jobs: [...reading.jobs, ...line.jobs] };
    case "end":
      return { ...reading, listing: "done", isCut: line.isCut };
    case "failure":
      return { ...reading, listing: "failed", failure: line.message };
  }
}

function withImportLine(reading: ProviderReading, line: AdoptLine): ProviderReading {
  switch (line.type) {
    case "progress": {
      const jobIds = new Map(line.adopted.map(({ providerJobId, jobId }) => [providerJobId, jobId]));
      return {
        ...reading,
        importedCount: reading.importedCount + line.adopted.length,
        jobs: reading.jobs.map((job) => {
          const jobId = jobIds.get(job.providerJobId);
          return jobId === undefined ? job : { ...job, state: "known" as const, jobId };
        }),
      };
    }
    case "end":
      return { ...reading, importing: "done" };
    case "failure":
      return { ...reading, importing: "failed", failure: line.message };
  }
}

/** Every provider's jobs in one list, newest first; jobs without a creation time come last. */
export function allJobsOf(readings: readonly ProviderReading[]): AccountJob[] {
  return readings
    .flatMap((reading) => reading.jobs)
    .toSorted((left, right) => (right.createdAt?.getTime() ?? 0) - (left.createdAt?.getTime() ?? 0));
}

/** Tells jobs of all providers apart. */
export function keyOf(job: Pick<AccountJob, "provider" | "providerJobId">): string {
  return `${job.provider} ${job.providerJobId}`;
}
