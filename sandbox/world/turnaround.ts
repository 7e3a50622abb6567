import type { Plan, ProviderName, Scenario } from "./model.ts";
import { randomOf, type Random } from "./random.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How long a batch may take before it expires. */
export const WINDOW_MS: Readonly<Record<ProviderName, number>> = {
  openai: 24 * HOUR,
  google: 48 * HOUR,
  anthropic: 24 * HOUR,
};

export interface PlanRequest {
  readonly provider: ProviderName;
  readonly scenario: Scenario;
  /** Everything drawn depends on this text alone. */
  readonly key: string;
  readonly createdAtMs: number;
}

/** Draws the whole life of a batch. */
export function drawPlan(request: PlanRequest): Plan {
  const random = randomOf(`plan:${request.key}`);
  const shared = { progressShape: 0.7 + random.next() * 0.9, stallAt: 0.15 + random.next() * 0.8 };
  const plan = { ...shared, ...drawScenario(request, random), failRate: FAIL_RATE[request.scenario] };
  // Anthropic knows no failed batch: there a failure of the whole shows as an error of every request.
  return request.provider === "anthropic" && plan.fate === "fail"
    ? { ...plan, fate: "complete", failRate: 1 }
    : plan;
}

const FAIL_RATE: Readonly<Record<Scenario, number>> = {
  instant: 0,
  chaos: 1 / 30,
  demo: 0.03,
  realistic: 0.006,
};

function drawScenario(request: PlanRequest, random: Random): DrawnPlan {
  switch (request.scenario) {
    case "instant":
    case "chaos":
      return instantPlan(random, request.scenario === "chaos");
    case "demo":
      return demoPlan(request.provider, random);
    case "realistic":
      return realisticPlan(request, random);
  }
}

type DrawnPlan = Omit<Plan, "progressShape" | "stallAt" | "failRate">;

function instantPlan(random: Random, isChaos: boolean): DrawnPlan {
  return {
    queueMs: random.between(40, 250),
    workMs: random.between(200, 1_500),
    finalizeMs: random.between(20, 200),
    cancelMs: random.between(150, 600),
    fate: "complete",
    cancelEndsSucceeded: isChaos && random.next() < 0.25,
  };
}

// Medians, spreads and tails differ on purpose: a comparison of three equal curves would show nothing.
const DEMO = {
  openai: { medianMs: 42 * SECOND, sigma: 0.45, tailShare: 0.14, tailMs: [100 * SECOND, 225 * SECOND] },
  google: { medianMs: 65 * SECOND, sigma: 0.35, tailShare: 0.1, tailMs: [140 * SECOND, 235 * SECOND] },
  anthropic: { medianMs: 30 * SECOND, sigma: 0.5, tailShare: 0.08, tailMs: [90 * SECOND, 210 * SECOND] },
} as const;

function demoPlan(provider: ProviderName, random: Random): DrawnPlan {
  const shape = DEMO[provider];
  const inTail = random.next() < shape.tailShare;
  const drawn = inTail
    ? random.between(shape.tailMs[0], shape.tailMs[1])
    : random.logNormal(shape.medianMs, shape.sigma);
  let totalMs = Math.min(Math.max(drawn, 15 * SECOND), 235 * SECOND);
  const lot = random.next();
  const fate = lot < 0.008 ? "fail" : lot < 0.011 ? "stall" : "complete";
  if (lot >= 0.011 && lot < 0.02) totalMs = random.between(6 * MINUTE, 25 * MINUTE);
  const queueMs = totalMs * (0.06 + random.next() * 0.2);
  const finalizeMs = Math.min(totalMs * 0.08, random.between(500, 4 * SECOND));
  return {
    queueMs: Math.round(queueMs),
    finalizeMs: Math.round(finalizeMs),
    workMs: Math.round(totalMs - queueMs - finalizeMs),
    cancelMs: random.between(3 * SECOND, 12 * SECOND),
    fate,
    cancelEndsSucceeded: false,
  };
}

// Share of the slow mode, medians of both modes: most batches end in minutes, a part waits for hours.
const REALISTIC = {
  openai: { slowShare: 0.16, fastMs: 3.5 * MINUTE, fastSigma: 0.55, slowMs: 7.3 * HOUR, slowSigma: 0.25 },
  google: { slowShare: 0.12, fastMs: 2.2 * MINUTE, fastSigma: 0.7, slowMs: 5 * HOUR, slowSigma: 0.8 },
  anthropic: { slowShare: 0.07, fastMs: 2.8 * MINUTE, fastSigma: 0.6, slowMs: 1.2 * HOUR, slowSigma: 0.6 },
} as const;

function realisticPlan(request: PlanRequest, random: Random): DrawnPlan {
  const shape = REALISTIC[request.provider];
  const load = loadAt(request.createdAtMs);
  const slow = random.next() < shape.slowShare * load;
  const drawn = slow
    ? random.logNormal(shape.slowMs, shape.slowSigma)
    : random.logNormal(shape.fastMs, shape.fastSigma) * (0.75 + 0.25 * load);
  const workMs = Math.max(drawn, 20 * SECOND);
  const lot = random.next();
  return {
    queueMs: drawQueueMs(request.provider, random),
    workMs: Math.round(workMs),
    finalizeMs: request.provider === "openai" ? random.between(0, 30) * SECOND : random.between(50, 900),
    cancelMs: Math.round(Math.min(random.logNormal(45 * SECOND, 0.9), 10 * MINUTE)),
    fate: lot < 0.007 ? "fail" : lot < 0.018 ? "stall" : "complete",
    cancelEndsSucceeded: random.next() < 0.25,
  };
}

/** OpenAI's validator looks about once a minute, so its wait is either a second or a minute. */
function drawQueueMs(provider: ProviderName, random: Random): number {
  if (provider === "openai") {
    return random.next() < 0.5 ? random.between(1_000, 2_000) : random.between(61_000, 63_000);
  }
  if (provider === "google") return Math.round(random.logNormal(25 * SECOND, 0.6));
  return random.between(500, 4_000);
}

/** Load of the provider by hour of day: about 0.5 in the night of the Americas, 1.7 in their afternoon. */
function loadAt(atMs: number): number {
  const hour = (atMs / HOUR) % 24;
  const peakHour = 19;
  return 1.1 + 0.6 * Math.cos(((hour - peakHour) / 24) * 2 * Math.PI);
}
