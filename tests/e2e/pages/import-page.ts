import type { Locator, Page } from "@playwright/test";

type UploadedFile = { name: string; buffer: Buffer };

/** The page on which files are dropped that hold jobs from elsewhere. */
export class ImportPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(): Promise<void> {
    await this.page.goto("/jobs/import");
  }

  async choose(files: UploadedFile[]): Promise<void> {
    await this.page
      .getByLabel("Files to import")
      .setInputFiles(files.map((file) => ({ ...file, mimeType: "application/octet-stream" })));
  }

  /** Drops files as a file manager does. */
  async drop(files: UploadedFile[]): Promise<void> {
    const transfer = await this.page.evaluateHandle(
      (given) => {
        const data = new DataTransfer();
        for (const { name, text } of given) data.items.add(new File([text], name));
        return data;
      },
      files.map(({ name, buffer }) => ({ name, text: buffer.toString() })),
    );
    const zone = this.page.getByText("Drop files here, or").locator("..");
    await zone.dispatchEvent("dragover", { dataTransfer: transfer });
    await zone.dispatchEvent("drop", { dataTransfer: transfer });
  }

  /** What came of the file of that name. */
  outcome(name: string): Locator {
    return this.page.getByRole("region", { name: "Files" }).getByRole("listitem").filter({ hasText: name });
  }
}
