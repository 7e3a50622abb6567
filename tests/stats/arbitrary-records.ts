import fc from "fast-check";
import type { DeliveryRecord } from "#lib/stats/cumulative-incidence.ts";
import type { SurvivalRecord } from "#lib/stats/survival.ts";

/** Few distinct times, so that ties are common, and now and then a record that counts several times. */
const durationSeconds = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 400_000 }));
const count = fc.oneof(fc.constant(1), fc.integer({ min: 0, max: 5 }));

/** Any list of up to 60 survival records. */
export const arbitrarySurvivalRecords: fc.Arbitrary<SurvivalRecord[]> = fc.array(
  fc.record({ durationSeconds, count, outcome: fc.constantFrom("event", "censored") }),
  { maxLength: 60 },
);

/** Any list of up to 60 delivery records. */
export const arbitraryDeliveryRecords: fc.Arbitrary<DeliveryRecord[]> = fc.array(
  fc.record({ durationSeconds, count, outcome: fc.constantFrom("delivered", "competing", "censored") }),
  { maxLength: 60 },
);

/** The same records, each written out as often as it counts. */
export function spellOut<Item extends { count?: number }>(records: readonly Item[]): Item[] {
  return records.flatMap((record) =>
    Array.from({ length: record.count ?? 1 }, () => ({ ...record, count: 1 })),
  );
}
