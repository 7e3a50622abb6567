import { z } from "zod";
import { happens } from "../world/random.ts";
import type { ProviderName } from "../world/model.ts";

/** What can be made to go wrong. `README.md` says what each does and which figures it takes. */
export const FAULT_KINDS = [
  "rate-limit",
  "rate-limit-without-hint",
  "server-error",
  "bad-gateway-html",
  "unavailable",
  "overloaded",
  "close-before",
  "close-after",
  "error-after",
  "slow",
  "trickle",
  "truncate",
  "not-found-after-create",
  "unknown-status",
  "late-output",
  "malformed-line",
  "blank-line",
  "duplicate-custom-id",
  "missing-custom-id",
  "clock-offset",
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

export const faultSchema = z.strictObject({
  kind: z.enum(FAULT_KINDS),
  provider: z.enum(["openai", "google", "anthropic"]).optional(),
  /** Endpoint name as in the call log, such as `batches.create`; all when absent. */
  endpoint: z.string().optional(),
  /** Share of calls, or of lines for the kinds that change lines. */
  rate: z.number().min(0).max(1).default(1),
  /** The fault ends after so many occurrences; it stays when absent. */
  times: z.int().positive().optional(),
  /** Seconds: the retry hint of `rate-limit`, the wait of `slow`, the age or delay of the kinds that have one. */
  seconds: z.number().optional(),
  /** Bytes after which `truncate` cuts, or bytes a second of `trickle`. */
  bytes: z.int().positive().optional(),
  /** The status of `unknown-status`. */
  status: z.string().optional(),
});

export type FaultInput = z.input<typeof faultSchema>;
export type Fault = z.output<typeof faultSchema> & { readonly id: string; occurrences: number };

/** The faults that are switched on. */
export class Faults {
  readonly #seed: number;
  #faults: Fault[] = [];
  #sequence = 0;
  #draws = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  add(input: FaultInput): Fault {
    const fault: Fault = { ...faultSchema.parse(input), id: `fault_${++this.#sequence}`, occurrences: 0 };
    this.#faults.push(fault);
    return fault;
  }

  list(): readonly Fault[] {
    return this.#faults;
  }

  /** Switches one fault off, or all; returns how many that were. */
  clear(id?: string): number {
    const before = this.#faults.length;
    this.#faults = id === undefined ? [] : this.#faults.filter((fault) => fault.id !== id);
    return before - this.#faults.length;
  }

  /** The first fault of these kinds that strikes this call; it is counted as having occurred. */
  strike(provider: ProviderName, endpoint: string, kinds: readonly FaultKind[]): Fault | null {
    for (const fault of this.#faults) {
      if (!kinds.includes(fault.kind) || !applies(fault, provider, endpoint)) continue;
      if (!happens(`fault:${this.#seed}:${fault.id}:${++this.#draws}`, fault.rate)) continue;
      fault.occurrences++;
      return fault;
    }
    return null;
  }

  /** Whether a fault strikes that lasts only while something is young: its `seconds`, or the default. */
  strikeYoung(
    provider: ProviderName,
    endpoint: string,
    kind: FaultKind,
    age: { readonly ageMs: number; readonly defaultSeconds: number },
  ): boolean {
    const isYoung = this.#faults.some(
      (fault) => fault.kind === kind && age.ageMs < (fault.seconds ?? age.defaultSeconds) * 1_000,
    );
    return isYoung && this.strike(provider, endpoint, [kind]) !== null;
  }

  /** Clock offset of a provider in milliseconds, positive when its clock is fast. */
  clockOffsetMs(provider: ProviderName): number {
    let offsetMs = 0;
    for (const fault of this.#faults) {
      if (fault.kind === "clock-offset" && applies(fault, provider, ""))
        offsetMs += (fault.seconds ?? 300) * 1_000;
    }
    return offsetMs;
  }
}

function applies(fault: Fault, provider: ProviderName, endpoint: string): boolean {
  if (fault.times !== undefined && fault.occurrences >= fault.times) return false;
  if (fault.provider !== undefined && fault.provider !== provider) return false;
  return fault.endpoint === undefined || fault.kind === "clock-offset" || fault.endpoint === endpoint;
}

/** What goes wrong by itself in the scenario `chaos`. */
export const CHAOS_FAULTS: readonly FaultInput[] = [
  { kind: "rate-limit", rate: 0.04, seconds: 1 },
  { kind: "rate-limit-without-hint", rate: 0.02 },
  { kind: "server-error", rate: 0.02 },
  { kind: "bad-gateway-html", rate: 0.01 },
  { kind: "unavailable", rate: 0.02 },
  { kind: "overloaded", rate: 0.02, provider: "anthropic" },
  { kind: "close-before", rate: 0.01 },
  { kind: "close-after", rate: 0.02 },
  { kind: "truncate", rate: 0.05, bytes: 4_000 },
  { kind: "not-found-after-create", rate: 0.3, seconds: 1 },
  { kind: "unknown-status", rate: 0.03 },
  { kind: "late-output", rate: 1, seconds: 1 },
  { kind: "malformed-line", rate: 0.01 },
  { kind: "blank-line", rate: 0.01 },
  { kind: "duplicate-custom-id", rate: 0.01 },
  { kind: "missing-custom-id", rate: 0.01 },
];
