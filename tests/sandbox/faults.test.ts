import { get } from "node:http";
import { describe, expect, it } from "vitest";
import {
  chatLine,
  createOpenAiBatch,
  linesOf,
  messageRequest,
  openAi,
  anthropic,
  google,
  startWorld,
  type World,
} from "./support.ts";

const PROVIDERS = ["openai", "google", "anthropic"] as const;
type Provider = (typeof PROVIDERS)[number];

const MODELS_PATH: Readonly<Record<Provider, string>> = {
  openai: "/openai/v1/models",
  google: "/google/v1/models",
  anthropic: "/anthropic/v1/models",
};

const headers = {
  authorization: "Bearer key-a",
  "x-goog-api-key": "key-a",
  "anthropic-version": "2023-06-01",
};

function models(world: World, provider: Provider): Promise<Response> {
  return fetch(`${world.origin}${MODELS_PATH[provider]}`, { headers });
}

async function switchOn(world: World, fault: object): Promise<void> {
  const response = await world.control("POST", "/faults", fault);
  expect(response.status).toBe(200);
}

describe("refusals", () => {
  it.each(PROVIDERS)("answer in the envelope of %s", async (provider) => {
    const world = await startWorld();
    const overloaded = provider === "anthropic" ? 529 : 503;
    const expected: [kind: string, status: number][] = [
      ["rate-limit-without-hint", 429],
      ["server-error", 500],
      ["unavailable", 503],
      ["overloaded", overloaded],
    ];
    for (const [kind, status] of expected) {
      await switchOn(world, { kind, provider, times: 1 });
      const response = await models(world, provider);
      expect(response.status).toBe(status);
      expect(response.headers.get("retry-after")).toBeNull();
      expect(await response.json()).toHaveProperty("error.message");
    }
    expect((await models(world, provider)).status).toBe(200);
  });

  it.each(PROVIDERS)("carry a retry hint at %s when asked to", async (provider) => {
    const world = await startWorld();
    await switchOn(world, { kind: "rate-limit", seconds: 7, times: 1 });
    const response = await models(world, provider);
    expect(response.status).toBe(429);
    expect(response.headers.get("retry-after")).toBe("7");
  });

  it("may be HTML from a gateway", async () => {
    const world = await startWorld();
    await switchOn(world, { kind: "bad-gateway-html", provider: "openai" });
    const response = await models(world, "openai");
    expect(response.status).toBe(502);
    expect(response.headers.get("content-type")).toBe("text/html");
    expect((await models(world, "google")).status).toBe(200);
  });

  it("strike a share of the calls, the same ones for the same seed", async () => {
    const run = async (): Promise<number[]> => {
      const world = await startWorld({ seed: 5 });
      await switchOn(world, { kind: "server-error", rate: 0.3 });
      const statuses: number[] = [];
      for (let call = 0; call < 60; call++) statuses.push((await models(world, "google")).status);
      return statuses;
    };
    const first = await run();
    expect(first.filter((status) => status === 500).length).toBeGreaterThan(8);
    expect(first.filter((status) => status === 500).length).toBeLessThan(30);
    expect(await run()).toEqual(first);
  });
});

describe("connections that break", () => {
  it("before the call is processed leave nothing behind", async () => {
    const world = await startWorld();
    await switchOn(world, { kind: "close-before", endpoint: "batches.create", times: 1 });
    const client = anthropic(world);
    const create = () => client.messages.batches.create({ requests: [messageRequest("a-1")] });
    await expect(create()).rejects.toThrow("Connection error.");
    expect((await client.messages.batches.list()).data).toHaveLength(0);
    await create();
  });

  it("after the call is processed leave a batch that nobody was told of", async () => {
    const world = await startWorld();
    await switchOn(world, { kind: "close-after", endpoint: "batches.create" });
    await expect(
      anthropic(world).messages.batches.create({ requests: [messageRequest("a-1")] }),
    ).rejects.toThrow();
    await expect(createOpenAiBatch(openAi(world), [chatLine("a-1")])).rejects.toThrow();
    const inline = [{ contents: [{ parts: [{ text: "x" }] }] }];
    await expect(
      google(world).batches.create({ model: "gemini-2.5-flash-lite", src: inline }),
    ).rejects.toThrow();
    const { total } = (await (await world.control("GET", "/batches")).json()) as { total: number };
    expect(total).toBe(3);
    const { calls } = (await (await world.control("GET", "/log")).json()) as {
      calls: { endpoint: string }[];
    };
    expect(calls).toContainEqual(
      expect.objectContaining({
        provider: "openai",
        endpoint: "batches.create",
        calls: 1,
        statuses: { "0": 1 },
      }),
    );
  });

  it("cut a download short without a clean end", async () => {
    const world = await startWorld();
    const client = openAi(world);
    const { id } = await createOpenAiBatch(client, [chatLine("t-1"), chatLine("t-2"), chatLine("t-3")]);
    world.advance(5);
    const { output_file_id: fileId } = await client.batches.retrieve(id);
    await switchOn(world, { kind: "truncate", bytes: 100, times: 1 });
    const response = await client.files.content(fileId ?? "");
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow("terminated");
    expect(linesOf(await (await client.files.content(fileId ?? "")).text()).length).toBeGreaterThan(0);
  });
});

