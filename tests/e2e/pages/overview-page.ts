import { expect, type Locator, type Page } from "@playwright/test";

/** The first page as a user sees it. */
export class OverviewPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(): Promise<void> {
    await this.page.goto("/");
    await expect(this.page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
  }

  panel(name: string | RegExp): Locator {
    return this.page.getByRole("region", { name });
  }

  attention(): Locator {
    return this.panel("Needs attention");
  }

  /** The link behind a figure of the first line; its name holds the number. */
  figure(name: string): Locator {
    return this.page.getByRole("link", { name: new RegExp(`^${name}: `) });
  }

  /** The number of a figure that leads somewhere. */
  async numberOf(name: string): Promise<number> {
    const label = await this.figure(name).getAttribute("aria-label");
    return Number(/: ([\d,]+)$/.exec(label ?? "")?.[1]?.replaceAll(",", ""));
  }
}
