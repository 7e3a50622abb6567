import { sql } from "drizzle-orm";
import { liveEventSchema, maxJobIdsPerEvent, type LiveEvent } from "#lib/domain/live-event.ts";
import type { Database, DatabaseHandle, Unsubscribe } from "./client.ts";

const channel = "batchmark_live";

/** Tells every process that jobs changed. Inside a transaction it is delivered when that commits. */
export async function publishJobsChanged(db: Database, changed: readonly ChangedJob[]): Promise<void> {
  for (let start = 0; start < changed.length; start += maxJobIdsPerEvent) {
    const part = changed.slice(start, start + maxJobIdsPerEvent);
    const jobSetIds = new Set(part.flatMap((job) => (job.jobSetId ? [job.jobSetId] : [])));
    await publish(db, {
      type: "jobs.changed",
      jobIds: part.map((job) => job.id),
      jobSetIds: [...jobSetIds],
    });
  }
}

export function publishSetsChanged(db: Database, jobSetIds: string[]): Promise<void> {
  return publish(db, { type: "sets.changed", jobSetIds });
}

async function publish(db: Database, event: LiveEvent): Promise<void> {
  await db.execute(sql`select pg_notify(${channel}, ${JSON.stringify(event)})`);
}

export type LiveListener = (event: LiveEvent) => void;

export type ChangedJob = { id: string; jobSetId: string | null };

/** The events of all processes that share the database, for any number of listeners over one subscription. */
export interface LiveEvents {
  /** Resolves when nothing can be missed any more; the returned function stops it. */
  subscribe(listener: LiveListener): Promise<() => void>;
  /**
   * Tells every process that a job changed. What changes while an event is on its way goes out together after it, so
   * that a thousand changes at once are a dozen events.
   */
  announce(job: ChangedJob): Promise<void>;
  close(): Promise<void>;
}

/** Listens on the database from the first listener on. A payload that is not an event becomes a resync. */
export function createLiveEvents(handle: Pick<DatabaseHandle, "listen" | "db">): LiveEvents {
  const listeners = new Set<LiveListener>();
  const deliver = (event: LiveEvent) => listeners.forEach((listener) => listener(event));
  let listening: Promise<Unsubscribe> | null = null;

  function listen(): Promise<Unsubscribe> {
    listening ??= handle
      .listen(
        channel,
        (payload) => deliver(parseEvent(payload)),
        () => deliver({ type: "resync" }),
      )
      .catch((error: unknown) => {
        listening = null;
        throw error;
      });
    return listening;
  }

  let waiting: ChangedJob[] = [];
  let sending = Promise.resolve();
  let following: Promise<void> | null = null;

  function announce(job: ChangedJob): Promise<void> {
    waiting.push(job);
    following ??= sending
      .catch(() => undefined)
      .then(() => {
        const changed = waiting;
        waiting = [];
        following = null;
        sending = publishJobsChanged(handle.db, changed);
        return sending;
      });
    return following;
  }

  return {
    announce,
    async subscribe(listener) {
      listeners.add(listener);
      try {
        await listen();
      } catch (error) {
        listeners.delete(listener);
        throw error;
      }
      return () => void listeners.delete(listener);
    },
    async close() {
      listeners.clear();
      const unsubscribe = await listening;
      await unsubscribe?.();
    },
  };
}

function parseEvent(payload: string): LiveEvent {
  try {
    const parsed = liveEventSchema.safeParse(JSON.parse(payload));
    return parsed.success ? parsed.data : { type: "resync" };
  } catch {
    return { type: "resync" };
  }
}
