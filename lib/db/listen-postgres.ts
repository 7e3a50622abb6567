import pg from "pg";
import type { Unsubscribe } from "./client.ts";

const reconnectDelaysMs = [250, 500, 1000, 2000, 5000];

/**
 * Keeps one connection listening on a channel for as long as the process wants it. After a break it connects again
 * with back-off and calls `onReconnect`, because notifications of the gap are lost.
 */
export async function listenOnPostgres(
  url: string,
  channel: string,
  onPayload: (payload: string) => void,
  onReconnect: () => void,
  onError: (error: Error) => void,
): Promise<Unsubscribe> {
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: 10_000 });
    next.on("notification", (message) => onPayload(message.payload ?? ""));
    next.on("error", onError);
    try {
      await next.connect();
      await next.query(`listen ${pg.escapeIdentifier(channel)}`);
    } catch (error) {
      await next.end().catch(onError);
      throw error;
    }
    next.on("end", () => scheduleReconnect(0));
    client = next;
  }

  function scheduleReconnect(attempt: number): void {
    if (stopped || timer) return;
    const delay = reconnectDelaysMs[Math.min(attempt, reconnectDelaysMs.length - 1)] ?? 5000;
    timer = setTimeout(() => {
      timer = null;
      connect().then(onReconnect, (error: unknown) => {
        onError(error instanceof Error ? error : new Error(String(error)));
        scheduleReconnect(attempt + 1);
      });
    }, delay);
  }

  await connect();
  return async () => {
    stopped = true;
    if (timer) clearTimeout(timer);
    await client?.end();
  };
}
