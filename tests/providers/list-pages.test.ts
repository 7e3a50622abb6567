import { describe, expect, it } from "vitest";
import { providerIds, type ProviderId } from "#lib/domain/provider-id.ts";
import { collect, createProvider, providerErrorOf, providerSettings, serve } from "./support.ts";

const createdAtSeconds = Date.parse("2026-11-22T11:00:00Z") / 1000;

/** A batch of each provider that was created `age` minutes before eleven. */
const batch: Record<ProviderId, (id: string, age: number) => unknown> = {
  openai: (id, age) => ({ id, status: "completed", created_at: createdAtSeconds - age * 60 }),
  google: (name, age) => ({ name, metadata: { state: "BATCH_STATE_RUNNING", createTime: timeOf(age) } }),
  anthropic: (id, age) => ({ id, processing_status: "ended", created_at: timeOf(age) }),
};

function timeOf(age: number): string {
  return new Date((createdAtSeconds - age * 60) * 1000).toISOString();
}

function pageOf(id: ProviderId, items: unknown[], next: string | null): unknown {
  if (id === "google") return { operations: items, ...(next === null ? {} : { nextPageToken: next }) };
  return { data: items, has_more: next !== null, last_id: next };
}

const cursorName: Record<ProviderId, string> = {
  openai: "after",
  google: "pageToken",
  anthropic: "after_id",
};

/** A provider whose list answers by cursor (`""` for the first page); `seen` are the queries. */
async function providerWithPages(id: ProviderId, pages: Record<string, unknown>) {
  const seen: URLSearchParams[] = [];
  const baseUrl = await serve((request, response) => {
    request.resume();
    const { searchParams } = new URL(request.url ?? "", "http://localhost");
    seen.push(searchParams);
    const page = pages[searchParams.get(cursorName[id]) ?? ""] ?? pageOf(id, [], null);
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(page));
  });
  return { provider: createProvider[id](providerSettings({ baseUrl })), seen };
}

describe.each(providerIds)("the list of %s", (id) => {
  const sinceEver = { since: new Date(0) };

  it("asks for large pages and follows their cursors", async () => {
    const { provider, seen } = await providerWithPages(id, {
      "": pageOf(id, [batch[id]("b1", 0), batch[id]("b2", 1)], "b2"),
      b2: pageOf(id, [batch[id]("b3", 2)], "b3"),
      b3: pageOf(id, [batch[id]("b4", 3)], null),
    });
    const jobs = await collect(provider.list(sinceEver));
    expect(jobs.map((job) => job.id)).toEqual(["b1", "b2", "b3", "b4"]);
    expect(seen.map((query) => query.get(cursorName[id]))).toEqual([null, "b2", "b3"]);
    for (const query of seen) expect(query.get("limit") ?? query.get("pageSize")).toBe("100");
  });

  it("stops at the first batch that is too old, without another call", async () => {
    const { provider, seen } = await providerWithPages(id, {
      "": pageOf(id, [batch[id]("b1", 0), batch[id]("b2", 5), batch[id]("b3", 6)], "b3"),
    });
    const jobs = await collect(provider.list({ since: new Date(timeOf(5)) }));
    expect(jobs.map((job) => job.id)).toEqual(["b1", "b2"]);
    expect(seen).toHaveLength(1);
  });

  it("fetches no page that nobody reads", async () => {
    const { provider, seen } = await providerWithPages(id, {
      "": pageOf(id, [batch[id]("b1", 0)], "b1"),
    });
    for await (const _job of provider.list(sinceEver)) break;
    expect(seen).toHaveLength(1);
  });

  it("that leads back to a page it has shown is an error and no end", async () => {
    const { provider, seen } = await providerWithPages(id, {
      "": pageOf(id, [batch[id]("b1", 0)], "b1"),
      b1: pageOf(id, [batch[id]("b2", 1)], "b2"),
      b2: pageOf(id, [batch[id]("b1", 0)], "b1"),
    });
    const error = await providerErrorOf(collect(provider.list(sinceEver)));
    expect(error).toMatchObject({ kind: "unreadable_reply", isRetryable: true });
    expect(seen).toHaveLength(3);
  });

  it("that is empty yields nothing", async () => {
    const { provider } = await providerWithPages(id, {});
    expect(await collect(provider.list(sinceEver))).toEqual([]);
  });

  it("that is none, or holds what is no batch, is an error", async () => {
    for (const page of [pageOf(id, [{ hello: "world" }], null), { data: 7, operations: 7 }]) {
      const { provider } = await providerWithPages(id, { "": page });
      expect((await providerErrorOf(collect(provider.list(sinceEver)))).kind).toBe("unreadable_reply");
    }
  });

  it("stops between two pages when it is aborted", async () => {
    const { provider, seen } = await providerWithPages(id, {
      "": pageOf(id, [batch[id]("b1", 0)], "b1"),
    });
    const controller = new AbortController();
    const reading = (async () => {
      for await (const _job of provider.list(sinceEver, { signal: controller.signal })) controller.abort();
    })();
    expect((await providerErrorOf(reading)).kind).toBe("aborted");
    expect(seen).toHaveLength(1);
  });
});

describe.each(["openai", "google"] as const)("the files of %s", (id) => {
  const file = (name: string) => (id === "google" ? { name, sizeBytes: "7" } : { id: name, bytes: 7 });
  const page = (names: string[], next: string | null) =>
    id === "google"
      ? { files: names.map(file), ...(next === null ? {} : { nextPageToken: next }) }
      : pageOf(id, names.map(file), next);

  it("are asked for in large pages and read over all of them, each when it is needed", async () => {
    const { provider, seen } = await providerWithPages(id, {
      "": page(["f1", "f2"], "f2"),
      f2: page(["f3"], "f3"),
      f3: page(["f4"], null),
    });
    const files = await collect(provider.listFiles());
    expect(files.map(({ id: fileId, sizeBytes }) => [fileId, sizeBytes])).toEqual([
      ["f1", 7],
      ["f2", 7],
      ["f3", 7],
      ["f4", 7],
    ]);
    expect(seen.map((query) => query.get(cursorName[id]))).toEqual([null, "f2", "f3"]);
    const largest = id === "google" ? "100" : "1000";
    for (const query of seen) expect(query.get("limit") ?? query.get("pageSize")).toBe(largest);
  });

  it("that lead back to a page shown before, or are no list, are an error and no end", async () => {
    for (const pages of [
      { "": page(["f1"], "f1"), f1: page(["f1"], "f1") },
      { "": { data: 7, files: 7 } },
      { "": page([""], null) },
    ]) {
      const { provider } = await providerWithPages(id, pages);
      expect((await providerErrorOf(collect(provider.listFiles()))).kind).toBe("unreadable_reply");
    }
  });
});

describe("the models", () => {
  it.each(["google", "anthropic"] as const)("of %s are read over all pages", async (id) => {
    const model = (name: string) => (id === "google" ? { name: `models/${name}` } : { id: name });
    const models = (names: string[], next: string | null) =>
      id === "google"
        ? { models: names.map(model), ...(next === null ? {} : { nextPageToken: next }) }
        : pageOf(id, names.map(model), next);
    const { provider } = await providerWithPages(id, {
      "": models(["m1", "m2"], "m2"),
      m2: models(["m3"], null),
    });
    expect((await provider.models()).map((entry) => entry.id)).toEqual(["m1", "m2", "m3"]);
  });
});
