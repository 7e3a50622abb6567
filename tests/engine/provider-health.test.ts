import { expect, it } from "vitest";
import { checkConnection } from "#lib/engine/check-connection.ts";
import { readProviderHealth } from "#lib/engine/read-provider-health.ts";
import { useEngineWorld } from "#tests/setup/engine-world.ts";

const world = useEngineWorld();

const healthOf = async (provider: string) =>
  (await readProviderHealth(world.context)).find((health) => health.provider === provider);

it("tells how a provider answers, and that it is well again after a check of the connection", async () => {
  expect(await healthOf("openai")).toMatchObject({ state: null, calls: { answeredRequests: 0 } });

  await world.control("faults", { kind: "rate-limit", provider: "openai", seconds: 30, times: 1 });
  await expect(checkConnection(world.context, "openai")).rejects.toMatchObject({ kind: "rate_limit" });
  const limited = await healthOf("openai");
  expect(limited?.state).toMatchObject({ trouble: "rate_limited", failureCount: 1 });
  expect(limited?.calls).toMatchObject({ refusedRequests: 1, lastErrors: [{ httpStatus: 429 }] });
  expect((await healthOf("google"))?.state).toBeNull();

  expect((await checkConnection(world.context, "openai")).modelCount).toBeGreaterThan(3);
  const well = await healthOf("openai");
  expect(well?.state).toMatchObject({ trouble: null, pausedUntil: null });
  expect(well?.state?.lastError).toBeTruthy();
});

it("says of a refused key what to do, and never the key", async () => {
  world.context = world.createContext({ apiKey: "invalid" });
  await expect(checkConnection(world.context, "anthropic")).rejects.toMatchObject({ kind: "authentication" });
  const health = await healthOf("anthropic");
  expect(health?.state).toMatchObject({ trouble: "key_refused" });
  expect(health?.state?.lastError).toContain("ANTHROPIC_API_KEY");
});
