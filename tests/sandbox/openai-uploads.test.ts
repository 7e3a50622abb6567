import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { chatLine, linesOf, openAi, startWorld, type World } from "./support.ts";

const content = `${chatLine("u-1")}\n${chatLine("u-2")}\n`;
const [head, tail] = [content.slice(0, 100), content.slice(100)];

const start = (world: World, bytes = content.length, filename = "in.jsonl") =>
  openAi(world).uploads.create({ bytes, filename, mime_type: "application/jsonl", purpose: "batch" });

const addPart = (world: World, id: string, text: string) =>
  openAi(world).uploads.parts.create(id, { data: new File([text], "part") });

describe("an upload in parts", () => {
  it("becomes a file of which a batch can be made, also after a restart", async () => {
    const world = await startWorld();
    const upload = await start(world);
    expect(upload).toMatchObject({ object: "upload", status: "pending", bytes: content.length, file: null });
    expect(upload.id).toMatch(/^upload_[0-9a-f]{32}$/);
    expect(upload.expires_at).toBe(upload.created_at + 3_600);
    const second = await addPart(world, upload.id, tail);
    expect(second).toMatchObject({ object: "upload.part", upload_id: upload.id });

    const again = await world.restart();
    const first = await addPart(again, upload.id, head);
    const done = await openAi(again).uploads.complete(upload.id, { part_ids: [first.id, second.id] });
    expect(done).toMatchObject({
      id: upload.id,
      status: "completed",
      file: { object: "file", purpose: "batch", bytes: content.length, filename: "in.jsonl" },
    });
    const fileId = done.file?.id ?? "";
    expect(await (await openAi(again).files.content(fileId)).text()).toBe(content);
    const { id } = await openAi(again).batches.create({
      input_file_id: fileId,
      endpoint: "/v1/chat/completions",
      completion_window: "24h",
    });
    again.advance(5);
    const batch = await openAi(again).batches.retrieve(id);
    const output = await (await openAi(again).files.content(batch.output_file_id ?? "")).text();
    expect(linesOf(output)).toHaveLength(2);
    expect(await readdir(join(again.stateDir, "files"))).toHaveLength(1);
  });

  it("must have all the bytes that were announced", async () => {
    const world = await startWorld();
    const { id } = await start(world);
    const part = await addPart(world, id, head);
    const complete = (ids: string[]) => openAi(world).uploads.complete(id, { part_ids: ids });
    await expect(complete([part.id])).rejects.toMatchObject({ status: 400, param: "bytes" });
    await expect(complete(["part_x"])).rejects.toMatchObject({ status: 400, param: "part_ids" });
    const rest = await addPart(world, id, tail);
    expect((await complete([part.id, rest.id])).status).toBe("completed");
  });

  it("can be cancelled, runs out after an hour, and is nobody else's", async () => {
    const world = await startWorld();
    const { id } = await start(world);
    await addPart(world, id, head);
    const other = openAi(world, "key-b").uploads;
    await expect(other.cancel(id)).rejects.toMatchObject({ status: 404 });
    expect((await openAi(world).uploads.cancel(id)).status).toBe("cancelled");
    expect(await readdir(join(world.stateDir, "files"))).toEqual([]);
    await expect(addPart(world, id, tail)).rejects.toMatchObject({ status: 404 });
    const late = await start(world);
    world.advance(3_600);
    await expect(addPart(world, late.id, head)).rejects.toMatchObject({ status: 404 });
  });

  it("is checked like any other upload", async () => {
    const world = await startWorld();
    const { id } = await start(world, 5);
    const part = await addPart(world, id, "hello");
    const complete = openAi(world).uploads.complete(id, { part_ids: [part.id] });
    await expect(complete).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining("Must be .jsonl"),
    });
    await expect(start(world, 9_000_000_000)).rejects.toMatchObject({ status: 400, param: "bytes" });
  });
});
