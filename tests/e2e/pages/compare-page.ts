import { readFile } from "node:fs/promises";
import { expect, type Locator, type Page } from "@playwright/test";

export type ComparedProvider = {
  provider: string;
  jobs: number;
  delivered: number;
  notDelivered: number;
  cancelled: number;
  unfinished: number;
};

/** A cell of a table: what it says, and the interval or remark below. */
export type ReadCell = { text: string; remark: string | null };

/** All tables in sight at one moment, by the title of their panel: columns, and cells by the name of the row. */
export type ReadPage = {
  computedAt: Date;
  tables: Record<string, { columns: string[]; rows: Record<string, ReadCell[]> }>;
};

/** The compare page as a user reads and works it. */
export class ComparePage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(address: string): Promise<void> {
    await this.page.goto(address);
    await expect(this.page.getByRole("heading", { name: "Compare", level: 1 })).toBeVisible();
    // Charts are drawn in the browser: from then on the page answers.
    await expect(this.page.locator("svg[data-chart]").first()).toBeVisible();
  }

  /** Open jobs grow older and the page with them; paused, it stays as it is. */
  async pause(): Promise<void> {
    await this.page.getByRole("button", { name: /^Pause live updates/ }).click();
    await expect(this.page.getByRole("button", { name: /^Resume live updates/ })).toBeVisible();
  }

  panel(title: string): Locator {
    return this.page.getByRole("region", { name: title, exact: true });
  }

  async findings(): Promise<string[]> {
    const findings = this.page.getByRole("region", { name: "Findings" }).getByRole("listitem");
    await expect(findings.first()).toBeVisible();
    return findings.allInnerTexts();
  }

  /** Everything at once, so that no refresh falls between two figures. */
  async read(): Promise<ReadPage> {
    // The shape of the page is there before its figures.
    await expect(this.page.getByRole("main").locator("section table").first()).toBeVisible();
    const { computedAt, tables } = await this.page.locator("main").evaluate((main) => {
      const textOf = (element: Element | null | undefined) => element?.textContent?.trim() ?? "";
      const panels = [...main.querySelectorAll("section")].filter((panel) => panel.querySelector("table"));
      return {
        computedAt: [...main.querySelectorAll("time")].at(-1)?.dateTime ?? "",
        tables: panels.map((panel) => ({
          title: textOf(panel.querySelector("h2")),
          columns: [...panel.querySelectorAll("thead th")].slice(1).map(textOf),
          rows: [...panel.querySelectorAll("tbody tr")].map((row) => ({
            name: textOf(row.querySelector("th")),
            cells: [...row.querySelectorAll("td")].map((cell) => ({
              text: textOf(cell.children[0]),
              remark: cell.children[1] ? textOf(cell.children[1]) : null,
            })),
          })),
        })),
      };
    });
    const byName = tables.map(({ title, columns, rows }): [string, ReadPage["tables"][string]] => [
      title,
      { columns, rows: Object.fromEntries(rows.map(({ name, cells }) => [name, cells])) },
    ]);
    return { computedAt: new Date(computedAt), tables: Object.fromEntries(byName) };
  }

  /** The figures of the table "What became of the jobs", a row a provider. */
  async readCounts(): Promise<ComparedProvider[]> {
    const { tables } = await this.read();
    return Object.entries(tables["What became of the jobs"]?.rows ?? {}).map(([provider, cells]) => {
      const [jobs = 0, delivered = 0, , notDelivered = 0, cancelled = 0, unfinished = 0] = cells.map(
        ({ text }) => Number(text),
      );
      return { provider, jobs, delivered, notDelivered, cancelled, unfinished };
    });
  }

  async ask(question: "Delivered" | "Ended"): Promise<void> {
    await this.page.getByRole("group", { name: "Question" }).getByRole("button", { name: question }).click();
  }

  async groupBy(name: string): Promise<void> {
    await this.page.getByRole("combobox", { name: "Group" }).selectOption({ label: name });
  }

  async showAsTable(title: string): Promise<void> {
    await this.panel(title).getByRole("button", { name: "Table", exact: true }).click();
  }

  /** Hides or shows a group in every chart. */
  async toggleGroup(name: string): Promise<void> {
    const legend = this.page.getByRole("group", { name: "Groups that are shown" });
    await legend.getByRole("button", { name }).click();
  }

  /** Focuses a stretch of time by keyboard. */
  async showRange(fromSeconds: string, toSeconds: string): Promise<void> {
    await this.page.getByLabel("Show from, seconds").fill(fromSeconds);
    await this.page.getByLabel("Show to, seconds").fill(toSeconds);
    await this.page.keyboard.press("Enter");
  }

  /** Drags over the middle third of a chart. */
  async dragOver(title: string): Promise<void> {
    const plot = this.panel(title).getByRole("slider");
    await plot.scrollIntoViewIfNeeded();
    const box = await plot.boundingBox();
    if (!box) throw new Error(`The chart "${title}" is not in sight.`);
    const y = box.y + box.height / 2;
    await this.page.mouse.move(box.x + box.width / 3, y);
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + (box.width * 2) / 3, y, { steps: 5 });
    await this.page.mouse.up();
    // The fields follow the drag.
    await expect(this.page.getByLabel("Show from, seconds")).not.toHaveValue("");
  }

  /** Takes a chart away. Resolves with the file and its name. */
  async download(title: string, kind: "PNG" | "SVG" | "CSV"): Promise<{ name: string; content: Buffer }> {
    await this.panel(title)
      .getByRole("button", { name: `${title}: download` })
      .click();
    const waiting = this.page.waitForEvent("download");
    await this.page.getByRole("menuitem", { name: `(${kind})` }).click();
    const download = await waiting;
    return { name: download.suggestedFilename(), content: await readFile(await download.path()) };
  }
}