describe("faults of results", () => {
  const kinds: [kind: string, check: (damaged: string[], whole: string[]) => void][] = [
    ["malformed-line", (damaged) => expect(() => JSON.parse(damaged[0] ?? "")).toThrow()],
    ["blank-line", (damaged, whole) => expect(damaged).toEqual(["", ...whole])],
    ["duplicate-custom-id", (damaged, whole) => expect(damaged).toEqual([whole[0], ...whole])],
    ["missing-custom-id", (damaged, whole) => expect(damaged).toEqual(whole.slice(1))],
  ];

  it.each(kinds)("%s", async (kind, check) => {
    const world = await startWorld();
    const client = anthropic(world);
    const requests = ["a", "b", "c", "d"].map((id) => messageRequest(id));
    const { id } = await client.messages.batches.create({ requests });
    world.advance(5);
    const read = async (): Promise<string[]> => {
      const url = `${world.origin}/anthropic/v1/messages/batches/${id}/results`;
      return (await (await fetch(url, { headers })).text()).split("\n").slice(0, -1);
    };
    const whole = await read();
    await switchOn(world, { kind, endpoint: "batches.results", times: 1 });
    check(await read(), whole);
    expect(await read()).toEqual(whole);
  });
});

describe("faults of batches", () => {
  it("hide a new batch for a while", async () => {
    const world = await startWorld();
    await switchOn(world, { kind: "not-found-after-create", seconds: 3 });
    const client = openAi(world);
    const { id } = await createOpenAiBatch(client, [chatLine("n-1")]);
    await expect(client.batches.retrieve(id)).rejects.toMatchObject({ status: 404 });
    world.advance(3);
    expect((await client.batches.retrieve(id)).id).toBe(id);
  });

  it("show a status that no client knows, until the batch ends", async () => {
    const world = await startWorld();
    await switchOn(world, { kind: "unknown-status", status: "resting" });
    const client = anthropic(world);
    const created = await client.messages.batches.create({ requests: [messageRequest("n-1")] });
    expect(created.processing_status).toBe("resting");
    world.advance(5);
    expect((await client.messages.batches.retrieve(created.id)).processing_status).toBe("ended");
  });

  it("show the output later than the end", async () => {
    const world = await startWorld();
    await switchOn(world, { kind: "late-output", seconds: 60 });
    const client = openAi(world);
    const { id } = await createOpenAiBatch(client, [chatLine("n-1"), chatLine("n-2")]);
    world.advance(5);
    expect(await client.batches.retrieve(id)).toMatchObject({ status: "completed", output_file_id: null });
    world.advance(60);
    expect((await client.batches.retrieve(id)).output_file_id).not.toBeNull();
  });

  it("show a clock that is off, in bodies and in the date header", async () => {
    const world = await startWorld();
    await switchOn(world, { kind: "clock-offset", provider: "openai", seconds: -300 });
    const created = await createOpenAiBatch(openAi(world), [chatLine("n-1")]);
    expect(created.created_at).toBe(world.now() / 1_000 - 300);
    const date = Date.parse((await models(world, "openai")).headers.get("date") ?? "");
    expect(date).toBe(world.now() - 300_000);
    expect(Date.parse((await models(world, "google")).headers.get("date") ?? "")).toBe(world.now());
  });
});

