/** A random number in [0, 1), injected so that tests can hold it still. */
export type Random = () => number;

/**
 * Seconds to wait before the next attempt of something that failed `attempts` times in a row: doubling from
 * `baseSeconds`, at most `limitSeconds`, with ±20 % jitter. A provider's own `retryAfterSeconds` is a lower bound.
 */
export function backOffSeconds(
  attempts: number,
  options: { baseSeconds: number; limitSeconds: number; retryAfterSeconds?: number | null; random?: Random },
): number {
  const { baseSeconds, limitSeconds, retryAfterSeconds, random = Math.random } = options;
  const doubled = Math.min(limitSeconds, baseSeconds * 2 ** Math.min(Math.max(attempts - 1, 0), 30));
  const jittered = doubled * (0.8 + 0.4 * random());
  return Math.max(jittered, retryAfterSeconds ?? 0);
}

/** So many failures of one job are bad luck; more are a trouble of its own, which is asked about less often. */
const unluckyAttempts = 30;

/**
 * Seconds until the next attempt of one job that failed `attempts` times in a row. Short, because an outage of the
 * whole provider is waited out by the account's own pause.
 */
export function jobBackOffSeconds(
  attempts: number,
  { retryAfterSeconds, baseSeconds = 1 }: { retryAfterSeconds?: number | null; baseSeconds?: number },
): number {
  const limitSeconds = attempts <= unluckyAttempts ? Math.max(20, baseSeconds) : 300;
  return backOffSeconds(attempts, { baseSeconds, limitSeconds, retryAfterSeconds });
}

/** `now` plus a number of seconds. */
export function after(now: Date, seconds: number): Date {
  return new Date(now.getTime() + seconds * 1000);
}
