import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";

/** The page of one job. */
export class JobPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  timeline(): Locator {
    return this.page.getByRole("region", { name: "Timeline" });
  }

  errors(): Locator {
    return this.page.getByRole("region", { name: "Errors by kind" });
  }

  results(): Locator {
    return this.page.getByRole("region", { name: "Results" });
  }

  resultRows(): Locator {
    return this.results().locator("tbody tr");
  }

  async searchResults(text: string): Promise<void> {
    await this.results().getByRole("searchbox").fill(text);
  }

  /** Downloads the results and resolves with the file's text. */
  async download(kind: "Raw results" | "Unified results" | "Table"): Promise<string> {
    await this.page.getByRole("button", { name: "Download" }).click();
    const waiting = this.page.waitForEvent("download");
    await this.page.getByRole("menuitem", { name: kind }).click();
    return readFile(await (await waiting).path(), "utf8");
  }

  /** Copies the summary for a support request and resolves with it. */
  async copySummary(): Promise<string> {
    await this.page.getByRole("button", { name: "Copy summary" }).click();
    return this.page.evaluate(() => navigator.clipboard.readText());
  }
}
