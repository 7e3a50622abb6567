import { expect, type Locator, type Page } from "@playwright/test";

/** The launch form as a user sees it. */
export class LaunchPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(): Promise<void> {
    await this.page.goto("/launch");
    await expect(this.page.getByRole("heading", { name: "Launch", level: 1 })).toBeVisible();
  }

  lane(number: number): Locator {
    return this.page.getByRole("region", { name: `Lane ${number}` });
  }

  async fillLane(number: number, fields: { jobs?: string; requests?: string }): Promise<void> {
    const lane = this.lane(number);
    if (fields.jobs !== undefined) await lane.getByLabel("Jobs", { exact: true }).fill(fields.jobs);
    if (fields.requests !== undefined) await lane.getByLabel("Requests per job").fill(fields.requests);
  }

  async name(name: string): Promise<void> {
    await this.page.getByLabel("Name", { exact: true }).fill(name);
  }

  async pastePrompts(text: string): Promise<void> {
    await this.page.getByRole("button", { name: "Paste", exact: true }).click();
    await this.page.getByLabel("Your prompts").fill(text);
  }

  async uploadPrompts(file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
    await this.page.getByRole("button", { name: "File", exact: true }).click();
    await this.page.getByLabel("Prompt file").setInputFiles(file);
  }

  launchButton(): Locator {
    return this.page.getByRole("button", { name: /^Launch/ });
  }

  /** Presses the button and waits for the page of the new set. Resolves with the set's id. */
  async launch(): Promise<string> {
    await this.launchButton().click();
    await this.page.waitForURL(/\/job-sets\/set_[a-z0-9]+/);
    return new URL(this.page.url()).pathname.split("/").at(-1) ?? "";
  }
}
