import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LiveRefresh } from "#components/layout/live-refresh.ts";
import { queryKeys, staleTopicsOf, topicOf } from "#components/layout/query-keys.ts";

const jobChanged = (id: string) => ({ type: "jobs.changed" as const, jobIds: [id], jobSetIds: [] });

let queryClient: QueryClient;
let refresh: LiveRefresh;
let stopObserving: (() => void)[];

/** Keeps a query on screen; returns its reads, each of which is answered by hand or at once. */
async function show(
  queryKey: readonly unknown[],
  answer: () => Promise<string> = () => Promise.resolve("new"),
) {
  const read = vi.fn<() => Promise<string>>(answer);
  const observer = new QueryObserver(queryClient, {
    queryKey,
    queryFn: read,
    initialData: "old",
    staleTime: Number.POSITIVE_INFINITY,
  });
  stopObserving.push(observer.subscribe(() => {}));
  await vi.advanceTimersByTimeAsync(0);
  return read;
}

beforeEach(() => {
  vi.useFakeTimers();
  queryClient = new QueryClient();
  refresh = new LiveRefresh(queryClient);
  stopObserving = [];
});

afterEach(() => {
  stopObserving.forEach((stop) => stop());
  refresh.stop();
  queryClient.clear();
  vi.useRealTimers();
});

describe("live refresh", () => {
  it("reads the lists and the job of an event again, and nothing else", async () => {
    const jobs = await show(queryKeys.jobs("?status=FAILED"));
    const changed = await show(queryKeys.job("job_1"));
    const other = await show(queryKeys.job("job_2"));
    refresh.accept(jobChanged("job_1"));
    await vi.advanceTimersByTimeAsync(0);
    expect(jobs).toHaveBeenCalledTimes(1);
    expect(changed).toHaveBeenCalledTimes(1);
    expect(other).not.toHaveBeenCalled();
  });

  it.each([
    { readMilliseconds: 10, readCount: 6 },
    { readMilliseconds: 100, readCount: 3 },
    { readMilliseconds: 800, readCount: 2 },
  ])(
    "turns a hundred events in a second into $readCount reads of a list that takes $readMilliseconds ms",
    async ({ readMilliseconds, readCount }) => {
      const jobs = await show(
        queryKeys.jobs(""),
        () => new Promise((resolve) => setTimeout(() => resolve("new"), readMilliseconds)),
      );
      for (let index = 0; index < 100; index += 1) {
        refresh.accept(jobChanged(`job_${index}`));
        await vi.advanceTimersByTimeAsync(10);
      }
      await vi.advanceTimersByTimeAsync(2000);
      expect(jobs).toHaveBeenCalledTimes(readCount);
    },
  );

  it("reads once more when an event arrives during a read, without breaking that read off", async () => {
    const answers: ((value: string) => void)[] = [];
    const jobs = await show(queryKeys.jobs(""), () => new Promise((resolve) => answers.push(resolve)));
    refresh.accept(jobChanged("job_1"));
    await vi.advanceTimersByTimeAsync(1000);
    refresh.accept(jobChanged("job_1"));
    await vi.advanceTimersByTimeAsync(500);
    expect(jobs).toHaveBeenCalledTimes(1);
    answers[0]?.("first");
    await vi.advanceTimersByTimeAsync(1000);
    expect(jobs).toHaveBeenCalledTimes(2);
  });

  it("reads everything on screen again after a gap", async () => {
    const overview = await show(queryKeys.overview());
    const results = await show(queryKeys.results("job_9", ""));
    refresh.accept({ type: "resync" });
    await vi.advanceTimersByTimeAsync(0);
    expect(overview).toHaveBeenCalledTimes(1);
    expect(results).toHaveBeenCalledTimes(1);
  });

  it("holds still while paused and catches up on resume", async () => {
    const jobs = await show(queryKeys.jobs(""));
    refresh.setPaused(true);
    refresh.accept(jobChanged("job_1"));
    await vi.advanceTimersByTimeAsync(5000);
    expect(jobs).not.toHaveBeenCalled();
    refresh.setPaused(false);
    await vi.advanceTimersByTimeAsync(0);
    expect(jobs).toHaveBeenCalledTimes(1);
  });
});

describe("topics", () => {
  it("keeps the queries of one job apart from those of others", () => {
    expect(topicOf(queryKeys.results("job_1", {}))).toBe("results:job_1");
    expect(topicOf(queryKeys.jobSet("set_1"))).toBe("job-sets");
    expect(staleTopicsOf({ type: "sets.changed", jobSetIds: [] })).toContain("job-sets");
  });

  it("reads the names of job sets again when sets come or go, and not with each change of a job", () => {
    const names = topicOf(queryKeys.jobSetNames());
    expect(staleTopicsOf({ type: "sets.changed", jobSetIds: ["set_1"] })).toContain(names);
    const jobsChanged = { type: "jobs.changed" as const, jobIds: ["job_1"], jobSetIds: ["set_1"] };
    expect(staleTopicsOf(jobsChanged)).not.toContain(names);
  });
});
