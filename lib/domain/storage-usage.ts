/** What is kept, where, and how large. Sizes in bytes. */
export type StorageUsage = {
  database: {
    kind: "pglite" | "postgres";
    sizeBytes: number;
    tables: { name: "jobs" | "results" | "prompts" | "queue"; sizeBytes: number }[];
  };
  results: { fileCount: number; sizeBytes: number; lineCount: number };
  /** The largest sets first, at most 50; `jobSetId` null stands for the jobs without a set. */
  jobSets: {
    jobSetId: string | null;
    name: string | null;
    jobCount: number;
    fileCount: number;
    sizeBytes: number;
    lineCount: number;
  }[];
};
