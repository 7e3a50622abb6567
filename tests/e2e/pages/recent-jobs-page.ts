import { expect, type Locator, type Page } from "@playwright/test";

/** The recent jobs of the accounts and their import. */
export class RecentJobsPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** From the Providers page, as a user finds it. */
  async openFromProviders(): Promise<void> {
    await this.page.getByRole("link", { name: "Recent jobs of the account" }).click();
    await expect(
      this.page.getByRole("heading", { name: "Recent jobs of the account", level: 1 }),
    ).toBeVisible();
  }

  async lookBack(hours: number): Promise<void> {
    await this.page.getByLabel("Hours to look back").fill(String(hours));
    await this.page.getByRole("button", { name: "Show", exact: true }).click();
    await this.page.waitForURL(`**/recent-jobs?hours=${hours}`);
  }

  /** What is said of one provider: "326 jobs, 326 new." */
  reading(provider: string): Locator {
    return this.page
      .getByRole("region", { name: "Providers" })
      .getByRole("listitem")
      .filter({ hasText: provider });
  }

  rows(): Locator {
    return this.page.getByRole("region", { name: "Jobs", exact: true }).locator("tbody tr");
  }

  importButton(): Locator {
    return this.page.getByRole("button", { name: /^(Import|Nothing new)/ });
  }

  /** Presses the button and waits until the page says what came. */
  async import(expected: string): Promise<void> {
    await this.importButton().click();
    await expect(this.page.getByText(`${expected} imported`, { exact: true })).toBeVisible({
      timeout: 60_000,
    });
  }
}
