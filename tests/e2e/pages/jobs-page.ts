import { readFile } from "node:fs/promises";
import { expect, type Locator, type Page } from "@playwright/test";

/** The list of jobs. */
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

  chosenRows(): Locator {
    return this.page.locator('tbody tr[aria-selected="true"]');
  }

  async openFirstJob(): Promise<void> {
    await this.rows().first().getByRole("link").first().click();
    await this.page.waitForURL(/\/jobs\/job_/);
  }

  search(): Locator {
    return this.page.getByRole("searchbox", { name: /Search jobs/ });
  }

  /** One of the buttons that narrow by provider or status, with its count. */
  filterButton(name: RegExp): Locator {
    return this.page.getByRole("search").getByRole("button", { name });
  }

  /** What can be done with the chosen rows. */
  selectionBar(): Locator {
    return this.page.getByRole("region", { name: "Selected jobs" });
  }

  /** Ticks one row, or with shift all rows since the one that was ticked last. */
  async choose(row: number, options: { isRange?: boolean } = {}): Promise<void> {
    const checkbox = this.rows().nth(row).getByRole("checkbox");
    await checkbox.click({ modifiers: options.isRange ? ["Shift"] : [] });
  }

  /** By keyboard, as in any list. */
  /** Waits until the browser has taken over the rows that the server drew: before that they cannot have the focus. */
  async focusFirstRow(): Promise<void> {
    await this.page.locator('section[aria-label="Jobs"]:not([aria-busy])').waitFor();
    await this.rows().first().focus();
    await expect(this.rows().first()).toBeFocused();
  }

  async chooseAllThatMatch(): Promise<void> {
    await this.focusFirstRow();
    await this.page.keyboard.press("Control+a");
    await expect(this.selectionBar()).toContainText("selected");
  }

  async sortBy(column: string): Promise<void> {
    await this.page.getByRole("columnheader", { name: column }).getByRole("button").click();
  }

  /** What is shown, as a file. */
  downloadShown(kind: "CSV" | "Reports"): Promise<string[]> {
    const role = kind === "CSV" ? "link" : "button";
    return this.linesOfDownload(this.page.getByRole("search").getByRole(role, { name: kind }));
  }

  /** The chosen rows, as a file. */
  downloadChosen(kind: "CSV" | "Report file" | "Download results"): Promise<string[]> {
    return this.linesOfDownload(this.selectionBar().getByRole("button", { name: kind }));
  }

  private async linesOfDownload(button: Locator): Promise<string[]> {
    const waiting = this.page.waitForEvent("download");
    await button.click();
    return (await readFile(await (await waiting).path(), "utf8")).trim().split(/\r?\n/);
  }

  /** Asks for an action on the chosen rows and answers the question. Resolves with what the question said. */
  async confirm(action: "Cancel" | "Delete at provider", button: RegExp): Promise<string> {
    await this.selectionBar().getByRole("button", { name: action }).click();
    const question = this.page.getByRole("alertdialog");
    const confirm = question.getByRole("button", { name: button });
    await expect(confirm).toBeEnabled();
    const said = await question.innerText();
    await confirm.click();
    return said;
  }
}
