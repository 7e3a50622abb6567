import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { RecentJobsTable } from "#components/providers/recent-jobs-table.tsx";
import type { AccountJob } from "#lib/domain/account-job.ts";
import { endedCounts } from "./job-list-item.ts";

const partial: AccountJob = {
  provider: "anthropic",
  providerJobId: "msgbatch_1",
  model: "claude-haiku-4-5",
  serviceStatus: "ended",
  userStatus: "FAILED",
  counts: endedCounts({ succeeded: 7, failed: 2 }),
  createdAt: null,
  endedAt: null,
  state: "new",
  jobId: null,
};

function textOf(job: AccountJob): string {
  const markup = renderToStaticMarkup(
    <QueryClientProvider client={new QueryClient()}>
      <RecentJobsTable jobs={[job]} selection={new Set()} onSelectionChange={() => {}} />
    </QueryClientProvider>,
  );
  return markup.replace(/<[^>]*>/g, " ");
}

it("says of a partly successful job how many of its requests succeeded, as the list of jobs does", () => {
  expect(textOf(partial)).toContain("7/9 succeeded");
  expect(textOf(partial)).not.toContain("Failed");
  expect(textOf({ ...partial, counts: endedCounts({ failed: 9 }) })).toContain("Failed");
});

it("says of a job that is under way that it is", () => {
  expect(textOf({ ...partial, userStatus: "IN_PROGRESS", serviceStatus: "in_progress" })).toContain(
    "In progress",
  );
});
