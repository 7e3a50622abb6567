import { expect, it } from "vitest";
import { shareRows } from "#app/jobs/share-rows.ts";
import { jobListItem } from "#tests/components/job-list-item.ts";

const copy = (id: string, change = {}) => structuredClone(jobListItem({ id, ...change }));

it("keeps the objects of the jobs that did not change, dates or not", () => {
  const before = { jobs: [copy("job_a"), copy("job_b")] };
  const after = { jobs: [copy("job_a", { serviceStatus: "finalizing" }), copy("job_b")] };
  const shared = shareRows(before, after) as typeof before;
  expect(shared.jobs[0]).toBe(after.jobs[0]);
  expect(shared.jobs[1]).toBe(before.jobs[1]);
});

it("keeps the whole answer when nothing changed, and takes a new order", () => {
  const before = { jobs: [copy("job_a"), copy("job_b")] };
  expect(shareRows(before, { jobs: [copy("job_a"), copy("job_b")] })).toBe(before);
  const turned = shareRows(before, { jobs: [copy("job_b"), copy("job_a")] }) as typeof before;
  expect(turned.jobs).toEqual([before.jobs[1], before.jobs[0]]);
});

it("takes the first answer as it is", () => {
  const after = { jobs: [copy("job_a")] };
  expect(shareRows(undefined, after)).toBe(after);
});
