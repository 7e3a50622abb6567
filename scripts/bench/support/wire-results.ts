import type { ProviderId } from "#lib/domain/provider-id.ts";

/** About 2,400 tokens; with it 50,000 lines, the most of an OpenAI batch, make 500 MB. */
const answerText = 'All that glitters is not gold, and "quoted" words need an escape.\n'.repeat(144);

/** One succeeded result line as the provider's file has it, with its end. Equal in length for indexes below 1,000. */
export function resultLine(provider: ProviderId, index: number): string {
  const customId = `0123456789abcdef-${String(index).padStart(3, "0")}`;
  return `${JSON.stringify(lineOf[provider](customId))}\n`;
}

const lineOf: Record<ProviderId, (customId: string) => unknown> = {
  openai: (custom_id) => ({
    id: "batch_req_1",
    custom_id,
    response: {
      status_code: 200,
      request_id: "req_1",
      body: {
        id: "chatcmpl-1",
        object: "chat.completion",
        model: "gpt-4o-mini",
        choices: [
          {
            index: 0,
            message: { role: "assistant", content: answerText, refusal: null },
            finish_reason: "stop",
          },
        ],
        usage: { prompt_tokens: 12, completion_tokens: 2400, total_tokens: 2412 },
      },
    },
    error: null,
  }),
  google: (key) => ({
    key,
    response: {
      candidates: [
        { content: { parts: [{ text: answerText }], role: "model" }, finishReason: "STOP", index: 0 },
      ],
      usageMetadata: { promptTokenCount: 12, candidatesTokenCount: 2400, totalTokenCount: 2412 },
      modelVersion: "gemini-2.5-flash-lite",
      responseId: "response-1",
    },
  }),
  anthropic: (custom_id) => ({
    custom_id,
    result: {
      type: "succeeded",
      message: {
        id: "msg_1",
        type: "message",
        role: "assistant",
        model: "claude-haiku-4-5",
        content: [{ type: "text", text: answerText }],
        stop_reason: "end_turn",
        stop_sequence: null,
        usage: { input_tokens: 12, output_tokens: 2400 },
      },
    },
  }),
};
