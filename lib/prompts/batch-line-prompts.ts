import * as z from "zod/mini";

const textPart = z.object({ text: z.optional(z.string()) });
const content = z.union([z.string(), z.array(textPart)]);
const message = z.object({ role: z.string(), content: z.nullish(content) });
const parts = z.object({ role: z.optional(z.string()), parts: z.array(textPart) });

const openAiLine = z.object({
  body: z.union([
    z.object({ messages: z.array(message) }),
    z.object({ input: z.union([z.string(), z.array(z.union([z.string(), message]))]) }),
  ]),
});
const anthropicLine = z.object({ params: z.object({ messages: z.array(message) }) });
const googleLine = z.object({
  request: z.union([z.object({ contents: z.array(parts) }), z.object({ content: parts })]),
});

type Message = z.infer<typeof message>;

/**
 * The prompts in one line of a provider's batch input file: the text of the last user turn, or each text of an
 * embedding request. Null when the value is no such line; an empty list when it is one without text.
 *
 * Shapes: OpenAI `body.messages` and `body.input`, Anthropic `params.messages`, Google `request.contents` and
 * `request.content`.
 */
export function batchLinePrompts(value: unknown): string[] | null {
  const openAi = openAiLine.safeParse(value).data;
  if (openAi !== undefined) {
    return "messages" in openAi.body ? lastUserText(openAi.body.messages) : inputTexts(openAi.body.input);
  }
  const anthropic = anthropicLine.safeParse(value).data;
  if (anthropic !== undefined) return lastUserText(anthropic.params.messages);
  const google = googleLine.safeParse(value).data;
  if (google === undefined) return null;
  const turns = "contents" in google.request ? google.request.contents : [google.request.content];
  return lastUserText(turns.map((turn) => ({ role: turn.role ?? "user", content: turn.parts })));
}

function inputTexts(input: string | (string | Message)[]): string[] {
  if (typeof input === "string") return [input];
  const texts = input.filter((item) => typeof item === "string");
  return texts.length > 0 ? texts : lastUserText(input.filter((item) => typeof item !== "string"));
}

function lastUserText(messages: readonly Message[]): string[] {
  const last = messages.findLast((each) => each.role === "user")?.content ?? [];
  if (typeof last === "string") return [last];
  const texts = last.flatMap((part) => part.text ?? []);
  return texts.length > 0 ? [texts.join("\n")] : [];
}
