import { ProviderError } from "#lib/domain/errors.ts";
import { backOffSeconds } from "#lib/engine/back-off.ts";
import type { BatchProvider, ProviderJob, SubmitInput } from "#lib/providers/provider.ts";
import type { Session } from "./session.ts";
import { SubmitGate } from "./submit-gate.ts";

const maximumAttempts = 6;
/** A create call that was cut off may still be at work: its batch is looked for only after this long. */
const reconcileGraceSeconds = 5;
/** How far the provider's clock may be from ours. */
const clockToleranceMs = 10 * 60_000;

/**
 * Creates jobs one by one without ever paying twice: the call is never repeated before the provider has been asked for
 * the batch that it may have made. Where the provider keeps our name the name decides; at Anthropic, which keeps none, it
 * is the oldest batch of that size that was not there before and belongs to no other job of this run.
 */
export class JobCreator {
  private readonly session: Session;
  private readonly provider: BatchProvider;
  private readonly gate = new SubmitGate();
  /** Batches that cannot be the one we look for: those from before, and those of our other jobs. */
  private readonly ownedIds = new Set<string>();
  private readonly startedAt: Date;

  constructor(session: Session, provider: BatchProvider) {
    this.session = session;
    this.provider = provider;
    this.startedAt = session.clock.now();
  }

  /** Remembers what is there already, where a lost batch could only be told by its size. */
  async prepare(): Promise<void> {
    if (this.provider.capabilities.keepsJobName) return;
    for await (const job of this.provider.list(
      { since: this.earliest() },
      { signal: this.session.stop.signal },
    )) {
      this.ownedIds.add(job.id);
    }
  }

  /** Rejects with `ProviderError` when the job was not created, or with `UnknownOutcomeError` when nobody can tell. */
  async create(input: SubmitInput): Promise<ProviderJob> {
    for (let attempt = 1; ; attempt += 1) {
      const startedAtMs = this.session.clock.now().getTime();
      try {
        return this.own(await this.gate.run(() => this.provider.submit(input)));
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error;
        if (error.leavesOutcomeUnknown) {
          const found = await this.find(input, startedAtMs, error);
          if (found) return found;
        } else if (!error.isRetryable) {
          throw error;
        }
        if (attempt >= maximumAttempts || this.session.stop.isRequested) throw error;
        await this.backOff(attempt, error);
        if (this.session.stop.isRequested) throw error;
      }
    }
  }

  private own(job: ProviderJob): ProviderJob {
    this.ownedIds.add(job.id);
    return job;
  }

  private async find(
    input: SubmitInput,
    startedAtMs: number,
    lost: ProviderError,
  ): Promise<ProviderJob | null> {
    const { clock, output } = this.session;
    output.note(`${lost.message} Looking whether the job was created nevertheless.`);
    const sinceSeconds = (clock.now().getTime() - startedAtMs) / 1000;
    // Also when the user asks to stop: what may have been paid for is looked for.
    if (sinceSeconds < reconcileGraceSeconds) await this.session.wait(reconcileGraceSeconds - sinceSeconds);
    const look = () => this.lookWithRetries(input, lost);
    return this.provider.capabilities.keepsJobName ? look() : this.gate.alone(look);
  }

  private async lookWithRetries(input: SubmitInput, lost: ProviderError): Promise<ProviderJob | null> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const found = await this.look(input);
        if (found) this.session.output.note(`It was: ${found.id}.`);
        return found && this.own(found);
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error;
        if (!error.isRetryable || attempt >= maximumAttempts) throw new UnknownOutcomeError(lost);
        await this.session.wait(waitSeconds(attempt, error));
      }
    }
  }

  private async look(input: SubmitInput): Promise<ProviderJob | null> {
    let oldest: ProviderJob | null = null;
    for await (const job of this.provider.list({ since: this.earliest() })) {
      if (this.provider.capabilities.keepsJobName) {
        if (job.name === input.jobName) return job;
      } else if (job.counts.total === input.requestCount && !this.ownedIds.has(job.id)) {
        oldest = job;
      }
    }
    return oldest;
  }

  private earliest(): Date {
    return new Date(this.startedAt.getTime() - clockToleranceMs);
  }

  private async backOff(attempt: number, error: ProviderError): Promise<void> {
    const seconds = waitSeconds(attempt, error);
    this.session.output.progress(`${error.message} Trying again in ${Math.ceil(seconds)} s.`);
    await this.session.pause(seconds);
  }
}

function waitSeconds(attempt: number, error: ProviderError): number {
  return backOffSeconds(attempt, {
    baseSeconds: 2,
    limitSeconds: 60,
    retryAfterSeconds: error.retryAfterSeconds,
  });
}

/** The answer to a creation was lost and the provider could not be asked either: the job may exist, and be billed. */
export class UnknownOutcomeError extends Error {
  override readonly name = "UnknownOutcomeError";

  constructor(lost: ProviderError) {
    super(
      `${lost.message} Whether the job was created is not known, so it was not tried again: look with --action check_recent_jobs.`,
      { cause: lost },
    );
  }
}
