import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startSandbox } from "#sandbox/server.ts";
import { drawPlan } from "#sandbox/world/turnaround.ts";
import type { Plan, ProviderName, Scenario } from "#sandbox/world/model.ts";
import {
  anthropic,
  chatLine,
  createOpenAiBatch,
  google,
  linesOf,
  messageRequest,
  NOON_MS,
  openAi,
  startWorld,
} from "./support.ts";

const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => `w-${index}`);

describe("state", () => {
  it("survives a restart in the middle of batches of all providers", async () => {
    const world = await startWorld();
    const ours = await createOpenAiBatch(
      openAi(world),
      ids(30).map((id) => chatLine(id)),
    );
    const theirs = await anthropic(world).messages.batches.create({
      requests: ids(30).map((id) => messageRequest(id)),
    });
    const inline = ids(3).map((id) => ({ contents: [{ parts: [{ text: id }] }] }));
    const job = await google(world).batches.create({ model: "gemini-2.5-flash-lite", src: inline });
    world.advance(0.6);
    const before = await openAi(world).batches.retrieve(ours.id);

    const again = await world.restart();
    expect(await openAi(again).batches.retrieve(ours.id)).toEqual(before);
    again.advance(5);
    const ended = await openAi(again).batches.retrieve(ours.id);
    const output = await (await openAi(again).files.content(ended.output_file_id ?? "")).text();
    expect(linesOf(output)).toHaveLength(ended.request_counts?.completed ?? -1);
    expect((await anthropic(again).messages.batches.retrieve(theirs.id)).processing_status).toBe("ended");
    const finished = await google(again).batches.get({ name: job.name ?? "" });
    expect(finished.dest?.inlinedResponses).toHaveLength(3);
    const last = await again.restart();
    expect(await (await openAi(last).files.content(ended.output_file_id ?? "")).text()).toBe(output);
  });

  it("survives a journal whose last line is torn, and goes on behind it", async () => {
    const world = await startWorld();
    const kept = await createOpenAiBatch(openAi(world), [chatLine("j-1")]);
    const journal = join(world.stateDir, "journal.jsonl");
    await world.sandbox.close();
    await appendFile(journal, '{"kind":"batch","batch":{"id":"ba');
    const again = await world.restart();
    const added = await createOpenAiBatch(openAi(again), [chatLine("j-2")]);
    const last = await again.restart();
    expect((await openAi(last).batches.list()).data.map((batch) => batch.id).sort()).toEqual(
      [kept.id, added.id].sort(),
    );
    for (const line of linesOf(await readFile(journal, "utf8"))) expect(() => JSON.parse(line)).not.toThrow();
  });

  it("is never used by two processes at once", async () => {
    const world = await startWorld();
    await writeFile(join(world.stateDir, "lock"), String(process.ppid));
    const second = startSandbox({ scenario: "instant", seed: 1, stateDir: world.stateDir });
    await expect(second).rejects.toThrow(`in use by process ${process.ppid}`);
  });

  it("never holds a key", async () => {
    const world = await startWorld();
    await createOpenAiBatch(openAi(world, "sk-secret-0123456789"), [chatLine("s-1")]);
    expect(await readFile(join(world.stateDir, "journal.jsonl"), "utf8")).not.toContain("sk-secret");
  });

  it("reads the input of a batch even when its file has been deleted since", async () => {
    const world = await startWorld();
    const client = openAi(world);
    const created = await createOpenAiBatch(client, [chatLine("d-1"), chatLine("d-2")]);
    await client.files.delete(created.input_file_id);
    const again = await world.restart();
    again.advance(5);
    const batch = await openAi(again).batches.retrieve(created.id);
    expect(batch.request_counts?.total).toBe(2);
    expect((await openAi(again).files.content(batch.output_file_id ?? "")).status).toBe(200);
  });
});

describe("what is drawn from the seed", () => {
  async function play(seed: number): Promise<unknown> {
    const world = await startWorld({ seed });
    const client = openAi(world);
    const { id } = await createOpenAiBatch(
      client,
      ids(20).map((name) => chatLine(name)),
    );
    world.advance(5);
    const batch = await client.batches.retrieve(id);
    return { batch, output: await (await client.files.content(batch.output_file_id ?? "")).text() };
  }

  it("is the same for the same seed and another for another", async () => {
    const first = await play(3);
    expect(await play(3)).toEqual(first);
    expect(await play(4)).not.toEqual(first);
  });

  async function countErrored(scenario: Scenario): Promise<number> {
    const world = await startWorld({ scenario });
    await world.control("DELETE", "/faults");
    const client = anthropic(world);
    const { id } = await client.messages.batches.create({
      requests: ids(3_000).map((name) => messageRequest(name)),
    });
    world.advance(5);
    return (await client.messages.batches.retrieve(id)).request_counts.errored;
  }

  it("fails no request by chance in the scenario for tests", async () => {
    expect(await countErrored("instant")).toBe(0);
  });

  it("fails about one request in thirty in the scenario with faults", async () => {
    const errored = await countErrored("chaos");
    expect(errored).toBeGreaterThan(70);
    expect(errored).toBeLessThan(130);
  });
});

const totalSeconds = (plan: Plan): number => (plan.queueMs + plan.workMs + plan.finalizeMs) / 1_000;

