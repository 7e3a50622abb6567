import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FAULT_KINDS } from "#sandbox/http/faults.ts";
import type { ProviderError } from "#lib/domain/errors.ts";
import { providerIds, type ProviderId } from "#lib/domain/provider-id.ts";
import type { BatchProvider } from "#lib/providers/provider.ts";
import { contractCases, type Scene } from "./contract-cases.ts";
import { patientCaller } from "./patient-caller.ts";
import { openSandboxWorld, type SandboxWorld } from "./sandbox-world.ts";
import { createProvider, providerSettings } from "./support.ts";
import { fairWeather, weathers, type Weather } from "./weather.ts";

let world: SandboxWorld;
let stateDir: string;
const longLists = new Map<ProviderId, Scene["longList"]>();

beforeAll(async () => {
  stateDir = await mkdtemp(join(tmpdir(), "batchmark-contract-"));
  world = await openSandboxWorld(stateDir);
  for (const id of providerIds) longLists.set(id, await makeLongList(id));
});

afterAll(async () => {
  await world.close();
  await rm(stateDir, { recursive: true, force: true });
});

async function makeLongList(id: ProviderId): Promise<Scene["longList"]> {
  const count = createProvider[id](providerSettings()).capabilities.listPageSize + 1;
  const apiKey = `long-list-${id}`;
  const jobIds: string[] = [];
  for (let age = count; age > 0; age -= 1) {
    const batch = { provider: id, key: apiKey, state: "completed", ageSeconds: age * 60, requests: 1 };
    jobIds.push(await world.makeBatch(batch));
  }
  return { apiKey, jobIds };
}

/** Accounts of their own keep the cases from seeing each other's batches. */
let accounts = 0;

async function sceneOf(
  id: ProviderId,
  weather: Weather,
  use: (provider: BatchProvider) => BatchProvider,
): Promise<Scene> {
  accounts += 1;
  const longList = longLists.get(id);
  if (!longList) throw new Error(`There is no long list for ${id}.`);
  const withKey = async (apiKey: string) => use(await world.provider(id, { apiKey }));
  return { id, world, weather, withKey, longList, provider: await withKey(`contract-${accounts}`) };
}

describe.each(providerIds)("the adapter of %s", (id) => {
  it.each(contractCases)("$name", async ({ run }) => {
    const scene = await sceneOf(id, fairWeather, (provider) => provider);
    await expect(run(scene)).resolves.toBeUndefined();
  });
});

/** Endpoints at which a fault of the kind `onceEach` waits for its one call. */
const ownEndpoints: Record<ProviderId, string[]> = {
  openai: ["files.create", "files.list", "files.get", "files.delete", "files.content"],
  google: ["files.create", "files.upload", "files.list", "files.delete", "files.download", "batches.delete"],
  anthropic: ["batches.delete", "batches.results"],
};
const sharedEndpoints = ["batches.create", "batches.list", "batches.get", "batches.cancel", "models.list"];

async function bringUp(
  kind: string,
  { fault, strikes, endpoints }: Weather,
  provider: ProviderId,
): Promise<void> {
  const added = { ...fault, kind, provider };
  if (strikes === "always") return world.addFault(added);
  const all = [...ownEndpoints[provider], ...sharedEndpoints];
  for (const endpoint of all.filter((name) => endpoints?.includes(name) ?? true)) {
    await world.addFault({ ...added, endpoint, times: 1 });
  }
}

it("there is weather for every fault of the sandbox", () => {
  expect(Object.keys(weathers).sort()).toEqual([...FAULT_KINDS].sort());
});

describe.each(Object.entries(weathers))("under the fault %s", (kind, weather) => {
  describe.each(providerIds)("the adapter of %s", (id) => {
    it.each(contractCases)("$name", async ({ run, meetsEveryFault }) => {
      const callers: ProviderError[][] = [];
      const scene = await sceneOf(id, weather, (provider) => {
        const { patient, overcome } = patientCaller(provider);
        callers.push(overcome);
        return patient;
      });
      await bringUp(kind, weather, id);
      try {
        await run(scene);
        const strikes = await world.readStrikes();
        if (meetsEveryFault) expectStrikes(weather, id, strikes, callers.flat());
        expectErrors(callers.flat(), weather, id, strikes);
      } finally {
        await world.clearFaults();
      }
    });
  });
});

function expectStrikes(weather: Weather, id: ProviderId, strikes: string[], overcome: ProviderError[]): void {
  // The sandbox does not count what it does to its clock; the times of the case tell.
  if (weather.clockOffsetSeconds === 0) expect(strikes.length).toBeGreaterThan(0);
  if (weather.error(id)) expect(overcome.length).toBeGreaterThan(0);
}

/** Each strike came out as the one error that is expected, and nothing else did. */
function expectErrors(overcome: ProviderError[], weather: Weather, id: ProviderId, strikes: string[]): void {
  const expected = weather.error(id);
  for (const error of overcome) {
    expect(error.message).not.toMatch(/<html|undefined|contract-\d|someone-else/i);
    expect(error).toMatchObject({ ...expected, kind: error.kind, provider: id, isRetryable: true });
    expect([expected?.kind].flat()).toContain(error.kind);
  }
  if (weather.strikes === "always") return;
  if (expected === null) return expect(overcome).toEqual([]);
  // Files that are deleted on the way are not the caller's concern, whether that works or not.
  const toBeHeard = strikes.filter((endpoint) => endpoint !== "files.delete");
  expect(overcome.length).toBeGreaterThanOrEqual(toBeHeard.length);
  expect(overcome.length).toBeLessThanOrEqual(strikes.length);
}