describe("the control API", () => {
  it("lists, clears and refuses faults", async () => {
    const world = await startWorld();
    await switchOn(world, { kind: "slow", seconds: 0 });
    expect((await world.control("POST", "/faults", { kind: "nonsense" })).status).toBe(400);
    expect(await (await world.control("GET", "/faults")).json()).toMatchObject({
      faults: [{ kind: "slow", rate: 1 }],
    });
    expect(await (await world.control("DELETE", "/faults")).json()).toEqual({ cleared: 1 });
  });

  it("is closed to pages of other sites", async () => {
    const world = await startWorld();
    const response = await fetch(`${world.origin}/__sandbox/faults`, {
      method: "POST",
      headers: { origin: "https://example.com" },
      body: JSON.stringify({ kind: "slow" }),
    });
    expect(response.status).toBe(403);
  });

  it.each([
    ["evil.example", 403],
    ["localhost", 200],
    ["127.0.0.1", 200],
  ])("answers a call to the host %s with %i", async (host, status) => {
    const world = await startWorld();
    const { port } = new URL(world.origin);
    const answered = await new Promise((resolve, reject) => {
      const options = {
        port,
        host: "127.0.0.1",
        path: "/__sandbox/log",
        headers: { host: `${host}:${port}` },
      };
      get(options, (response) => resolve(response.resume().statusCode)).on("error", reject);
    });
    expect(answered).toBe(status);
  });

  it.each([
    [{ state: "expired", ageSeconds: 60 }, "a batch expires only after 24 hours"],
    [{ state: "running", ageSeconds: 100_000 }, "a batch of this age has ended"],
    [{ state: "completed", ageSeconds: 60, turnaroundSeconds: 90 }, "longer than ageSeconds"],
    [{ state: "failed" }, "Anthropic has no failed batches"],
    [{ state: "completed", requests: 100_000, count: 11 }, "1000000 requests"],
  ])("refuses the impossible batch %j", async (request, message) => {
    const world = await startWorld();
    const response = await world.control("POST", "/batches", { provider: "anthropic", key: "k", ...request });
    expect(response.status).toBe(400);
    expect(JSON.stringify(await response.json())).toContain(message);
  });

  it.each(PROVIDERS)("makes batches of %s in every state and tells how they came to be", async (provider) => {
    const world = await startWorld();
    const states = ["queued", "running", "finalizing", "cancelling", "completed", "cancelled"];
    for (const state of states) {
      const request = { provider, key: "key-a", state, ageSeconds: 1_000, turnaroundSeconds: 800 };
      const made = await (await world.control("POST", "/batches", request)).json();
      expect(made).toMatchObject({ provider, state, createdBy: "control", requests: 3 });
    }
    const listed = (await (await world.control("GET", `/batches?provider=${provider}`)).json()) as {
      total: number;
    };
    expect(listed.total).toBe(states.length);
  });

  it.each(PROVIDERS)("finds a turnaround for a batch of %s of any age", async (provider) => {
    const world = await startWorld();
    for (const ageSeconds of [1, 90_000, 200_000, 13 * 86_400]) {
      const request = { provider, key: "key-a", state: "completed", ageSeconds };
      const response = await world.control("POST", "/batches", request);
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ state: "completed" });
    }
  });

  it.each(PROVIDERS)("makes many batches of %s with one call", async (provider) => {
    const world = await startWorld();
    const request = { provider, key: "key-a", state: "running", ageSeconds: 60, requests: 1, count: 1_500 };
    const made = (await (await world.control("POST", "/batches", request)).json()) as {
      made: number;
      ids: string[];
    };
    expect(made.made).toBe(1_500);
    expect(new Set(made.ids).size).toBe(1_500);
    const read = async (query: string) =>
      (await (await world.control("GET", `/batches?${query}`)).json()) as {
        total: number;
        batches: { id: string; state: string }[];
      };
    const first = await read("limit=1000");
    const rest = await read("limit=1000&offset=1000");
    expect([first.total, first.batches.length, rest.batches.length]).toEqual([1_500, 1_000, 500]);
    expect(new Set([...first.batches, ...rest.batches].map(({ id }) => id))).toEqual(new Set(made.ids));
    expect(first.batches.every(({ state }) => state === "running")).toBe(true);
    expect((await world.control("GET", "/batches?limit=0")).status).toBe(400);
  });

  it("holds back the calls of one provider only", async () => {
    const world = await startWorld();
    await switchOn(world, { kind: "slow", provider: "openai", seconds: 25 });
    const held = new AbortController();
    const slow = fetch(`${world.origin}${MODELS_PATH.openai}`, { headers, signal: held.signal });
    const first = await Promise.race([
      slow.then(() => "openai"),
      models(world, "google").then(() => "google"),
    ]);
    expect(first).toBe("google");
    held.abort();
    await expect(slow).rejects.toThrow("aborted");
  });

  it("moves its clock for good", async () => {
    const world = await startWorld();
    const { id } = await createOpenAiBatch(openAi(world), [chatLine("z-1")]);
    await world.control("POST", "/clock", { advanceSeconds: 5 });
    expect((await openAi(world).batches.retrieve(id)).status).toBe("completed");
    const again = await world.restart();
    expect((await openAi(again).batches.retrieve(id)).status).toBe("completed");
  });
});
