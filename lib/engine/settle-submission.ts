import { and, eq, sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import type { AppContext } from "#lib/context.ts";
import type { Database } from "#lib/db/client.ts";
import { publishJobsChanged } from "#lib/db/live-events.ts";
import { jobs, type JobRow, type NewJobRow } from "#lib/db/schema/jobs.ts";
import { isUniqueViolation } from "#lib/db/unique-violation.ts";
import { valuesTable } from "#lib/db/update-rows.ts";
import { messageOf } from "#lib/domain/errors.ts";
import { jobSteps } from "#lib/domain/job-values.ts";
import type { BatchProvider, ProviderJob } from "#lib/providers/provider.ts";
import { GatheredWrites } from "./gathered-writes.ts";
import { jobMessage } from "./job-message.ts";
import { recordProviderJob, type RecordedChange, type RecordedRow } from "./record.ts";
import { releaseBatch } from "./release-batch.ts";
import { hastenPoll } from "./schedule-poll.ts";
import { isUntouched, type LeasedJob } from "./submit-lease.ts";

/**
 * Writes the batch that our own call created. The answer also counts when the job was taken over meanwhile, as long as
 * the other attempt has not made its own call; after that the batch is one too many and is cancelled at once.
 */
export async function settleCreated(
  context: AppContext,
  job: LeasedJob,
  created: ProviderJob,
  provider: BatchProvider,
): Promise<void> {
  const extra = { isUnproven: false };
  const write = (change: RecordedChange) => createdBatchesOf(context.db).write({ job, change });
  const isSettled = await settle(context, job, created, provider, { extra, write });
  if (!isSettled) await cancelSurplus(context, job, created, provider);
}

type CreatedBatch = { job: LeasedJob; change: RecordedChange };

const createdBatches = new WeakMap<Database, GatheredWrites<CreatedBatch, RecordedRow | null>>();

/** The batches of a launch come by the dozen. */
function createdBatchesOf(db: Database): GatheredWrites<CreatedBatch, RecordedRow | null> {
  let writes = createdBatches.get(db);
  if (!writes) createdBatches.set(db, (writes = new GatheredWrites((asked) => writeCreated(db, asked))));
  return writes;
}

const writtenSchema = z.object({
  rows: z.array(
    z.object({ id: z.string(), step: z.enum(jobSteps), cancel_requested_at: z.coerce.date().nullable() }),
  ),
});

/**
 * Writes each batch to its row where that still waits for this call. Rows are locked in the order of their ids, so that
 * two statements of this kind do not wait for each other in a ring.
 */
async function writeCreated(db: Database, asked: readonly CreatedBatch[]): Promise<(RecordedRow | null)[]> {
  const { from, assignments } = valuesTable(
    jobs,
    "created",
    asked.map(({ job, change }) => ({ id: job.id, ...change })),
  );
  const ids = sql.param(asked.map(({ job }) => job.id));
  const leases = sql.param(asked.map(({ job }) => job.submitLease));
  const result = await db.execute(sql`
    update jobs set ${assignments} from ${from}
    join unnest(${ids}::text[], ${leases}::text[]) as ours (id, submit_lease) on ours.id = created.id
    join (select jobs.id from jobs where jobs.id = any(${ids}) order by jobs.id for update)
      as locked on locked.id = created.id
    where jobs.id = created.id and jobs.step = 'submit' and jobs.provider_job_id is null
      and (jobs.submit_lease = ours.submit_lease or jobs.submit_started_at is null)
    returning jobs.id, jobs.step, jobs.cancel_requested_at`);
  const written = new Map(writtenSchema.parse(result).rows.map((row) => [row.id, row]));
  return asked.map(({ job }) => {
    const row = written.get(job.id);
    return row ? { step: row.step, cancelRequestedAt: row.cancel_requested_at } : null;
  });
}

/** Writes the batch that was found at the provider. Where its shape alone spoke for it, it is yet to be proven. */
export async function settleFound(
  context: AppContext,
  job: JobRow,
  found: ProviderJob,
  provider: BatchProvider,
): Promise<void> {
  const extra = { isUnproven: !provider.capabilities.keepsJobName };
  await settle(context, job, found, provider, { extra, guard: isUntouched(job) });
}

type Settling = {
  extra: Partial<NewJobRow>;
  guard?: SQL | undefined;
  write?: (change: RecordedChange) => Promise<RecordedRow | null>;
};

async function settle(
  context: AppContext,
  job: JobRow,
  seen: ProviderJob,
  provider: BatchProvider,
  { extra, guard, write }: Settling,
): Promise<boolean> {
  const submittedAt = context.clock.now();
  const change = { ...extra, submittedAt, submitDeadline: null, account: provider.account };
  const record = () =>
    recordProviderJob(context, { ...job, submittedAt }, seen, { extra: change, guard, write });
  let written: RecordedRow | null;
  try {
    written = await record();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    if (!(await takeFromHolder(context, job, seen, change.isUnproven ?? false))) {
      await context.queue.send("submit", [{ ...jobMessage(job), delaySeconds: 1 }]);
      return true;
    }
    written = await record();
  }
  if (!written) return false;
  if (written.step === "poll") await hastenPoll(context, provider);
  if (written.cancelRequestedAt) await context.queue.send("cancel", [jobMessage(job)]);
  return true;
}

/**
 * Another row has this batch: one that took it for its own by its shape, or one that was imported in the meantime.
 * We know better, unless we go by the shape ourselves. False when the batch has to stay where it is.
 */
async function takeFromHolder(
  context: AppContext,
  job: JobRow,
  seen: ProviderJob,
  isGuess: boolean,
): Promise<boolean> {
  return context.db.transaction(async (transaction) => {
    const [holder] = await transaction
      .select()
      .from(jobs)
      .where(
        and(eq(jobs.provider, job.provider), eq(jobs.account, job.account), eq(jobs.providerJobId, seen.id)),
      )
      .for("update");
    if (!holder) return true;
    if (holder.origin === "adopted") {
      await transaction.delete(jobs).where(eq(jobs.id, holder.id));
      await publishJobsChanged(transaction, [holder]);
      return true;
    }
    if (!holder.isUnproven || isGuess) return false;
    await releaseBatch(context, transaction, holder);
    return true;
  });
}

/** Our batch came into being after another attempt had been made sure of. It is paid for only as far as it has come. */
async function cancelSurplus(
  context: AppContext,
  job: JobRow,
  created: ProviderJob,
  provider: BatchProvider,
): Promise<void> {
  const [holder] = await context.db
    .select({ id: jobs.id })
    .from(jobs)
    .where(
      and(
        eq(jobs.provider, job.provider),
        eq(jobs.account, provider.account),
        eq(jobs.providerJobId, created.id),
      ),
    );
  if (holder) return;
  const facts = { jobId: job.id, provider: provider.id, surplusId: created.id };
  context.log.error(facts, "cancelling a batch that was created too late");
  try {
    await provider.cancel(created.id);
  } catch (error) {
    context.log.error(
      { ...facts, message: messageOf(error) },
      "the batch that is too many was not cancelled",
    );
  }
}
