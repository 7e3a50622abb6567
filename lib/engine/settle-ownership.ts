import { and, asc, desc, eq, inArray, sql, type SQL } from "drizzle-orm";
import type { AppContext } from "#lib/context.ts";
import type { Database } from "#lib/db/client.ts";
import { publishJobsChanged } from "#lib/db/live-events.ts";
import { jobs, type JobRow, type LaunchIntent } from "#lib/db/schema/jobs.ts";
import { randomToken, requestIndexOf } from "#lib/domain/ids.ts";
import { readResultLines } from "#lib/providers/json-lines.ts";
import type { BatchProvider } from "#lib/providers/provider.ts";
import { rawResultsKey } from "#lib/storage/storage.ts";
import { releaseBatch } from "./release-batch.ts";

export type Ownership = JobRow | "released" | "later";

/** What the custom ids of a result file say about whose it is. */
type Proof = { kind: "ours" } | { kind: "nonce"; nonce: string } | { kind: "foreign" } | { kind: "none" };

/**
 * Proves by the custom ids that fetched results are this job's, where the batch was found by its shape alone: jobs of
 * equal shape are interchangeable until then. If the nonce is another job's, the two swap what they were launched for.
 * The same goes for what a row had been launched for before it changed. If the nonce is nobody's, the batch is somebody
 * else's: the job lets go of it and its own is looked for again.
 * Resolves to the job as it is now, to `released`, or to `later` when it has to be looked at again.
 */
export async function settleOwnership(
  context: AppContext,
  job: JobRow,
  provider: BatchProvider,
): Promise<Ownership> {
  if (!job.isUnproven) return job;
  const proof = await readProof(context, job, provider);
  if (proof.kind === "foreign") return letGo(context, job);
  if (proof.kind !== "nonce") return proven(context, job);
  const [owner] = await context.db
    .select()
    .from(jobs)
    .where(and(eq(jobs.provider, job.provider), eq(jobs.account, job.account), eq(jobs.nonce, proof.nonce)))
    .orderBy(desc(jobs.isUnproven))
    .limit(1);
  if (owner) return takeIntentOf(context, job, owner, proof.nonce);
  const [keeper] = await context.db
    .select()
    .from(jobs)
    .where(and(eq(jobs.provider, job.provider), eq(jobs.account, job.account), hasDisplaced(proof.nonce)))
    .limit(1);
  return keeper ? takeDisplacedIntent(context, job, keeper, proof.nonce) : letGo(context, job);
}

async function readProof(context: AppContext, job: JobRow, provider: BatchProvider): Promise<Proof> {
  const bytes = context.storage.read(rawResultsKey(job.id));
  for await (const line of readResultLines(bytes, (text) => provider.readResultLine(text))) {
    const customId = line.kind === "result" ? line.result.customId : null;
    if (customId === null) continue;
    if (job.nonce !== null && requestIndexOf(customId, job.nonce) !== null) return { kind: "ours" };
    const nonce = /^([0-9a-z]{16})-\d+$/.exec(customId)?.[1];
    return nonce ? { kind: "nonce", nonce } : { kind: "foreign" };
  }
  return { kind: "none" };
}

async function proven(context: AppContext, job: JobRow): Promise<JobRow> {
  await context.db.update(jobs).set({ isUnproven: false }).where(eq(jobs.id, job.id));
  return { ...job, isUnproven: false };
}

/** A job's row is the holder of a batch; what the batch was launched for moves to it. */
async function takeIntentOf(
  context: AppContext,
  { id }: JobRow,
  owner: JobRow,
  nonce: string,
): Promise<Ownership> {
  return context.db.transaction(async (transaction) => {
    const { job, other: current } = await lockBoth(transaction, id, owner.id);
    // The other row may have swapped with this one a moment ago; the next look finds out.
    if (!job || !current || current.nonce !== nonce || job.nonce === nonce) return "later";
    // Its own call may be on its way; when that is settled it is known what it holds.
    if (current.step === "submit" && current.submitStartedAt !== null) return "later";
    // An owner whose own call was answered holds the same requests a second time, and keeps them. What this job was
    // launched for has no row then, but its batch may yet turn up with a third one.
    const isSwap = current.step === "submit" || current.isUnproven;
    const displacedIntents = isSwap ? job.displacedIntents : [...job.displacedIntents, intentOf(job)];
    const change = { ...intentOf(current), isUnproven: false, displacedIntents };
    await transaction.update(jobs).set(change).where(eq(jobs.id, job.id));
    if (isSwap) {
      // An attempt that is about to submit the other requests must not.
      const submitLease = current.step === "submit" ? randomToken(16) : current.submitLease;
      await transaction
        .update(jobs)
        .set({ ...intentOf(job), submitLease })
        .where(eq(jobs.id, current.id));
    }
    await publishJobsChanged(transaction, [job, current]);
    return { ...job, ...change };
  });
}

/** The row that held the intent before gets what this job was launched for in its place. */
async function takeDisplacedIntent(
  context: AppContext,
  { id }: JobRow,
  keeper: JobRow,
  nonce: string,
): Promise<Ownership> {
  return context.db.transaction(async (transaction) => {
    const { job, other: current } = await lockBoth(transaction, id, keeper.id);
    const intent = current?.displacedIntents.find((displaced) => displaced.nonce === nonce);
    if (!job || !current || !intent) return "later";
    const others = current.displacedIntents.filter((displaced) => displaced !== intent);
    await transaction
      .update(jobs)
      .set({ displacedIntents: [...others, intentOf(job)] })
      .where(eq(jobs.id, current.id));
    const change = { ...intent, isUnproven: false };
    await transaction.update(jobs).set(change).where(eq(jobs.id, job.id));
    await publishJobsChanged(transaction, [job, current]);
    return { ...job, ...change };
  });
}

async function lockBoth(transaction: Database, id: string, otherId: string) {
  const locked = await transaction
    .select()
    .from(jobs)
    .where(inArray(jobs.id, [id, otherId]))
    .orderBy(asc(jobs.id))
    .for("update");
  return { job: locked.find((row) => row.id === id), other: locked.find((row) => row.id === otherId) };
}

function hasDisplaced(nonce: string): SQL {
  return sql`${jobs.displacedIntents} <> '[]' and ${jobs.displacedIntents} @> ${JSON.stringify([{ nonce }])}::jsonb`;
}

function intentOf(job: JobRow): LaunchIntent {
  return {
    jobSetId: job.jobSetId,
    laneId: job.laneId,
    model: job.model,
    maxOutputTokens: job.maxOutputTokens,
    requestCount: job.requestCount,
    nonce: job.nonce,
    promptOffset: job.promptOffset,
    launchOrder: job.launchOrder,
    timeOutSeconds: job.timeOutSeconds,
  };
}

async function letGo(context: AppContext, job: JobRow): Promise<Ownership> {
  context.log.warn({ jobId: job.id, foreignId: job.providerJobId }, "the batch is somebody else's");
  await context.storage.remove(rawResultsKey(job.id));
  await context.db.transaction((transaction) => releaseBatch(context, transaction, job));
  return "released";
}
