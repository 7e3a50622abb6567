import { describe, expect, it } from "vitest";
import { startWorld, type World } from "./support.ts";

const CREATE = "/v1beta/models/gemini-2.5-flash:batchGenerateContent";
const headers = { "x-goog-api-key": "key-a" };
const BAD_REQUEST = "type.googleapis.com/google.rpc.BadRequest";

interface GoogleError {
  readonly message: string;
  readonly details?: readonly unknown[];
}

async function call(world: World, method: string, path: string, body?: string) {
  const init = { method, headers, ...(body === undefined ? {} : { body }) };
  const response = await fetch(`${world.sandbox.urls.google}${path}`, init);
  // Test code: the shape is what the assertions check.
  const answer = (await response.json()) as Record<string, unknown> & { error: GoogleError };
  return { status: response.status, body: answer };
}

async function refused(body: unknown) {
  const world = await startWorld();
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const answer = await call(world, "POST", CREATE, text);
  expect(answer.status).toBe(400);
  expect(answer.body.error).toMatchObject({ code: 400, status: "INVALID_ARGUMENT" });
  return answer.body.error;
}

const unknown = (name: string, at: string): string =>
  `Invalid JSON payload received. Unknown name "${name}"${at === "" ? "" : ` at '${at}'`}: Cannot find field.`;

describe("unknown fields of a create call", () => {
  const inline = (request: object): object => ({
    batch: { inputConfig: { requests: { requests: [{ request: { contents: [] } }, request] } } },
  });
  it.each([
    [{ batch: {}, foo: 1 }, "foo", ""],
    [{ batch: { foo: 1 } }, "foo", "batch"],
    [{ batch: { input_config: { foo: 1 } } }, "foo", "batch.input_config"],
    [{ batch: { inputConfig: { requests: { foo: [] } } } }, "foo", "batch.input_config.requests"],
    [inline({ foo: 1 }), "foo", "batch.input_config.requests.requests[1]"],
    [
      inline({ request: { temperature: 1 } }),
      "temperature",
      "batch.input_config.requests.requests[1].request",
    ],
    [
      inline({ request: { generationConfig: { thinking_config2: 1 } } }),
      "thinking_config2",
      "batch.input_config.requests.requests[1].request.generation_config",
    ],
  ])("in %j are named with their place", async (body, name, at) => {
    const description = unknown(name, at);
    expect(await refused(body)).toMatchObject({
      message: description,
      details: [
        { "@type": BAD_REQUEST, fieldViolations: [at === "" ? { description } : { field: at, description }] },
      ],
    });
  });

  it("are all named", async () => {
    const error = await refused({ foo: 1, batch: { bar: 1, baz: 2, inputConfig: { qux: 3 } } });
    const descriptions = [
      unknown("foo", ""),
      unknown("bar", "batch"),
      unknown("baz", "batch"),
      unknown("qux", "batch.input_config"),
    ];
    expect(error.message).toBe(descriptions.join("\n"));
    expect(error.details).toEqual([
      {
        "@type": BAD_REQUEST,
        fieldViolations: [
          { description: descriptions[0] },
          { field: "batch", description: descriptions[1] },
          { field: "batch", description: descriptions[2] },
          { field: "batch.input_config", description: descriptions[3] },
        ],
      },
    ]);
  });

  it("are told from values of the wrong type", async () => {
    const description = "Invalid value at 'batch.display_name' (TYPE_STRING), 7";
    expect(await refused({ batch: { displayName: 7 } })).toMatchObject({
      message: description,
      details: [{ fieldViolations: [{ field: "batch.display_name", description }] }],
    });
  });
});

describe("versions", () => {
  it.each(["v1", "v1beta", "v1alpha"])("such as %s are told apart", async (version) => {
    const world = await startWorld();
    const { body } = await call(world, "GET", `/${version}/models/gemini-nope`);
    expect(body.error.message).toBe(`Model is not found: models/gemini-nope for api version ${version}`);
    const response = await fetch(`${world.sandbox.urls.google}/upload/${version}/files`, {
      method: "POST",
      headers: { ...headers, "x-goog-upload-command": "start" },
    });
    expect(response.headers.get("x-goog-upload-url")).toContain(`/upload/${version}/files?upload_id=`);
  });

  it.each(["v1foo", "v2", "v1betax"])("such as %s are unknown", async (version) => {
    expect((await call(await startWorld(), "GET", `/${version}/models`)).status).toBe(404);
  });
});

describe("inline requests", () => {
  it.each([
    ["x", "Invalid value at 'batch.input_config.requests.requests[0]'"],
    [{ metadata: { key: "1" } }, "requests[0].request"],
  ])("such as %j are refused by their place", async (request, message) => {
    const error = await refused({ batch: { inputConfig: { requests: { requests: [request] } } } });
    expect(error.message).toContain(message);
    expect(error.message).not.toContain("Error on line");
  });
});

describe("bodies that are no JSON", () => {
  it.each(["{oops", '{"batch": [1,}', "", '{"batch":'])(
    "such as %j are refused in Google's words",
    async (body) => {
      const error = await refused(body);
      expect(error.message).toMatch(/^Invalid JSON payload received\. (Unexpected (token|end of string)\.)/);
      expect(error.message).not.toMatch(/position|in JSON|SyntaxError|Expected property/);
      expect(error).not.toHaveProperty("details");
    },
  );
});

describe("names that are too long", () => {
  it.each([
    ["GET", "GetFileRequest"],
    ["DELETE", "DeleteFileRequest"],
  ])("on %s are blamed on %s", async (method, request) => {
    const { status, body } = await call(await startWorld(), method, `/v1/files/batch-${"x".repeat(36)}`);
    expect(status).toBe(400);
    expect(body.error.message).toBe(
      `* ${request}.name: File ID (name excluding 'files/') cannot be more than 40 characters.\n`,
    );
  });
});

describe("an update", () => {
  async function patched(query: string, change: object) {
    const world = await startWorld();
    const create = {
      batch: {
        displayName: "old",
        priority: "5",
        inputConfig: { requests: { requests: [{ request: { contents: [{ parts: [{ text: "x" }] }] } }] } },
      },
    };
    const { body: made } = await call(world, "POST", CREATE, JSON.stringify(create));
    expect(made["metadata"]).toMatchObject({ displayName: "old", priority: "5" });
    const path = `/v1beta/${String(made["name"])}:updateGenerateContentBatch${query}`;
    return call(world, "PATCH", path, JSON.stringify(change));
  }

  it("changes name and priority and answers with the batch", async () => {
    const { body } = await patched("", { displayName: "new", priority: 9 });
    expect(body).toMatchObject({ displayName: "new", priority: "9", state: "BATCH_STATE_PENDING" });
    expect(body).not.toHaveProperty("metadata");
  });

  it("changes only what its mask names", async () => {
    const { body } = await patched("?updateMask=display_name", { displayName: "new", priority: "9" });
    expect(body).toMatchObject({ displayName: "new", priority: "5" });
  });

  it("refuses a mask with anything else", async () => {
    expect((await patched("?updateMask=state", { displayName: "new" })).status).toBe(400);
  });
});
