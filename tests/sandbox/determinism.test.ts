import { describe, expect, it } from "vitest";
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
  type World,
} from "./support.ts";

const DAYS_MS = 9 * 86_400_000;
const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => `d-${index}`);

/** What the answers of one batch say, without the ids and times of their batch. */
async function openAiAnswers(world: World): Promise<unknown[]> {
  const client = openAi(world);
  const { id } = await createOpenAiBatch(
    client,
    ids(200).map((name) => chatLine(name)),
  );
  world.advance(5);
  const batch = await client.batches.retrieve(id);
  const read = async (file: string | null | undefined): Promise<unknown[]> =>
    linesOf(await (await client.files.content(file ?? "")).text()).map((text) => {
      const line = JSON.parse(text);
      return [
        line.custom_id,
        line.response.status_code,
        line.response.body.choices,
        line.response.body.error,
      ];
    });
  return [...(await read(batch.output_file_id)), ...(await read(batch.error_file_id))];
}

async function anthropicAnswers(world: World): Promise<unknown[]> {
  const client = anthropic(world);
  const { id } = await client.messages.batches.create({
    requests: ids(200).map((name) => messageRequest(name)),
  });
  world.advance(5);
  const lines: unknown[] = [];
  for await (const line of await client.messages.batches.results(id)) lines.push(line);
  return lines;
}

async function googleAnswers(world: World): Promise<unknown[]> {
  const client = google(world);
  const src = ids(200).map((key) => ({ contents: [{ parts: [{ text: "Say hello." }] }], metadata: { key } }));
  const { name } = await client.batches.create({ model: "gemini-2.5-flash", src });
  world.advance(5);
  return (await client.batches.get({ name: name ?? "" })).dest?.inlinedResponses ?? [];
}

describe("the same seed, key and order of calls", () => {
  it.each([
    ["openai", openAiAnswers],
    ["anthropic", anthropicAnswers],
    ["google", googleAnswers],
  ])("give the same answers and failures of %s on another day", async (_provider, play) => {
    const runs: unknown[][] = [];
    for (const startMs of [NOON_MS, NOON_MS + DAYS_MS]) {
      const world = await startWorld({ scenario: "chaos", startMs });
      await world.control("DELETE", "/faults");
      runs.push(await play(world));
    }
    expect(runs[0]).toHaveLength(200);
    expect(JSON.stringify(runs[0])).toMatch(/rror/);
    expect(runs[1]).toEqual(runs[0]);
  });

  it("give the same history on another day", async () => {
    const read = async (startMs: number): Promise<unknown[]> => {
      const world = await startWorld({ scenario: "demo", startMs });
      await openAi(world).batches.list();
      const { batches } = (await (await world.control("GET", "/batches?provider=openai")).json()) as {
        batches: { state: string; requests: number; model: string; createdAt: string }[];
      };
      return batches.map(({ state, requests, model, createdAt }) => [
        state,
        requests,
        model,
        startMs - Date.parse(createdAt),
      ]);
    };
    expect(await read(NOON_MS + DAYS_MS)).toEqual(await read(NOON_MS));
  });

  it("draw the failures of two batches with the same requests apart", async () => {
    const world = await startWorld({ scenario: "chaos" });
    await world.control("DELETE", "/faults");
    const failed = (lines: unknown[]): string[] =>
      // Test code: lines of Anthropic's results as the client gives them.
      (lines as { custom_id: string; result: { type: string } }[])
        .filter(({ result }) => result.type === "errored")
        .map((line) => line.custom_id)
        .sort();
    expect(failed(await anthropicAnswers(world))).not.toEqual(failed(await anthropicAnswers(world)));
  });
});
