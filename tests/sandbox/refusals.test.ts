import { describe, expect, it } from "vitest";
import {
  anthropic,
  chatLine,
  createOpenAiBatch,
  google,
  linesOf,
  messageRequest,
  openAi,
  startWorld,
} from "./support.ts";

const PROMPT = "Do the forbidden thing. [[sandbox:refuse]]";

async function openAiLines(lines: readonly string[]) {
  const world = await startWorld();
  const client = openAi(world);
  const { id } = await createOpenAiBatch(client, lines);
  world.advance(5);
  const batch = await client.batches.retrieve(id);
  const file = batch.output_file_id ?? batch.error_file_id ?? "";
  return linesOf(await (await client.files.content(file)).text()).map((line) => JSON.parse(line));
}

describe("a prompt that asks to be refused", () => {
  it("is a success without content at OpenAI", async () => {
    const [line] = await openAiLines([chatLine("r-1", PROMPT)]);
    expect(line.response.status_code).toBe(200);
    const [choice] = line.response.body.choices;
    expect(choice).toMatchObject({ finish_reason: "stop", message: { content: null } });
    expect(Math.ceil(choice.message.refusal.length / 4)).toBe(line.response.body.usage.completion_tokens);
  });

  it("is a success that says so at Anthropic", async () => {
    const world = await startWorld();
    const client = anthropic(world);
    const { id } = await client.messages.batches.create({ requests: [messageRequest("r-1", PROMPT)] });
    world.advance(5);
    for await (const { result } of await client.messages.batches.results(id)) {
      expect(result).toMatchObject({
        type: "succeeded",
        message: { content: [], stop_reason: "refusal", stop_details: { type: "refusal" } },
      });
    }
    expect((await client.messages.batches.retrieve(id)).request_counts.succeeded).toBe(1);
  });

  it("has no candidates at Google", async () => {
    const world = await startWorld();
    const client = google(world);
    const src = [{ contents: [{ parts: [{ text: PROMPT }] }] }];
    const { name = "" } = await client.batches.create({ model: "gemini-2.5-flash", src });
    world.advance(5);
    const [item] = (await client.batches.get({ name })).dest?.inlinedResponses ?? [];
    expect(item?.response).toMatchObject({ promptFeedback: { blockReason: "PROHIBITED_CONTENT" } });
    expect(item?.response).not.toHaveProperty("candidates");
    expect(item?.response?.usageMetadata).not.toHaveProperty("candidatesTokenCount");
  });
});

describe("what OpenAI refuses line by line", () => {
  it("is a temperature for a model that reasons", async () => {
    const body = { model: "gpt-6-luna", max_tokens: undefined, temperature: 0.2 };
    const [line] = await openAiLines([chatLine("t-1", "x", body)]);
    expect(line.response.body.error).toMatchObject({ code: "unsupported_value", param: "temperature" });
    const [fine] = await openAiLines([chatLine("t-1", "x", { ...body, reasoning_effort: "none" })]);
    expect(fine.response.status_code).toBe(200);
  });

  it("is more than 2048 texts to embed at once", async () => {
    const world = await startWorld();
    const client = openAi(world);
    const body = { model: "text-embedding-3-small", input: Array(2_049).fill("a"), dimensions: 1 };
    const line = JSON.stringify({ custom_id: "e", method: "POST", url: "/v1/embeddings", body });
    const file = await client.files.create({ file: new File([line], "in.jsonl"), purpose: "batch" });
    const { id } = await client.batches.create({
      input_file_id: file.id,
      endpoint: "/v1/embeddings",
      completion_window: "24h",
    });
    world.advance(5);
    const batch = await client.batches.retrieve(id);
    const error = JSON.parse(await (await client.files.content(batch.error_file_id ?? "")).text());
    expect(error.response).toMatchObject({ status_code: 400, body: { error: { param: "input" } } });
  });
});
