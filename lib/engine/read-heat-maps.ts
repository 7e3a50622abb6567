import { setImmediate } from "node:timers/promises";
import type { z } from "zod";
import type { AppContext } from "#lib/context.ts";
import { readLaunches } from "#lib/db/queries/rolled-up-turnarounds.ts";
import { comparisonFilterSchema } from "#lib/domain/comparison-filter.ts";
import type { HeatMaps } from "#lib/domain/comparison.ts";
import { chooseSelection, eachChosenJob, readRolledUpKinds } from "./chosen-jobs.ts";
import { HeatMapTally } from "./heat-map.ts";
import { outcomeOfLaunches, turnaroundAt } from "./roll-up.ts";

/**
 * The chosen jobs by hour and weekday of their launch, for the same choice as `compareTurnaround`. It is read by itself,
 * because of large histories it takes as long as everything else of the comparison together.
 */
export async function readHeatMaps(
  context: Pick<AppContext, "db">,
  input: z.input<typeof comparisonFilterSchema>,
): Promise<HeatMaps> {
  const filter = comparisonFilterSchema.parse(input);
  const { selection } = await chooseSelection(context, filter);
  const tally = new HeatMapTally();
  const kinds = await readRolledUpKinds(context, filter, selection);
  for (const kind of kinds ?? []) {
    for (const lists of await readLaunches(context.db, [kind.id])) {
      const outcome = outcomeOfLaunches(lists);
      if (!outcome) continue;
      lists.slots.forEach((hourOfWeek, index) => {
        const jobCount = lists.jobCounts[index] ?? 0;
        tally.addToHour(kind.provider, hourOfWeek, {
          outcome,
          seconds: turnaroundAt(lists, index),
          jobCount,
        });
      });
    }
    await setImmediate();
  }
  const options = kinds ? ({ only: "unfinished" } as const) : {};
  await eachChosenJob(context, filter, selection, (fact) => tally.add(fact), options);
  return tally.figures();
}
