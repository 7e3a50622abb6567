import { get } from "node:http";
import { describe, expect, it } from "vitest";
import {
  anthropic,
  chatLine,
  createOpenAiBatch,
  google,
  messageRequest,
  openAi,
  startWorld,
  type World,
} from "./support.ts";

const PROVIDERS = ["openai", "google", "anthropic"] as const;
type Provider = (typeof PROVIDERS)[number];

const headers = {
  authorization: "Bearer key-a",
  "x-goog-api-key": "key-a",
  "anthropic-version": "2023-06-01",
};
const ids = ["a", "b", "c", "d"];

interface Seen {
  readonly httpStatus: number;
  readonly status: string | undefined;
  /** Where the results are; null while there are none. */
  readonly results: string | null;
}

/** How a test makes a batch at one provider and looks at it, on the wire. */
interface Driver {
  create(world: World): Promise<string>;
  see(world: World, id: string): Promise<Seen>;
  resultsEndpoint: string;
}

/** The fields of the three providers' batches that these tests look at. */
interface WireBatch {
  readonly status?: string;
  readonly output_file_id?: string | null;
  readonly metadata?: { readonly state: string; readonly output?: { readonly responsesFile: string } };
  readonly processing_status?: string;
  readonly results_url?: string | null;
}

async function json(world: World, path: string): Promise<{ httpStatus: number; body: WireBatch }> {
  const response = await fetch(`${world.origin}${path}`, { headers });
  // Test code: the fields are what the assertions check.
  return { httpStatus: response.status, body: (await response.json()) as WireBatch };
}

const drivers: Readonly<Record<Provider, Driver>> = {
  openai: {
    create: async (world) =>
      (
        await createOpenAiBatch(
          openAi(world),
          ids.map((id) => chatLine(id)),
        )
      ).id,
    see: async (world, id) => {
      const { httpStatus, body } = await json(world, `/openai/v1/batches/${id}`);
      const file = body.output_file_id ?? null;
      return {
        httpStatus,
        status: body.status,
        results: file === null ? null : `/openai/v1/files/${file}/content`,
      };
    },
    resultsEndpoint: "files.content",
  },
  google: {
    create: async (world) => {
      const lines = ids.map((key) =>
        JSON.stringify({ key, request: { contents: [{ parts: [{ text: key }] }] } }),
      );
      const file = await google(world).files.upload({
        file: new Blob([lines.join("\n")]),
        config: { mimeType: "application/jsonl" },
      });
      const src = file.name ?? "";
      return (await google(world).batches.create({ model: "gemini-2.5-flash-lite", src })).name ?? "";
    },
    see: async (world, id) => {
      const { httpStatus, body } = await json(world, `/google/v1beta/${id}`);
      const file = body.metadata?.output?.responsesFile ?? null;
      const results = file === null ? null : `/google/v1beta/${file}:download?alt=media`;
      return { httpStatus, status: body.metadata?.state, results };
    },
    resultsEndpoint: "files.download",
  },
  anthropic: {
    create: async (world) =>
      (await anthropic(world).messages.batches.create({ requests: ids.map((id) => messageRequest(id)) })).id,
    see: async (world, id) => {
      const { httpStatus, body } = await json(world, `/anthropic/v1/messages/batches/${id}`);
      const results = body.results_url == null ? null : new URL(body.results_url).pathname;
      return { httpStatus, status: body.processing_status, results };
    },
    resultsEndpoint: "batches.results",
  },
};

async function start(provider: Provider, fault: object) {
  const world = await startWorld();
  expect((await world.control("POST", "/faults", { provider, ...fault })).status).toBe(200);
  return { world, driver: drivers[provider] };
}

