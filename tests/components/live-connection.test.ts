import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LiveConnection, type ConnectionState } from "#components/layout/live-connection.ts";
import type { LiveEvent } from "#lib/domain/live-event.ts";

class FakeEventSource extends EventTarget {
  isClosed = false;
  close(): void {
    this.isClosed = true;
  }
}

let sources: FakeEventSource[];
let states: ConnectionState[];
let events: LiveEvent[];
let connection: LiveConnection;

const latest = () => sources.at(-1)!;

beforeEach(() => {
  vi.useFakeTimers();
  sources = [];
  states = [];
  events = [];
  connection = new LiveConnection({
    open: () => {
      const source = new FakeEventSource();
      sources.push(source);
      // The connection uses only listeners and close, which the fake has.
      return source as unknown as EventSource;
    },
    onEvent: (event) => events.push(event),
    onState: (state) => states.push(state),
  });
});

afterEach(() => {
  connection.close();
  vi.useRealTimers();
});

describe("live connection", () => {
  it("reads everything again after the first opening, because events since the server drew the page are lost", () => {
    connection.connect();
    latest().dispatchEvent(new Event("open"));
    expect(states).toEqual(["connected"]);
    expect(events).toEqual([{ type: "resync" }]);
  });

  it("hands on what the server says", () => {
    connection.connect();
    latest().dispatchEvent(new Event("open"));
    const event: LiveEvent = { type: "sets.changed", jobSetIds: ["set_1"] };
    latest().dispatchEvent(new MessageEvent("message", { data: JSON.stringify(event) }));
    expect(events).toEqual([{ type: "resync" }, event]);
  });

  it("reads everything again when a message cannot be understood", () => {
    connection.connect();
    latest().dispatchEvent(new MessageEvent("message", { data: "{" }));
    expect(events).toEqual([{ type: "resync" }]);
  });

  it("comes back after a break, closes the old stream and resyncs", () => {
    connection.connect();
    latest().dispatchEvent(new Event("open"));
    latest().dispatchEvent(new Event("error"));
    expect(sources[0]?.isClosed).toBe(true);
    expect(states.at(-1)).toBe("reconnecting");
    vi.advanceTimersByTime(1300);
    expect(sources).toHaveLength(2);
    latest().dispatchEvent(new Event("open"));
    expect(states.at(-1)).toBe("connected");
    expect(events).toEqual([{ type: "resync" }, { type: "resync" }]);
  });

  it("says offline after three vain attempts and goes on trying, ever more slowly", () => {
    connection.connect();
    for (let attempt = 0; attempt < 3; attempt += 1) {
      latest().dispatchEvent(new Event("error"));
      vi.advanceTimersByTime(20_000);
    }
    expect(states).toEqual(["reconnecting", "reconnecting", "offline"]);
    expect(sources).toHaveLength(4);
    for (let attempt = 0; attempt < 5; attempt += 1) {
      latest().dispatchEvent(new Event("error"));
      vi.advanceTimersByTime(20_000);
    }
    latest().dispatchEvent(new Event("error"));
    vi.advanceTimersByTime(11_000);
    expect(sources).toHaveLength(9);
  });

  it("opens nothing more once it is closed", () => {
    connection.connect();
    latest().dispatchEvent(new Event("error"));
    connection.close();
    vi.advanceTimersByTime(60_000);
    expect(sources).toHaveLength(1);
  });
});
