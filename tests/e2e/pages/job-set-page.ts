import { expect, type Page } from "@playwright/test";

/** The page of one job set. */
export class JobSetPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Waits, without reloading, until no job of the set is running or waiting. */
  async waitUntilEnded(timeoutMs = 60_000): Promise<void> {
    const lanes = this.page.getByRole("region", { name: "Lanes" });
    await expect(lanes).toBeVisible();
    await expect(lanes).not.toContainText(/running|waiting/, { timeout: timeoutMs });
  }

  async compare(): Promise<void> {
    await this.page.getByRole("link", { name: "Compare turnaround" }).click();
    await this.page.waitForURL(/\/compare/);
  }
}
