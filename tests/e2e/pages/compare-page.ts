import type { Page } from "@playwright/test";

export type ComparedProvider = {
  provider: string;
  jobs: number;
  delivered: number;
  notDelivered: number;
  cancelled: number;
  unfinished: number;
};

/** The compare page, read through its tables. */
export class ComparePage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The figures of the table "What became of the jobs", a row a provider. */
  async readCounts(): Promise<ComparedProvider[]> {
    const region = this.page.getByRole("region", { name: "What became of the jobs" });
    const rows = await region.locator("tbody tr").all();
    return Promise.all(
      rows.map(async (row) => {
        const [provider = "", ...figures] = await row.locator("th, td").allInnerTexts();
        const [jobs = 0, delivered = 0, , notDelivered = 0, cancelled = 0, unfinished = 0] =
          figures.map(Number);
        return { provider: provider.trim(), jobs, delivered, notDelivered, cancelled, unfinished };
      }),
    );
  }
}
