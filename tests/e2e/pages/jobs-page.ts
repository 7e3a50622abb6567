import type { Locator, Page } from "@playwright/test";

/** The table of jobs. */
export class JobsPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(query = ""): Promise<void> {
    await this.page.goto(`/jobs${query}`);
  }

  rows(): Locator {
    return this.page.locator("tbody tr");
  }

  async openFirstJob(): Promise<void> {
    await this.rows().first().getByRole("link").first().click();
    await this.page.waitForURL(/\/jobs\/job_/);
  }
}
