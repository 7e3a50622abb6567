import { setTimeout as delay } from "node:timers/promises";
import { startSandbox } from "#sandbox/server.ts";
import { providerIds } from "#lib/domain/provider-id.ts";
import {
  createDataDirectory,
  removeDataDirectory,
  startProductionServer,
} from "#tests/setup/production-server.ts";
import { expect, test } from "./fixtures.ts";

const jobsPerLane = 10;
const killCount = 4;

test("a server killed again and again in the middle loses no job and pays for none twice", async ({
  page,
  launchPage,
  complaints,
}) => {
  test.setTimeout(180_000);
  const dataDirectory = createDataDirectory();
  const sandbox = await startSandbox({
    scenario: "instant",
    seed: 3,
    stateDir: `${dataDirectory}/beside`,
    // Long enough for a kill to fall between a call and its answer.
    latencyMs: 400,
  });
  const environment = {
    BATCHMARK_SANDBOX: "0",
    OPENAI_API_KEY: "witness",
    OPENAI_BASE_URL: sandbox.urls.openai,
    GOOGLE_API_KEY: "witness",
    GOOGLE_GEMINI_BASE_URL: sandbox.urls.google,
    ANTHROPIC_API_KEY: "witness",
    ANTHROPIC_BASE_URL: sandbox.urls.anthropic,
  };
  let server = await startProductionServer({ dataDirectory, environment });
  try {
    await page.goto(`${server.url}/launch`);
    for (const lane of [1, 2, 3])
      await launchPage.fillLane(lane, { jobs: String(jobsPerLane), requests: "2" });
    const jobSetId = await launchPage.launch();
    await page.goto("about:blank");

    for (let round = 0; round < killCount; round += 1) {
      // A different moment of the work in each round; the first ones fall into the submissions.
      await delay(150 + 350 * round);
      await server.kill();
      server = await startProductionServer({ dataDirectory, environment });
    }
    await page.goto(`${server.url}/job-sets/${jobSetId}`);
    const lanes = page.getByRole("region", { name: "Lanes" });
    await expect(lanes).not.toContainText(/running|waiting/, { timeout: 90_000 });

    const owned = await readOwnedIds(server.url, jobSetId);
    expect(owned).toHaveLength(providerIds.length * jobsPerLane);
    expect(await readWitness(sandbox.urls.openai)).toEqual(owned.toSorted());
    await page.goto("about:blank");
    complaints.splice(0);
  } finally {
    await server.stop();
    await sandbox.close();
    removeDataDirectory(dataDirectory);
  }
});

/** Ids of the batches that the dashboard's jobs own, each once. */
async function readOwnedIds(url: string, jobSetId: string): Promise<string[]> {
  const answer: unknown = await (await fetch(`${url}/api/jobs?set=${jobSetId}`)).json();
  const { jobs } = answer as { jobs: { providerJobId: string }[] };
  return [...new Set(jobs.map((job) => job.providerJobId))];
}

/** Ids of all batches that exist at the three providers: what was really paid for. */
async function readWitness(anyUrl: string): Promise<string[]> {
  const answer: unknown = await (await fetch(new URL("/__sandbox/batches", anyUrl))).json();
  const { batches } = answer as { batches: { id: string }[] };
  return batches.map((batch) => batch.id).toSorted();
}
