import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { ServerNowContext } from "#components/layout/use-now.ts";
import { LastMoment } from "#components/overview/attention-list.tsx";
import type { JobListItem } from "#lib/domain/job-page.ts";
import { jobListItem } from "./job-list-item.ts";

const now = new Date("2026-11-22T12:10:00Z");
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);

function momentOf(change: Partial<JobListItem>): string {
  return renderToStaticMarkup(
    <ServerNowContext value={now.getTime()}>
      <LastMoment job={jobListItem(change)} />
    </ServerNowContext>,
  ).replace(/<[^>]*>/g, "");
}

it("never takes the import of a job for its launch or its end", () => {
  const { observed, reported } = jobListItem();
  const imported = { ...observed, launchedAt: hoursAgo(1) };
  const created = { ...reported, createdAt: hoursAgo(7) };
  expect(momentOf({})).toBe("launched 10 min ago");
  expect(momentOf({ origin: "adopted", observed: imported, reported: created })).toBe("created 7 h ago");
  expect(momentOf({ origin: "adopted", observed: imported, reported: { ...created, createdAt: null } })).toBe(
    "imported 1 h ago",
  );
  const seen = { ...imported, endSeenAt: hoursAgo(1) };
  const ended = { ...created, endedAt: hoursAgo(3) };
  expect(momentOf({ origin: "adopted", observed: seen, reported: ended })).toBe("ended 3 h ago");
  expect(momentOf({ observed: seen, reported: ended })).toBe("ended 1 h ago");
});
