import { test as base } from "@playwright/test";
import { ComparePage } from "./pages/compare-page.ts";
import { JobPage } from "./pages/job-page.ts";
import { JobSetPage } from "./pages/job-set-page.ts";
import { JobsPage } from "./pages/jobs-page.ts";
import { LaunchPage } from "./pages/launch-page.ts";
import { OverviewPage } from "./pages/overview-page.ts";
import { ProvidersPage } from "./pages/providers-page.ts";
import { RecentJobsPage } from "./pages/recent-jobs-page.ts";
import { StoragePage } from "./pages/storage-page.ts";

export { expect } from "@playwright/test";

type Fixtures = {
  /** What the browser complained about; a test that expects a complaint takes it out. */
  complaints: string[];
  launchPage: LaunchPage;
  jobSetPage: JobSetPage;
  jobsPage: JobsPage;
  jobPage: JobPage;
  comparePage: ComparePage;
  overviewPage: OverviewPage;
  providersPage: ProvidersPage;
  recentJobsPage: RecentJobsPage;
  storagePage: StoragePage;
};

/** A test that fails on any console error, warning or uncaught exception of its page. */
export const test = base.extend<Fixtures>({
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on("console", (message) => {
        if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
      });
      page.on("pageerror", (error) => complaints.push(String(error)));
      await use(complaints);
      base.expect(complaints, "the browser's console").toEqual([]);
    },
    { auto: true },
  ],
  launchPage: async ({ page }, use) => use(new LaunchPage(page)),
  jobSetPage: async ({ page }, use) => use(new JobSetPage(page)),
  jobsPage: async ({ page }, use) => use(new JobsPage(page)),
  jobPage: async ({ page }, use) => use(new JobPage(page)),
  comparePage: async ({ page }, use) => use(new ComparePage(page)),
  overviewPage: async ({ page }, use) => use(new OverviewPage(page)),
  providersPage: async ({ page }, use) => use(new ProvidersPage(page)),
  recentJobsPage: async ({ page }, use) => use(new RecentJobsPage(page)),
  storagePage: async ({ page }, use) => use(new StoragePage(page)),
});
