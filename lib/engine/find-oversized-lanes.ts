import type { AppContext } from "#lib/context.ts";
import type { FieldProblem } from "#lib/domain/errors.ts";
import type { LaneInput } from "#lib/domain/job-set.ts";
import { providerLabels } from "#lib/domain/provider-id.ts";

const megabyte = 1_000_000;

/**
 * Lanes whose jobs would be larger than their provider takes, by the mean size of the set's prompts: such a job is
 * refused when it is written for its upload, and all of its lane would fail one by one.
 */
export function findOversizedLanes(
  { providers }: Pick<AppContext, "providers">,
  lanes: readonly LaneInput[],
  meanPromptBytes: number,
): FieldProblem[] {
  return lanes.flatMap((lane, index) => {
    const parameterBytes = Buffer.byteLength(JSON.stringify(lane.parameters));
    const jobBytes = lane.requestsPerJob * (meanPromptBytes + parameterBytes);
    const { maxInputBytes } = providers.get(lane.provider).capabilities;
    if (jobBytes <= maxInputBytes) return [];
    const most = Math.max(1, Math.floor(maxInputBytes / (meanPromptBytes + parameterBytes)));
    const message =
      `A job would be about ${Math.ceil(jobBytes / megabyte)} MB, and ${providerLabels[lane.provider]} takes ` +
      `${Math.floor(maxInputBytes / megabyte)} MB. Enter at most ${most.toLocaleString("en-US")} requests per job.`;
    return [{ field: `lanes.${index}.requestsPerJob`, message }];
  });
}
