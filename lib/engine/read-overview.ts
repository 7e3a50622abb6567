import type { AppContext } from "#lib/context.ts";
import { getOverview } from "#lib/db/queries/get-overview.ts";
import type { Overview } from "#lib/domain/overview.ts";
import type { Counted } from "#lib/domain/visit.ts";
import { readProviderHealth } from "./read-provider-health.ts";

/** The first page: what runs, what ended since the last visit, what needs somebody, and how the providers answer. */
export async function readOverview(
  context: Pick<AppContext, "db" | "clock" | "providers">,
  counted: Counted,
): Promise<Overview> {
  const { runningAt, ...overview } = await getOverview(context.db, counted, context.clock.now());
  const health = await readProviderHealth(context);
  return {
    ...overview,
    providers: health.map((each) => ({ ...each, runningJobs: runningAt[each.provider] ?? 0 })),
  };
}
