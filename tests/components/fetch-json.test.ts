import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { fetchJson, ReadError } from "#components/layout/fetch-json.ts";

const schema = z.object({ at: z.coerce.date() });

function answer(body: string, status = 200): void {
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(body, { status })));
}

afterEach(() => vi.unstubAllGlobals());

describe("reading JSON from our routes", () => {
  it("turns the text of moments back into dates", async () => {
    answer('{"at":"2026-11-22T12:00:00.000Z"}');
    expect(await fetchJson("/api/x", schema)).toEqual({ at: new Date("2026-11-22T12:00:00Z") });
  });

  it("repeats the server's own message", async () => {
    answer('{"ok":false,"code":"not_found","message":"There is no such job.","problems":[]}', 404);
    const error = await fetchJson("/api/x", schema).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ReadError);
    expect(error).toMatchObject({ message: "There is no such job.", httpStatus: 404 });
  });

  it("says something useful when the answer is not ours", async () => {
    answer("<html>Bad gateway</html>", 502);
    await expect(fetchJson("/api/x", schema)).rejects.toMatchObject({ httpStatus: 502 });
    answer('{"other":1}');
    await expect(fetchJson("/api/x", schema)).rejects.toThrow("Reload the page");
  });

  it("tells a dead server from an aborted read", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("fetch failed")));
    await expect(fetchJson("/api/x", schema)).rejects.toMatchObject({ name: "ReadError", httpStatus: null });
    const controller = new AbortController();
    controller.abort();
    await expect(fetchJson("/api/x", schema, controller.signal)).rejects.toBeInstanceOf(TypeError);
  });
});
