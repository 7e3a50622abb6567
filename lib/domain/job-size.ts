/** Groups of jobs by their number of requests: each reaches up to its limit. */
const sizeLimits = [
  { size: "1", largestRequestCount: 1 },
  { size: "2-10", largestRequestCount: 10 },
  { size: "11-100", largestRequestCount: 100 },
  { size: "101-1000", largestRequestCount: 1_000 },
  { size: "1001-10000", largestRequestCount: 10_000 },
  { size: "10001+", largestRequestCount: Number.POSITIVE_INFINITY },
] as const;

/** "unknown" is a job whose provider tells no number of requests. */
export const jobSizes = ["1", "2-10", "11-100", "101-1000", "1001-10000", "10001+", "unknown"] as const;
export type JobSize = (typeof jobSizes)[number];

/** The group of a job by its number of requests; null when that is not known. The database names the same groups. */
export function jobSizeOf(requestCount: number | null): JobSize {
  if (requestCount === null || requestCount < 1) return "unknown";
  return sizeLimits.find(({ largestRequestCount }) => requestCount <= largestRequestCount)?.size ?? "unknown";
}
