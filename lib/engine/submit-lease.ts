import { and, eq, isNull, sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import type { AppContext } from "#lib/context.ts";
import type { Database } from "#lib/db/client.ts";
import { jobs, type JobRow } from "#lib/db/schema/jobs.ts";
import { valuesTable } from "#lib/db/update-rows.ts";
import { randomToken } from "#lib/domain/ids.ts";
import type { CreateCall } from "#lib/providers/provider.ts";
import { after } from "./back-off.ts";
import { GatheredWrites } from "./gathered-writes.ts";

/** A process that was asleep for longer than this between its mark and its call must not make the call any more. */
const longestHesitationSeconds = 10;

export type LeasedJob = JobRow & { submitLease: string };

/** This attempt may not create a batch: the job was cancelled, or another attempt has it now. */
export class LeaseLostError extends Error {
  override readonly name = "LeaseLostError";
  /** True when nobody else is known to have the job. */
  readonly mayTryAgain: boolean;

  constructor(reason: string, mayTryAgain: boolean) {
    super(reason);
    this.mayTryAgain = mayTryAgain;
  }
}

/** The row is as it was read: neither marked nor taken over since. */
export function isUntouched(job: Pick<JobRow, "id" | "submitLease" | "submitStartedAt">): SQL | undefined {
  const { submitLease, submitStartedAt } = job;
  return and(
    eq(jobs.id, job.id),
    eq(jobs.step, "submit"),
    submitLease === null ? isNull(jobs.submitLease) : eq(jobs.submitLease, submitLease),
    submitStartedAt === null ? isNull(jobs.submitStartedAt) : eq(jobs.submitStartedAt, submitStartedAt),
  );
}

/**
 * Marks the job right before the call that costs money, and makes this attempt the only one that may make it: another
 * one that has read the same row fails here, and an earlier one can neither mark nor settle it any more. From here until
 * `submitDeadline` a batch may come into being; a process that finds the mark later looks for that batch before it
 * creates one. `job` is the row as it was read. Rejects with `LeaseLostError`.
 */
export async function markCreating(
  context: AppContext,
  job: JobRow,
  account: string,
  call: CreateCall,
): Promise<LeasedJob> {
  const submitLease = `${context.processId}-${randomToken(16)}`;
  const submitStartedAt = context.clock.now();
  const isMarked = await marksOf(context.db).write({
    job,
    mark: {
      id: job.id,
      submitLease,
      submitStartedAt,
      submitDeadline: after(submitStartedAt, call.timeoutMs / 1000),
      inputFile: call.inputFile,
      account,
    },
  });
  if (!isMarked) throw new LeaseLostError(`Job ${job.id} was cancelled or taken over.`, false);
  const leased = { ...job, account, submitLease, submitStartedAt };
  const hesitationSeconds = (context.clock.now().getTime() - submitStartedAt.getTime()) / 1000;
  if (hesitationSeconds <= longestHesitationSeconds) return leased;
  await context.db
    .update(jobs)
    .set({ submitStartedAt: null, submitDeadline: null, inputFile: null })
    .where(isUntouched(leased));
  throw new LeaseLostError(`The mark of job ${job.id} took ${Math.round(hesitationSeconds)} s.`, true);
}

type Mark = Pick<
  LeasedJob,
  "id" | "submitLease" | "submitStartedAt" | "submitDeadline" | "inputFile" | "account"
>;
type Marking = { job: JobRow; mark: Mark };

const marks = new WeakMap<Database, GatheredWrites<Marking, boolean>>();

/** Jobs of a launch are marked by the dozen. */
function marksOf(db: Database): GatheredWrites<Marking, boolean> {
  let writes = marks.get(db);
  if (!writes) marks.set(db, (writes = new GatheredWrites((asked) => writeMarks(db, asked))));
  return writes;
}

const markedSchema = z.object({ rows: z.array(z.object({ submit_lease: z.string() })) });

/**
 * Marks each row that is as it was read (see `isUntouched`) and not cancelled; answers which ones. Rows are locked in the
 * order of their ids, so that two statements of this kind do not wait for each other in a ring.
 */
async function writeMarks(db: Database, asked: readonly Marking[]): Promise<boolean[]> {
  const { from, assignments } = valuesTable(
    jobs,
    "marks",
    asked.map(({ mark }) => mark),
  );
  const ids = sql.param(asked.map(({ job }) => job.id));
  const leasesRead = sql.param(asked.map(({ job }) => job.submitLease));
  const startsRead = sql.param(asked.map(({ job }) => job.submitStartedAt?.toISOString() ?? null));
  const result = await db.execute(sql`
    update jobs set ${assignments} from ${from}
    join unnest(${ids}::text[], ${leasesRead}::text[], ${startsRead}::timestamptz[])
      as read (id, submit_lease, submit_started_at) on read.id = marks.id
    join (select jobs.id from jobs where jobs.id = any(${ids}) order by jobs.id for update)
      as locked on locked.id = marks.id
    where jobs.id = marks.id and jobs.step = 'submit' and jobs.cancel_requested_at is null
      and jobs.submit_lease is not distinct from read.submit_lease
      and jobs.submit_started_at is not distinct from read.submit_started_at
    returning jobs.submit_lease`);
  const leases = new Set(markedSchema.parse(result).rows.map((row) => row.submit_lease));
  return asked.map(({ mark }) => leases.has(mark.submitLease));
}

/** Whether the process that marked this job is known to be gone: PGlite has one process, and it is this one. */
export function isOwnerGone(context: AppContext, job: Pick<JobRow, "submitLease">): boolean {
  const isOurs = job.submitLease?.startsWith(`${context.processId}-`) ?? false;
  return context.database.driver.kind === "pglite" && !isOurs;
}
