import { keptErrors, type CallStats, type RateLimit } from "#lib/domain/call-stats.ts";
import type { ProviderVerb } from "#lib/domain/provider-verbs.ts";
import type { ProviderError } from "#lib/domain/errors.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import type { SeenResponse } from "./observed-fetch.ts";
import type { CallObserver, ProviderSettings } from "./settings.ts";

const keptOffsets = 9;
/** A slower answer says too little about the moment at which its date was written. */
const longestRoundTripMs = 5_000;
/** `date` is cut to whole seconds, so that on average it is half a second behind. */
const cutOffMs = 500;
const mostLimits = 20;

/** Counts the calls of one account in memory, and keeps its last errors, rate limits and clock offset. */
export class AccountCalls implements CallObserver {
  private readonly stats: CallStats;
  private readonly clock: ProviderSettings["clock"];
  private readonly offsetsMs: number[] = [];

  constructor(provider: ProviderId, { account, clock }: Pick<ProviderSettings, "account" | "clock">) {
    this.clock = clock;
    this.stats = {
      provider,
      account,
      since: clock.now(),
      calls: {
        submit: 0,
        get: 0,
        list: 0,
        cancel: 0,
        remove: 0,
        results: 0,
        models: 0,
        listFiles: 0,
        deleteFile: 0,
      },
      answeredRequests: 0,
      refusedRequests: 0,
      lastErrors: [],
      rateLimits: null,
      clockOffsetSeconds: null,
    };
  }

  /** As it stands now; later calls do not change it. */
  read(): CallStats {
    return { ...this.stats, calls: { ...this.stats.calls } };
  }

  called(verb: ProviderVerb): void {
    this.stats.calls[verb] += 1;
  }

  failed(verb: ProviderVerb, error: ProviderError): ProviderError {
    // Our own stop says nothing about the provider.
    if (error.kind === "aborted") return error;
    const { kind, httpStatus, code, message, requestId } = error;
    const seen = { verb, kind, httpStatus, code, message, requestId, at: this.clock.now() };
    this.stats.lastErrors = [seen, ...this.stats.lastErrors].slice(0, keptErrors);
    return error;
  }

  responded({ status, headers, sentAt, receivedAt }: SeenResponse): void {
    this.stats.answeredRequests += 1;
    if (status >= 400) this.stats.refusedRequests += 1;
    const limits = rateLimitsOf(headers);
    if (limits.length > 0) this.stats.rateLimits = { limits, at: receivedAt };
    this.noteDate(headers.get("date"), sentAt, receivedAt);
  }

  private noteDate(date: string | null, sentAt: Date, receivedAt: Date): void {
    const dateMs = Date.parse(date ?? "");
    if (Number.isNaN(dateMs) || receivedAt.getTime() - sentAt.getTime() > longestRoundTripMs) return;
    this.offsetsMs.push(dateMs + cutOffMs - (sentAt.getTime() + receivedAt.getTime()) / 2);
    if (this.offsetsMs.length > keptOffsets) this.offsetsMs.shift();
    // The median: one answer out of a cache carries an old date.
    const sorted = this.offsetsMs.toSorted((a, b) => a - b);
    const median = sorted[Math.floor(sorted.length / 2)];
    this.stats.clockOffsetSeconds = median === undefined ? null : median / 1000;
  }
}

const openAiHeader = /^x-ratelimit-(limit|remaining|reset)-(.+)$/;
const anthropicHeader = /^anthropic-ratelimit-(.+)-(limit|remaining|reset)$/;

/** OpenAI writes `x-ratelimit-limit-requests`, Anthropic `anthropic-ratelimit-requests-limit`; Google sends none. */
function rateLimitsOf(headers: Headers): RateLimit[] {
  const limits = new Map<string, RateLimit>();
  for (const [header, value] of headers) {
    const openAi = openAiHeader.exec(header);
    const anthropic = anthropicHeader.exec(header);
    const name = openAi?.[2] ?? anthropic?.[1];
    const part = openAi?.[1] ?? anthropic?.[2];
    if (!name || !part || (limits.size >= mostLimits && !limits.has(name))) continue;
    const limit = limits.get(name) ?? { name, limit: null, remaining: null, reset: null };
    limits.set(name, limit);
    if (part === "reset") limit.reset = value.slice(0, 100);
    else if (part === "limit") limit.limit = numberOf(value);
    else limit.remaining = numberOf(value);
  }
  return [...limits.values()];
}

function numberOf(text: string): number | null {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}
