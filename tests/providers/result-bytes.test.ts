import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { providerIds, type ProviderId } from "#lib/domain/provider-id.ts";
import { requestOutcomes } from "#lib/domain/result.ts";
import { readResultLines } from "#lib/providers/json-lines.ts";
import { collect, createProvider, providerSettings, readFixtureLines } from "./support.ts";

const fixtures: Record<ProviderId, string> = {
  openai: "openai/output.jsonl",
  google: "google/results.jsonl",
  anthropic: "anthropic/results.jsonl",
};

/** The same bytes in every run: a test must not depend on chance. */
const parameters = { seed: 20261122, numRuns: 400 };

/** What the database takes for a count. */
const tokens = z.int().min(0).max(2_147_483_647).nullable();
const resultSchema = z.strictObject({
  customId: z.string().nullable(),
  outcome: z.enum(requestOutcomes),
  text: z.string().nullable(),
  finishReason: z.string().nullable(),
  refusal: z.string().nullable(),
  usage: z
    .strictObject({
      inputTokens: tokens,
      outputTokens: tokens,
      totalTokens: tokens,
      cachedTokens: tokens,
      reasoningTokens: tokens,
    })
    .nullable(),
  error: z.strictObject({ code: z.string().nullable(), message: z.string().min(1) }).nullable(),
});

async function* chunksOf(bytes: Uint8Array, sizes: number[]): AsyncIterable<Uint8Array> {
  let start = 0;
  for (let index = 0; start < bytes.length; index += 1) {
    const size = Math.max(1, sizes[index % Math.max(1, sizes.length)] ?? 1);
    yield bytes.subarray(start, start + size);
    start += size;
  }
}

/** The line with its `position`-th value, counted from the outside in, replaced by `value`. */
function withValue(line: string, position: number, value: unknown): string {
  let seen = -1;
  return JSON.stringify(JSON.parse(line), (_key, current: unknown) => {
    seen += 1;
    return seen === position ? value : current;
  });
}

/** Any bytes that are one line, or none. */
const noise = fc
  .uint8Array({ maxLength: 200 })
  .map((bytes) => bytes.map((byte) => (byte === 10 ? 32 : byte)));
const anyJson = fc.jsonValue({ maxDepth: 4 }).map((value) => Buffer.from(JSON.stringify(value)));

describe.each(providerIds)("result bytes of %s", (id) => {
  const { readResultLine } = createProvider[id](providerSettings());

  it("that are anything never crash the reader, and every good line among them is read", async () => {
    const good = await readFixtureLines(fixtures[id]);
    const goodLine = fc.constantFrom(...good);
    const bent = fc
      .tuple(goodLine, fc.nat({ max: 40 }), fc.jsonValue({ maxDepth: 2 }))
      .map(([line, position, value]) => Buffer.from(withValue(line, position, value)));
    const cut = fc
      .tuple(goodLine, fc.nat({ max: 600 }))
      .map(([line, end]) => Buffer.from(line).subarray(0, end));
    const piece = fc.oneof(
      noise.map((bytes) => ({ bytes, good: null })),
      anyJson.map((bytes) => ({ bytes, good: null })),
      bent.map((bytes) => ({ bytes, good: null })),
      cut.map((bytes) => ({ bytes, good: null })),
      goodLine.map((line) => ({ bytes: Buffer.from(line), good: line })),
    );
    const pieces = fc.array(piece, { maxLength: 25 });
    const sizes = fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(pieces, sizes, fc.boolean(), async (lines, chunkSizes, endsWithNewline) => {
        const whole = Buffer.concat(lines.flatMap(({ bytes }) => [bytes, Buffer.from("\n")]));
        const bytes = endsWithNewline ? whole : whole.subarray(0, Math.max(0, whole.length - 1));
        const read = await collect(readResultLines(chunksOf(bytes, chunkSizes), readResultLine));
        for (const line of read) {
          const slice = bytes.subarray(line.offsetBytes, line.offsetBytes + line.lengthBytes);
          expect(line.raw).toBe(slice.toString());
          if (line.kind === "result") resultSchema.parse(line.result);
          else expect(line.reason).toBeTruthy();
        }
        const byNumber = new Map(read.map((line) => [line.lineNumber, line]));
        for (const [index, line] of lines.entries()) {
          if (line.good === null) continue;
          expect(byNumber.get(index + 1)).toMatchObject({
            kind: "result",
            result: readResultLine(line.good),
          });
        }
      }),
      parameters,
    );
  });

  it("with one value of a good line replaced by another still give a result or a reason", async () => {
    const values = [null, 0, -1, 1.5, 3e9, 1e300, "7", "", "x", true, [], {}, [null], { a: [] }];
    for (const line of await readFixtureLines(fixtures[id])) {
      for (let position = 0; position < 60; position += 1) {
        for (const value of values) {
          const bent = withValue(line, position, value);
          const [read] = await collect(readResultLines(chunksOf(Buffer.from(bent), [5000]), readResultLine));
          if (read?.kind === "result") expect(resultSchema.safeParse(read.result).error).toBeUndefined();
          else expect(read?.reason).toBeTruthy();
        }
      }
    }
  });
});
