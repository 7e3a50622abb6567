import { liveEventSchema, type LiveEvent } from "#lib/domain/live-event.ts";

export type ConnectionState = "connecting" | "connected" | "reconnecting" | "offline";

export type LiveConnectionOptions = {
  open: () => EventSource;
  onEvent: (event: LiveEvent) => void;
  onState: (state: ConnectionState) => void;
};

const attemptsUntilOffline = 3;
const firstDelayMilliseconds = 1000;
const longestDelayMilliseconds = 15_000;

/**
 * One stream of live events that comes back by itself. At its start and after every gap it emits a resync, because
 * events before it are lost. It counts as offline after three vain attempts in a row.
 */
export class LiveConnection {
  readonly #options: LiveConnectionOptions;
  #source: EventSource | null = null;
  #retryTimer: ReturnType<typeof setTimeout> | null = null;
  #vainAttempts = 0;
  /** The time between the server's drawing of the page and the first opening is a gap as well. */
  #hadGap = true;

  constructor(options: LiveConnectionOptions) {
    this.#options = options;
  }

  /** Opens the stream now, whatever was planned. */
  connect(): void {
    this.close();
    const source = this.#options.open();
    this.#source = source;
    source.addEventListener("open", () => this.#onOpen());
    source.addEventListener("message", (message: MessageEvent<unknown>) => this.#onMessage(message.data));
    source.addEventListener("error", () => this.#onError());
  }

  /** Ends the stream without planning another. The next `connect` counts as after a gap. */
  close(): void {
    if (this.#retryTimer !== null) clearTimeout(this.#retryTimer);
    this.#retryTimer = null;
    if (this.#source === null) return;
    this.#source.close();
    this.#source = null;
    this.#hadGap = true;
  }

  /** The browser knows that there is no network. */
  goOffline(): void {
    this.close();
    this.#hadGap = true;
    this.#options.onState("offline");
  }

  #onOpen(): void {
    this.#vainAttempts = 0;
    this.#options.onState("connected");
    if (this.#hadGap) this.#options.onEvent({ type: "resync" });
    this.#hadGap = false;
  }

  #onMessage(data: unknown): void {
    const event = parseLiveEvent(data);
    this.#options.onEvent(event ?? { type: "resync" });
  }

  #onError(): void {
    this.close();
    this.#vainAttempts += 1;
    this.#options.onState(this.#vainAttempts >= attemptsUntilOffline ? "offline" : "reconnecting");
    const delay = Math.min(firstDelayMilliseconds * 2 ** (this.#vainAttempts - 1), longestDelayMilliseconds);
    this.#retryTimer = setTimeout(() => this.connect(), delay * (0.75 + Math.random() * 0.5));
  }
}

function parseLiveEvent(data: unknown): LiveEvent | null {
  if (typeof data !== "string") return null;
  try {
    return liveEventSchema.safeParse(JSON.parse(data)).data ?? null;
  } catch {
    return null;
  }
}
