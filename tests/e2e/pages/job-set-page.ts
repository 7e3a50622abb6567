import { expect, type Locator, type Page } from "@playwright/test";

/** The page of one job set. */
export class JobSetPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Waits, without reloading, until no job of the set is running or waiting. */
  async waitUntilEnded(timeoutMs = 60_000): Promise<void> {
    await expect(this.lanes()).toBeVisible();
    await expect(this.lanes()).not.toContainText(/running|waiting/, { timeout: timeoutMs });
  }

  lanes(): Locator {
    return this.page.getByRole("region", { name: "Lanes" });
  }

  /** The small curve of a lane, by its description. */
  curve(name: RegExp): Locator {
    return this.lanes().getByRole("img", { name });
  }

  async compare(): Promise<void> {
    await this.page.getByRole("link", { name: "Compare turnaround" }).click();
    await this.page.waitForURL(/\/compare/);
  }
}
