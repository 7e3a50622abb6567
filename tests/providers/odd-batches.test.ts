import { describe, expect, it } from "vitest";
import { z } from "zod";
import { providerIds, type ProviderId } from "#lib/domain/provider-id.ts";
import { mapBatch as mapAnthropicBatch } from "#lib/providers/anthropic/mapper.ts";
import { mapOperation } from "#lib/providers/google/mapper.ts";
import { mapBatch as mapOpenAiBatch } from "#lib/providers/openai/mapper.ts";
import type { ProviderJob } from "#lib/providers/provider.ts";
import { readFixture, testTime } from "./support.ts";

const mapJob: Record<ProviderId, (raw: unknown) => ProviderJob> = {
  openai: (raw) => mapOpenAiBatch(raw, testTime),
  google: mapOperation,
  anthropic: mapAnthropicBatch,
};

const fixtures: Record<ProviderId, string[]> = {
  openai: ["openai/batch-completed-partial.json", "openai/batch-failed-validation.json"],
  google: [
    "google/operation-succeeded-file.json",
    "google/operation-succeeded-inline.json",
    "google/operation-cancelled.json",
  ],
  anthropic: ["anthropic/batch-ended.json", "anthropic/batch-in-progress.json"],
};

const oddValues = [
  null,
  0,
  -1,
  1.5,
  3e9,
  1e300,
  "",
  "x",
  "7",
  true,
  [],
  {},
  [null],
  { a: [] },
  "a\u0000b",
  "a\uD800b",
];

// What the database takes.
const unstorable = /\\u0000|\\ud[89a-f]/i;
const count = z.int().min(0).max(2_147_483_647).nullable();
const tokenCount = z.int().min(0).nullable();
const moment = z.date().nullable();
const text = z.string().nullable();
const jobSchema = z.object({
  id: z.string().min(1),
  name: text,
  model: text,
  serviceStatus: z.string().min(1),
  counts: z.strictObject({
    total: count,
    succeeded: count,
    failed: count,
    expired: count,
    cancelled: count,
    unfinished: count,
  }),
  timestamps: z.record(z.string(), moment),
  usage: z.record(z.string(), tokenCount).nullable(),
  failure: z.object({ code: text, message: z.string().min(1) }).nullable(),
});

/** The JSON with its `position`-th value replaced; null when it has fewer. */
function withValue(json: string, position: number, value: unknown): string | null {
  let seen = -1;
  const changed = JSON.stringify(JSON.parse(json), (_key, current: unknown) => {
    seen += 1;
    return seen === position ? value : current;
  });
  return seen >= position ? changed : null;
}

describe.each(providerIds)("a batch of %s with one field of another kind", (id) => {
  it.each(fixtures[id])("is either no batch at all or maps to what can be stored (%s)", async (fixture) => {
    const json = await readFixture(fixture);
    let mappedCount = 0;
    for (let position = 0; withValue(json, position, null) !== null; position += 1) {
      for (const value of oddValues) {
        const raw: unknown = JSON.parse(withValue(json, position, value) ?? "");
        let job: ProviderJob;
        try {
          job = mapJob[id](raw);
        } catch (error) {
          expect(error).toBeInstanceOf(z.ZodError);
          continue;
        }
        mappedCount += 1;
        expect(JSON.stringify(job)).not.toMatch(unstorable);
        expect([value, position, jobSchema.safeParse(job).error?.issues]).toEqual([
          value,
          position,
          undefined,
        ]);
      }
    }
    expect(mappedCount).toBeGreaterThan(50);
  });
});
