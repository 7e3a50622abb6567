import AxeBuilder from "@axe-core/playwright";
import { formatDuration, formatNumber, formatPercent } from "#components/format.ts";
import { providerIds, providerLabels } from "#lib/domain/provider-id.ts";
import {
  createDataDirectory,
  removeDataDirectory,
  startProductionServer,
  type ProductionServer,
} from "#tests/setup/production-server.ts";
import { seedSandboxHistory } from "#tests/setup/sandbox-history.ts";
import { expect, test } from "./fixtures.ts";
import type { ReadPage } from "./pages/compare-page.ts";
import {
  exportedReportSchema,
  logRankChiSquare,
  observe,
  quantile,
  restrictedMean,
  shareAt,
  shareDelivered,
  shareEnded,
  wilson,
  type ExportedReport,
  type Observation,
  type Step,
} from "./recomputed-turnaround.ts";

const shares = [0.5, 0.75, 0.9, 0.95, 0.99];
const limitsSeconds = [3_600, 21_600, 86_400];

let dataDirectory: string;
let server: ProductionServer;

test.beforeAll(async () => {
  dataDirectory = createDataDirectory();
  await seedSandboxHistory(dataDirectory, new Date());
  server = await startProductionServer({ dataDirectory, environment: { BATCHMARK_ENGINE: "off" } });
});

test.afterAll(async () => {
  await server.stop();
  removeDataDirectory(dataDirectory);
});

test("every figure on the page is what a recomputation from the exported reports gives", async ({
  comparePage,
}) => {
  await comparePage.open(`${server.url}/compare`);
  await comparePage.pause();
  const read = await comparePage.read();
  const groups = groupObservations(await readReports(), read.computedAt);
  for (const [name, observations] of groups) {
    const curve = shareDelivered(observations);
    expectQuantiles(read, "Time until a share of the jobs is delivered", name, curve);
    const mean = cellsOf(read, "Time until a share of the jobs is delivered", name).at(-1);
    expect(mean?.text, `${name}: mean to 24 h`).toBe(formatDuration(restrictedMean(curve, 86_400)));
    expectSharesWithin(read, name, observations, curve);
    expectAtRisk(read, name, observations);
  }
  expectPairs(read, groups);

  const [fastest] = [...groups].toSorted(([, left], [, right]) => medianOf(left) - medianOf(right));
  const [firstFinding] = await comparePage.findings();
  expect(firstFinding).toContain(
    `${fastest?.[0]} delivered half of its jobs within ${formatDuration(medianOf(fastest?.[1] ?? []))} (`,
  );

  await comparePage.ask("Ended");
  const ended = await comparePage.read();
  for (const [name, observations] of groupObservations(await readReports(), ended.computedAt)) {
    expectQuantiles(ended, "Time until a share of the jobs is ended", name, shareEnded(observations));
  }
});

