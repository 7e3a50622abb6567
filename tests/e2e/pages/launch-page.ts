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

  /** Opens what goes into each request of a lane beside its prompt. */
  async openParameters(number: number): Promise<void> {
    await this.lane(number).getByText("Parameters", { exact: true }).click();
  }

  parameter(number: number, label: string): Locator {
    return this.lane(number).getByLabel(label, { exact: true });
  }

  /** What the launch will do, and the button that does it. */
  summary(): Locator {
    return this.page.getByRole("region", { name: "Summary" });
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

  /** Drags a file over the page and lets it go. */
  async dropPrompts(file: { name: string; type: string; text: string }): Promise<void> {
    await this.page.getByRole("button", { name: "File", exact: true }).click();
    const dataTransfer = await this.page.evaluateHandle(({ name, type, text }) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], name, { type }));
      return transfer;
    }, file);
    const zone = this.page.getByText("Drop a file here");
    await zone.dispatchEvent("dragover", { dataTransfer });
    await zone.dispatchEvent("drop", { dataTransfer });
  }

  async chooseColumn(column: string): Promise<void> {
    await this.page.getByLabel("Column that holds the prompt").selectOption(column);
  }

  /** Whether the browser's database holds prompts that are too large for its small storage. */
  hasKeptPrompts(): Promise<boolean> {
    return this.page.evaluate(async () => {
      const databases = await indexedDB.databases();
      if (!databases.some(({ name }) => name === "batchmark")) return false;
      const resultOf = <Result>(request: IDBRequest<Result>) =>
        new Promise<Result>((resolve, reject) => {
          request.addEventListener("success", () => resolve(request.result));
          request.addEventListener("error", () => reject(request.error));
        });
      const database = await resultOf(indexedDB.open("batchmark"));
      const store = database.transaction("launch-prompts").objectStore("launch-prompts");
      const count = await resultOf(store.count());
      database.close();
      return count > 0;
    });
  }

  launchButton(): Locator {
    return this.page.getByRole("button", { name: /^(Launch|Fix)/ });
  }

  /** Presses the button and waits for the page of the new set. Resolves with the set's id. */
  async launch(): Promise<string> {
    await this.launchButton().click();
    await this.page.waitForURL(/\/job-sets\/set_[a-z0-9]+/);
    return new URL(this.page.url()).pathname.split("/").at(-1) ?? "";
  }
}
