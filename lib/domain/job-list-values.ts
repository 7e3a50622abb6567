export const jobSortColumns = ["launched", "provider", "status", "turnaround", "lastChecked"] as const;
export const pageSizes = {
  jobs: 50,
  /** Rows that the long list of jobs reads at a time. */
  jobRows: 100,
  jobsMaximum: 200,
  results: 50,
  resultsMaximum: 200,
  jobSets: 25,
} as const;

export const launchedWithins = ["1h", "24h", "7d", "30d"] as const;
export type LaunchedWithin = (typeof launchedWithins)[number];