test("on a phone the choice of jobs opens below a button that counts it", async ({ page, comparePage }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await comparePage.open(`${server.url}/compare?size=11-100`);
  const openai = page.getByRole("group", { name: "Provider" }).getByRole("button", { name: "OpenAI" });
  await expect(openai).toBeHidden();
  await page.getByRole("button", { name: "1 filter", exact: true }).click();
  await openai.click();
  await expect(page.getByRole("button", { name: "2 filters", exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Clear", exact: true }).click();
  await page.getByRole("button", { name: "All jobs", exact: true }).click();
  await expect(openai).toBeHidden();
});

test("a choice of jobs that cannot be read shows no figure of other jobs", async ({
  page,
  comparePage,
  complaints,
}) => {
  await comparePage.open(`${server.url}/compare`);
  await page.route("**/api/compare?**", (route) => route.fulfill({ status: 400, json: {} }));
  await page.getByRole("group", { name: "Provider" }).getByRole("button", { name: "OpenAI" }).click();
  await expect(page.getByText("The newest state could not be read")).toBeVisible();
  await expect(page.locator("svg[data-chart]")).toHaveCount(0);
  // The browser's console tells of the refused calls.
  complaints.splice(0);
});

test("a chart can be narrowed, looked at closely, read as a table and taken away", async ({
  page,
  comparePage,
}) => {
  await comparePage.open(`${server.url}/compare`);
  await comparePage.toggleGroup("Google");
  await expect(page).toHaveURL(/shown=openai,anthropic/);
  await comparePage.dragOver("Share of jobs delivered");
  await expect(page).toHaveURL(/focus-from=[\d.]+&focus-to=[\d.]+/);
  await comparePage.showRange("60", "600");
  await expect(page).toHaveURL(/focus-from=60&focus-to=600/);
  // The address alone brings it back.
  await comparePage.open(page.url());
  await expect(page.getByText("1 min – 10 min")).toBeVisible();

  const drawing = await comparePage.download("Share of jobs delivered", "SVG");
  expect(drawing.name).toMatch(/^batchmark-share-delivered-\d{4}-\d{2}-\d{2}\.svg$/);
  const svg = drawing.content.toString();
  expect(svg).toContain("simulated jobs");
  expect(svg).toContain("Anthropic");
  expect(svg).not.toContain("Google");
  expect(svg).not.toMatch(/var\(|class=|color-mix|href=/);
  const picture = await comparePage.download("Histogram", "PNG");
  expect(picture.content.subarray(1, 4).toString()).toBe("PNG");
  expect(picture.content.length).toBeGreaterThan(5_000);

  const figures = await comparePage.download("Share of jobs delivered", "CSV");
  const lines = figures.content.toString().trim().split("\r\n");
  const { computedAt } = await comparePage.read();
  const steps = shareDelivered(groupObservations(await readReports(), computedAt).get("OpenAI") ?? []);
  const lastDelivery = steps.find(({ share }) => share === steps.at(-1)?.share);
  const points = lines
    .filter((line) => line.startsWith("OpenAI,"))
    .map((line) => line.split(",").map(Number));
  const written = points.find(([, seconds]) => seconds === lastDelivery?.seconds);
  expect(written?.[2]).toBeCloseTo(lastDelivery?.share ?? 0, 9);

  await comparePage.showAsTable("Histogram");
  await expect(page).toHaveURL(/tables=histogram/);
  await expect(comparePage.panel("Histogram").getByRole("columnheader")).toHaveText([
    "Turnaround",
    "OpenAI",
    "Anthropic",
  ]);
});

test("many groups stay apart and the page stays accessible", async ({ page, comparePage }) => {
  await comparePage.open(`${server.url}/compare`);
  await comparePage.groupBy("By weekday of launch");
  await expect(page).toHaveURL(/by=weekday/);
  const legend = page.getByRole("group", { name: "Groups that are shown" });
  await expect(legend.getByRole("button", { name: "OpenAI, Monday" })).toBeVisible();
  // At most eight are shown at first.
  await expect(legend.getByRole("button", { pressed: true })).toHaveCount(8);
  await expect(legend.getByRole("button", { pressed: false })).toHaveCount(13);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);

  // Within a day every provider was sent a job.
  await comparePage.open(`${server.url}/compare?wave=1440`);
  await page.getByRole("checkbox", { name: /Only paired waves/ }).click();
  await expect(page).toHaveURL(/paired=true/);
  await expect(comparePage.panel("Is the comparison fair?")).toContainText(/\d+ waves of 1440 min/);
});

/** The report file that the product exports of all jobs. */
async function readReports(): Promise<ExportedReport[]> {
  const response = await fetch(`${server.url}/api/v1/reports`);
  const lines = (await response.text()).split("\n").filter((line) => line !== "");
  return lines.map((line) => exportedReportSchema.parse(JSON.parse(line)));
}

function groupObservations(reports: readonly ExportedReport[], at: Date): Map<string, Observation[]> {
  return new Map(
    providerIds.map((provider) => [
      providerLabels[provider],
      reports.filter((report) => report.provider === provider).flatMap((report) => observe(report, at) ?? []),
    ]),
  );
}

function medianOf(observations: readonly Observation[]): number {
  return quantile(shareDelivered(observations), 0.5) ?? Number.POSITIVE_INFINITY;
}

function cellsOf(read: ReadPage, title: string, name: string) {
  return read.tables[title]?.rows[name] ?? [];
}

function expectQuantiles(read: ReadPage, title: string, name: string, steps: readonly Step[]): void {
  const cells = cellsOf(read, title, name).slice(0, shares.length);
  const expected = shares.map((share) => quantile(steps, share));
  // What is not reached says so in words of its own.
  const texts = expected.map((seconds, index) =>
    seconds === null
      ? expect.stringMatching(/not known yet|never reached/)
      : formatDuration(expected[index] ?? 0),
  );
  expect(
    cells.map(({ text }) => text),
    `${name}: ${title}`,
  ).toEqual(texts);
}

function expectSharesWithin(
  read: ReadPage,
  name: string,
  observations: readonly Observation[],
  steps: readonly Step[],
): void {
  const cells = cellsOf(read, "Share of jobs delivered within a time", name);
  const byCurve = limitsSeconds.map((limit) => formatPercent(shareAt(steps, limit)));
  const counted = limitsSeconds.map((limit) => {
    const watched = observations.filter(({ kind, seconds }) => kind !== "censored" || seconds >= limit);
    const delivered = watched.filter(({ kind, seconds }) => kind === "delivered" && seconds <= limit);
    const { lower, upper } = wilson(delivered.length, watched.length);
    return {
      text: `${formatNumber(delivered.length)} of ${formatNumber(watched.length)}`,
      remark: `${formatPercent(lower)} – ${formatPercent(upper)}`,
    };
  });
  expect(
    cells.slice(0, 3).map(({ text }) => text),
    `${name}: by the curve`,
  ).toEqual(byCurve);
  expect(cells.slice(3), `${name}: counted`).toEqual(counted);
}

function expectAtRisk(read: ReadPage, name: string, observations: readonly Observation[]): void {
  const [atStart] = cellsOf(read, "Share of jobs delivered", name);
  expect(atStart?.text, `${name}: jobs at the start`).toBe(formatNumber(observations.length));
}

function expectPairs(read: ReadPage, groups: ReadonlyMap<string, Observation[]>): void {
  const pairs = read.tables["Pair by pair"]?.rows ?? {};
  expect(Object.keys(pairs)).toHaveLength(3);
  for (const [name, cells] of Object.entries(pairs)) {
    const [first = "", second = ""] = name.split(" → ");
    const chiSquare = logRankChiSquare(groups.get(first) ?? [], groups.get(second) ?? []);
    expect(cells[1]?.text, `${name}: χ²`).toBe(chiSquare.toFixed(2));
  }
}
