import type { Locator, Page } from "@playwright/test";

/** What is kept and how room is made. */
export class StoragePage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async openFromProviders(): Promise<void> {
    await this.page.goto("/providers");
    await this.page.getByRole("link", { name: "Storage", exact: true }).click();
    await this.page.waitForURL("**/storage");
  }

  /** The row of a job set in the table of sizes. */
  sizesOf(jobSet: string): Locator {
    return this.page.getByRole("row").filter({ hasText: jobSet });
  }

  /** Asks what a deletion in one set would take, whatever its age, and leaves the question open. */
  async plan(choice: { subject: "Results" | "Whole jobs"; jobSet: string }): Promise<Locator> {
    await this.page.getByRole("button", { name: choice.subject, exact: true }).click();
    await this.page.getByLabel("Ended at least this many days ago").fill("0");
    await this.page.getByRole("combobox", { name: "Job set" }).selectOption({ label: choice.jobSet });
    await this.page.getByRole("button", { name: "Show what would go" }).click();
    return this.page.getByRole("alertdialog");
  }
}