describe.each(PROVIDERS)("at %s", (provider) => {
  it("a new batch can be hidden for a while", async () => {
    const { world, driver } = await start(provider, { kind: "not-found-after-create", seconds: 3 });
    const id = await driver.create(world);
    expect((await driver.see(world, id)).httpStatus).toBe(404);
    world.advance(3);
    expect((await driver.see(world, id)).httpStatus).toBe(200);
  });

  it("a batch can show a status that no client knows until it ends", async () => {
    const { world, driver } = await start(provider, { kind: "unknown-status", status: "resting" });
    const id = await driver.create(world);
    expect((await driver.see(world, id)).status).toBe("resting");
    world.advance(5);
    expect((await driver.see(world, id)).status).toMatch(/^(completed|ended|BATCH_STATE_SUCCEEDED)$/);
  });

  it("results can be there later than the end", async () => {
    const { world, driver } = await start(provider, { kind: "late-output", seconds: 60 });
    const id = await driver.create(world);
    world.advance(5);
    const early = await driver.see(world, id);
    expect(early.status).toMatch(/^(completed|ended|BATCH_STATE_SUCCEEDED)$/);
    expect(early.results).toBeNull();
    world.advance(60);
    expect((await driver.see(world, id)).results).not.toBeNull();
  });

  const kinds: [kind: string, check: (damaged: string[], whole: string[]) => void][] = [
    ["malformed-line", (damaged) => expect(() => JSON.parse(damaged[0] ?? "")).toThrow()],
    ["blank-line", (damaged, whole) => expect(damaged).toEqual(["", ...whole])],
    ["duplicate-custom-id", (damaged, whole) => expect(damaged).toEqual([whole[0], ...whole])],
    ["missing-custom-id", (damaged, whole) => expect(damaged).toEqual(whole.slice(1))],
  ];
  it.each(kinds)("results can have a %s", async (kind, check) => {
    const endpoint = drivers[provider].resultsEndpoint;
    const { world, driver } = await start(provider, { kind, endpoint, times: 1 });
    const id = await driver.create(world);
    world.advance(5);
    const { results } = await driver.see(world, id);
    const read = async (): Promise<string[]> =>
      (await (await fetch(`${world.origin}${results}`, { headers })).text()).split("\n").slice(0, -1);
    const damaged = await read();
    const whole = await read();
    expect(whole).toHaveLength(ids.length);
    check(damaged, whole);
  });

  it("a download can break off", async () => {
    const { world, driver } = await start(provider, { kind: "truncate", bytes: 100, times: 1 });
    const id = await driver.create(world);
    world.advance(5);
    const { results } = await driver.see(world, id);
    const cut = await fetch(`${world.origin}${results}`, { headers });
    expect(cut.status).toBe(200);
    await expect(cut.text()).rejects.toThrow("terminated");
    expect((await (await fetch(`${world.origin}${results}`, { headers })).text()).length).toBeGreaterThan(
      100,
    );
  });

  it("an answer can come in drops, and whole all the same", async () => {
    const { world, driver } = await start(provider, { kind: "trickle", bytes: 4_000 });
    const id = await driver.create(world);
    world.advance(5);
    const { results } = await driver.see(world, id);
    const pieces = await piecesOf(`${world.origin}${results}`);
    expect(pieces.length).toBeGreaterThan(1);
    const lines = Buffer.concat(pieces).toString().trimEnd().split("\n");
    expect(lines.map((line) => typeof JSON.parse(line))).toEqual(ids.map(() => "object"));
  });

  it("the clock can be off", async () => {
    const { world, driver } = await start(provider, { kind: "clock-offset", seconds: -300 });
    await driver.create(world);
    const response = await fetch(`${world.origin}/${provider}/v1/models`, { headers });
    expect(Date.parse(response.headers.get("date") ?? "")).toBe(world.now() - 300_000);
  });
});

/** The pieces in which an answer arrives. */
function piecesOf(url: string): Promise<Buffer[]> {
  return new Promise((resolve, reject) => {
    get(url, { headers }, (response) => {
      const pieces: Buffer[] = [];
      response.on("data", (piece: Buffer) => pieces.push(piece));
      response.on("end", () => resolve(pieces));
      response.on("error", reject);
    }).on("error", reject);
  });
}