function plans(provider: ProviderName, scenario: Scenario, createdAtMs = NOON_MS, count = 2_000): Plan[] {
  return Array.from({ length: count }, (_, index) =>
    drawPlan({ provider, scenario, key: `test:${provider}:${index}`, createdAtMs }),
  );
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
}

describe("turnaround", () => {
  const providers: ProviderName[] = ["openai", "google", "anthropic"];

  it.each(providers)(
    "of %s in the scenario for tests is 0.2 to 2 seconds, and no batch fails",
    (provider) => {
      const drawn = plans(provider, "instant");
      expect(Math.min(...drawn.map(totalSeconds))).toBeGreaterThan(0.2);
      expect(Math.max(...drawn.map(totalSeconds))).toBeLessThanOrEqual(2);
      expect(drawn.every((plan) => plan.fate === "complete")).toBe(true);
    },
  );

  it.each(providers)(
    "of %s in the demo is 15 seconds to 4 minutes with a heavy tail and a few exceptions",
    (provider) => {
      const drawn = plans(provider, "demo");
      const odd = drawn.filter(
        (plan) => totalSeconds(plan) > 240 || plan.fate !== "complete" || plan.failRate === 1,
      );
      expect(odd.length / drawn.length).toBeGreaterThan(0.01);
      expect(odd.length / drawn.length).toBeLessThan(0.03);
      const usual = drawn.filter((plan) => totalSeconds(plan) <= 240).map(totalSeconds);
      expect(Math.min(...usual)).toBeGreaterThanOrEqual(14.9);
      expect(quantile(usual, 0.95) / quantile(usual, 0.5)).toBeGreaterThan(2);
    },
  );

  it("differs between the providers in the demo", () => {
    const medians = providers.map((provider) => quantile(plans(provider, "demo").map(totalSeconds), 0.5));
    expect(Math.max(...medians) / Math.min(...medians)).toBeGreaterThan(1.5);
  });

  it("is minutes or hours in the realistic scenario, with OpenAI's validator at one second or one minute", () => {
    const drawn = plans("openai", "realistic");
    const seconds = drawn.map(totalSeconds);
    expect(quantile(seconds, 0.5)).toBeGreaterThan(120);
    expect(quantile(seconds, 0.5)).toBeLessThan(600);
    expect(quantile(seconds, 0.95)).toBeGreaterThan(4 * 3_600);
    expect(drawn.every(({ queueMs }) => queueMs <= 2_000 || (queueMs >= 61_000 && queueMs <= 63_000))).toBe(
      true,
    );
  });

  it("is longer in the busy hours", () => {
    const mean = (hour: number): number => {
      const at = Date.parse(`2026-11-22T${String(hour).padStart(2, "0")}:00:00Z`);
      return (
        plans("openai", "realistic", at)
          .map(totalSeconds)
          .reduce((sum, value) => sum + value, 0) / 2_000
      );
    };
    expect(mean(19)).toBeGreaterThan(1.5 * mean(7));
  });
});

describe("history", () => {
  it("is there for every new account of the demo: two weeks, some of it unfinished", async () => {
    const world = await startWorld({ scenario: "demo" });
    const batches = [];
    for await (const batch of openAi(world).batches.list({ limit: 100 })) batches.push(batch);
    expect(batches.length).toBeGreaterThanOrEqual(300);
    const open = batches.filter((batch) =>
      ["validating", "in_progress", "finalizing"].includes(batch.status),
    );
    expect(open.length).toBeGreaterThanOrEqual(3);
    const times = batches.map((batch) => batch.created_at);
    expect([...times].sort((left, right) => right - left)).toEqual(times);
    expect(NOON_MS / 1_000 - (times.at(-1) ?? 0)).toBeGreaterThan(12 * 86_400);
    expect(NOON_MS / 1_000 - (times.at(-1) ?? 0)).toBeLessThan(14.1 * 86_400);
    expect(new Set(batches.map((batch) => batch.status)).size).toBeGreaterThan(3);
    const done = batches.find((batch) => batch.status === "completed" && batch.output_file_id !== null);
    const output = await (await openAi(world).files.content(done?.output_file_id ?? "")).text();
    expect(linesOf(output)).toHaveLength(done?.request_counts?.completed ?? -1);
    const input = await (await openAi(world).files.content(done?.input_file_id ?? "")).text();
    expect(linesOf(input)).toHaveLength(done?.request_counts?.total ?? -1);
  });

  it("is the same after a restart, for all providers", async () => {
    const world = await startWorld({ scenario: "demo" });
    const read = async (at: typeof world): Promise<unknown[]> => [
      (await openAi(at).batches.list({ limit: 100 })).data,
      (await anthropic(at).messages.batches.list({ limit: 1_000 })).data,
      (await google(at).batches.list({ config: { pageSize: 1_000 } })).page.map((job) => [
        job.name,
        job.state,
      ]),
    ];
    const before = await read(world);
    expect(before[1]).toHaveLength(326);
    expect(before[2]).toHaveLength(326);
    const after = await read(await world.restart());
    const withoutUrls = (value: unknown): string => JSON.stringify(value).replaceAll(/127\.0\.0\.1:\d+/g, "");
    expect(withoutUrls(after)).toBe(withoutUrls(before));
  });

  it("is not there in the scenario for tests", async () => {
    const world = await startWorld();
    expect((await openAi(world).batches.list()).data).toEqual([]);
  });
});
