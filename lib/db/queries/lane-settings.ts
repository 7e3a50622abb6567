import { inArray, sql } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import { lanes } from "#lib/db/schema/lanes.ts";
import type { LaneSettings } from "#lib/domain/comparison.ts";

/** Tells apart what lanes ask for beside the model. The text form of `jsonb` is the same for equal values. */
const settingsId = sql<string>`left(md5(${lanes.maxOutputTokens}::text || ' ' || ${lanes.parameters}::text), 12)`;

/** The same for the lane of a job, inside a select from `jobs`; null for a job without one. */
export const settingsIdOfJob = sql<
  string | null
>`(select ${settingsId} from ${lanes} where ${lanes.id} = ${jobs.laneId})`;

/** A prompt is named by its beginning. */
const shownPromptLength = 30;

/** What lanes with these settings ask for, by `settingsId`; long system prompts are cut. */
export async function readLaneSettings(
  db: Database,
  ids: readonly string[],
): Promise<Map<string, LaneSettings>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectDistinctOn([settingsId], {
      id: settingsId,
      maxOutputTokens: lanes.maxOutputTokens,
      parameters: lanes.parameters,
    })
    .from(lanes)
    .where(inArray(settingsId, [...ids]));
  return new Map(
    rows.map(({ id, maxOutputTokens, parameters }) => {
      const { systemPrompt, ...others } = parameters;
      const isLong = systemPrompt !== undefined && systemPrompt.length > shownPromptLength;
      const shown = isLong ? `${systemPrompt.slice(0, shownPromptLength)}…` : systemPrompt;
      return [
        id,
        { maxOutputTokens, parameters: shown === undefined ? others : { ...others, systemPrompt: shown } },
      ];
    }),
  );
}
