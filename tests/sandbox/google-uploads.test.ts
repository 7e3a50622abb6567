import { describe, expect, it } from "vitest";
import { startWorld, type World } from "./support.ts";

const headers = { "x-goog-api-key": "key-a" };

/** Starts an upload and tells the path and query of its URL. */
async function start(world: World, displayName: string): Promise<string> {
  const response = await fetch(`${world.sandbox.urls.google}/upload/v1beta/files`, {
    method: "POST",
    headers: { ...headers, "x-goog-upload-command": "start", "x-goog-upload-protocol": "resumable" },
    body: JSON.stringify({ file: { displayName, mimeType: "jsonl" } }),
  });
  const { pathname, search } = new URL(response.headers.get("x-goog-upload-url") ?? "");
  return pathname + search;
}

function send(world: World, url: string, command: string, offset = 0, body = ""): Promise<Response> {
  return fetch(`${world.origin}${url}`, {
    method: "POST",
    headers: { "x-goog-upload-command": command, "x-goog-upload-offset": String(offset) },
    body,
  });
}

describe("an upload in pieces", () => {
  it("goes on after a restart where it stopped", async () => {
    const world = await startWorld();
    const url = await start(world, "resumed");
    expect((await send(world, url, "upload", 0, "first,")).headers.get("x-goog-upload-status")).toBe(
      "active",
    );

    const again = await world.restart();
    const asked = await send(again, url, "query");
    expect(asked.headers.get("x-goog-upload-size-received")).toBe("6");
    const done = await send(again, url, "upload, finalize", 6, "second");
    expect(done.headers.get("x-goog-upload-status")).toBe("final");
    const { file } = (await done.json()) as { file: Record<string, string> };
    expect(file).toMatchObject({ displayName: "resumed", mimeType: "jsonl", sizeBytes: "12" });
    // sha256 of "first,second", as hexadecimal text in base64
    const digest = Buffer.from(file["sha256Hash"] ?? "", "base64").toString();
    expect(digest).toBe("cc5e3c39d967a6e9123cf94588df5f7beb34f8b3edb1ed052ba5d8b77b732a22");
    const last = await again.restart();
    expect((await send(last, url, "query")).status).toBe(404);
  });

  it("is forgotten when it is cancelled, and after two days", async () => {
    const world = await startWorld();
    const cancelled = await start(world, "cancelled");
    expect((await send(world, cancelled, "cancel")).headers.get("x-goog-upload-status")).toBe("cancelled");
    const old = await start(world, "old");
    world.advance(48 * 3_600);
    const again = await world.restart();
    for (const url of [cancelled, old]) expect((await send(again, url, "query")).status).toBe(404);
  });

  it("takes no piece twice", async () => {
    const world = await startWorld();
    const url = await start(world, "twice");
    await send(world, url, "upload", 0, "first");
    expect((await send(world, url, "upload", 0, "first")).status).toBe(400);
  });
});
