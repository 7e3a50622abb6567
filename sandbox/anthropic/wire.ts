import type { Services } from "../http/endpoint.ts";
import { expiresAtMs } from "../world/lifecycle.ts";
import type { BatchRecord } from "../world/model.ts";
import { hashText } from "../world/random.ts";

const RETENTION_MS = 29 * 86_400_000;

/** Whether the results can no longer be read. */
export function isArchived(services: Services, batch: BatchRecord): boolean {
  return services.world.now() >= batch.createdAtMs + RETENTION_MS;
}

/** The batch as the API shows it: ten keys, always all of them. */
export async function wireBatch(
  services: Services,
  batch: BatchRecord,
  origin: string,
  endpoint: string,
): Promise<unknown> {
  const { world, faults } = services;
  const moment = world.moment(batch);
  const requests = batch.summary?.requests ?? 0;
  const isEnded = moment.isTerminal;
  const tally = isEnded ? await world.results.tally(batch, moment) : null;
  const time = (atMs: number | null) => (atMs === null ? null : wireTime(services, batch, atMs));
  const archived = isArchived(services, batch);
  const ageMs = world.now() - (moment.endedAtMs ?? 0);
  const isLate =
    isEnded && faults.strikeYoung("anthropic", endpoint, "late-output", { ageMs, defaultSeconds: 30 });
  const odd = isEnded ? null : faults.strike("anthropic", endpoint, ["unknown-status"]);
  const status = isEnded ? "ended" : moment.phase === "cancelling" ? "canceling" : "in_progress";
  return {
    id: batch.id,
    type: "message_batch",
    processing_status: odd === null ? status : (odd.status ?? "awaiting_capacity"),
    request_counts: {
      processing: isEnded ? 0 : requests,
      succeeded: tally?.succeeded ?? 0,
      errored: tally?.failed ?? 0,
      canceled: moment.phase === "cancelled" ? (tally?.unserved ?? 0) : 0,
      expired: moment.phase === "expired" ? (tally?.unserved ?? 0) : 0,
    },
    ended_at: time(moment.endedAtMs),
    created_at: time(batch.createdAtMs),
    expires_at: time(expiresAtMs(batch)),
    archived_at: archived ? time(batch.createdAtMs + RETENTION_MS) : null,
    cancel_initiated_at: time(moment.cancellingAtMs),
    results_url:
      isEnded && !archived && !isLate ? `${origin}/anthropic/v1/messages/batches/${batch.id}/results` : null,
  };
}

/** Microseconds and a numeric offset; the microseconds are those of the batch, so that times stay in order. */
function wireTime(services: Services, batch: BatchRecord, atMs: number): string {
  const shownMs = atMs + services.faults.clockOffsetMs("anthropic");
  const microseconds = String(hashText(batch.id) % 1_000).padStart(3, "0");
  return new Date(shownMs).toISOString().replace("Z", `${microseconds}+00:00`);
}
