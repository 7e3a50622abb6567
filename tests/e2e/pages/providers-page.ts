import type { Locator, Page } from "@playwright/test";

/** How the providers answer, their models, and the files that they hold. */
export class ProvidersPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** How one provider answers: calls, limits, clock, last errors. */
  health(provider: string): Locator {
    return this.page
      .getByRole("region", { name: "How they answer" })
      .getByRole("listitem")
      .filter({ has: this.page.getByRole("button", { name: `Check connection to ${provider}` }) });
  }

  models(): Locator {
    return this.page.getByRole("region", { name: "Models", exact: true });
  }

  async showModels(provider: string): Promise<void> {
    await this.models().getByRole("button", { name: provider, exact: true }).click();
  }

  async searchModels(text: string): Promise<void> {
    await this.models().getByRole("searchbox").fill(text);
  }

  modelRows(): Locator {
    return this.models().locator("tbody tr");
  }

  files(): Locator {
    return this.page.getByRole("region", { name: "Files held at the providers" });
  }

  async listFiles(): Promise<void> {
    await this.files().getByRole("button", { name: "List files" }).click();
  }

  /** What is said of one provider's files: "7 files with 12 kB. …" */
  filesOf(provider: string): Locator {
    return this.files().getByRole("listitem").filter({ hasText: provider });
  }

  fileRows(): Locator {
    return this.files().locator("tbody tr");
  }

  /** Opens the question of the deletion and resolves with it. */
  async askForDeletion(): Promise<Locator> {
    await this.files()
      .getByRole("button", { name: /^Delete \d/ })
      .click();
    return this.page.getByRole("alertdialog");
  }
}
