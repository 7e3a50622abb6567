import type { AccountJob, AdoptLine, RecentJobsLine } from "#lib/domain/account-job.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";

/** What is known of one provider's recent jobs: the listing, and the import if one was started. */
export type ProviderReading = {
  provider: ProviderId;
  listing: "reading" | "done" | "failed";
  /** The others' jobs appear only where none of this provider can come in between any more. */
  isAwaited: boolean;
  /** More jobs exist than were listed. */
  isCut: boolean;
  jobs: AccountJob[];
  importing: "no" | "running" | "done" | "failed";
  importedCount: number;
  /** Why the listing or the import failed. */
  failure: string | null;
};

export type ReadingChange =
  /** `isAwaited`: nothing stands in the list yet that its jobs could push down. */
  | { kind: "start"; provider: ProviderId; isAwaited: boolean }
  | { kind: "patienceEnds"; provider: ProviderId }
  | { kind: "line"; provider: ProviderId; line: RecentJobsLine }
  | { kind: "import"; provider: ProviderId }
  | { kind: "importLine"; provider: ProviderId; line: AdoptLine };

export function newReading(provider: ProviderId): ProviderReading {
  return {
    provider,
    listing: "reading",
    isAwaited: true,
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
      return { ...newReading(reading.provider), isAwaited: change.isAwaited };
    case "patienceEnds":
      return { ...reading, isAwaited: false };
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
    .toSorted((left, right) => createdAtMs(right) - createdAtMs(left));
}

/**
 * The jobs of `allJobsOf` that stand where they will stay, so that no row moves while the lists arrive: each comes newest
 * first, so there is no room for another job of it above its last one. A provider that is not awaited holds up none.
 */
export function settledJobsOf(readings: readonly ProviderReading[]): AccountJob[] {
  const unsettledFrom = Math.max(...readings.map(unsettledFromOf));
  return allJobsOf(readings).filter((job) => createdAtMs(job) > unsettledFrom);
}

/** Whether the jobs of others wait for further ones of this provider. */
export function holdsUpOthers({ listing, isAwaited }: ProviderReading): boolean {
  return listing === "reading" && isAwaited;
}

/** From this moment back, in milliseconds, further jobs of a provider can come. */
function unsettledFromOf(reading: ProviderReading): number {
  if (!holdsUpOthers(reading)) return Number.NEGATIVE_INFINITY;
  const last = reading.jobs.findLast((job) => job.createdAt !== null);
  return last ? createdAtMs(last) : Number.POSITIVE_INFINITY;
}

/** Moment of creation in milliseconds; 0 when nobody knows it. */
function createdAtMs(job: AccountJob): number {
  return job.createdAt?.getTime() ?? 0;
}

/** Tells jobs of all providers apart. */
export function keyOf(job: Pick<AccountJob, "provider" | "providerJobId">): string {
  return `${job.provider} ${job.providerJobId}`;
}
