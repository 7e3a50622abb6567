import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RequestResult } from "#lib/domain/result.ts";
import { countingLines, endingWithNewline, readLines, readResultLines } from "#lib/providers/json-lines.ts";
import { collect } from "./support.ts";

const encoder = new TextEncoder();

async function* chunksOf(bytes: Uint8Array, sizes: number[] = [bytes.length]): AsyncIterable<Uint8Array> {
  let start = 0;
  for (let index = 0; start < bytes.length; index += 1) {
    const size = Math.max(1, sizes[index % Math.max(1, sizes.length)] ?? 1);
    yield bytes.subarray(start, start + size);
    start += size;
  }
}

const textOf = (text: string, sizes?: number[]) => chunksOf(encoder.encode(text), sizes);

function readResult(line: string): RequestResult {
  const { id } = JSON.parse(line);
  if (typeof id !== "string") throw new Error("The line has no id.");
  return {
    customId: id,
    outcome: "succeeded",
    text: null,
    finishReason: null,
    refusal: null,
    usage: null,
    error: null,
  };
}

describe("readLines", () => {
  it("splits at newlines and strips carriage returns before them", async () => {
    const lines = await collect(readLines(textOf('{"a":1}\r\n\n{"b":2}\n')));
    expect(lines).toEqual([
      { lineNumber: 1, offsetBytes: 0, lengthBytes: 7, text: '{"a":1}', isTooLong: false },
      { lineNumber: 2, offsetBytes: 9, lengthBytes: 0, text: "", isTooLong: false },
      { lineNumber: 3, offsetBytes: 10, lengthBytes: 7, text: '{"b":2}', isTooLong: false },
    ]);
  });

  it("needs no newline after the last line", async () => {
    const lines = await collect(readLines(textOf("one\ntwo")));
    expect(lines.map((line) => line.text)).toEqual(["one", "two"]);
  });

  it("splits at nothing but a newline: U+2028 and a lone carriage return stay inside a line", async () => {
    const lines = await collect(readLines(textOf("a\u2028b\rc\n")));
    expect(lines.map((line) => line.text)).toEqual(["a\u2028b\rc"]);
  });

  it("keeps characters whole that are cut by a chunk border", async () => {
    const lines = await collect(readLines(textOf("żółw\n🐢\n", [1])));
    expect(lines.map((line) => line.text)).toEqual(["żółw", "🐢"]);
  });

  it("keeps only the beginning of a line over the limit and goes on after it", async () => {
    const long = "x".repeat(5000);
    const lines = await collect(readLines(textOf(`before\n${long}\nafter\n`, [700]), 4000));
    expect(lines.map((line) => [line.isTooLong, line.lengthBytes, line.text.length])).toEqual([
      [false, 6, 6],
      [true, 5000, 1024],
      [false, 5, 5],
    ]);
    expect(lines[2]?.offsetBytes).toBe(5008);
  });
});

describe("readResultLines", () => {
  it("reports a bad line with its reason and keeps the good ones around it", async () => {
    const lines = await collect(readResultLines(textOf('{"id":"a"}\nnot json\n\n{"id":"b"}'), readResult));
    expect(lines.map((line) => [line.lineNumber, line.kind])).toEqual([
      [1, "result"],
      [2, "unreadable"],
      [4, "result"],
    ]);
    expect(lines[1]).toMatchObject({ raw: "not json", offsetBytes: 11, lengthBytes: 8 });
  });

  it("reads a first line that begins with a byte order mark", async () => {
    const lines = await collect(readResultLines(textOf('\uFEFF{"id":"a"}\n'), readResult));
    expect(lines[0]).toMatchObject({ kind: "result", result: { customId: "a" } });
  });

  it("survives any bytes, and finds every good line between them", async () => {
    const noise = fc
      .uint8Array({ maxLength: 80 })
      .map((bytes) => bytes.map((byte) => (byte === 10 ? 11 : byte)));
    const goodLine = fc.uuid().map((id) => encoder.encode(JSON.stringify({ id })));
    const parts = fc.array(fc.oneof(noise, goodLine), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(parts, fc.array(fc.integer({ min: 1, max: 50 })), async (pieces, sizes) => {
        const bytes = Buffer.concat(pieces.flatMap((piece) => [piece, encoder.encode("\n")]));
        const lines = await collect(readResultLines(chunksOf(bytes, sizes), readResult));
        for (const line of lines) {
          const slice = bytes.subarray(line.offsetBytes, line.offsetBytes + line.lengthBytes);
          expect(slice.toString("utf8")).toBe(line.raw);
        }
        const found = lines.flatMap((line) => (line.kind === "result" ? [line.result.customId] : []));
        const expected = pieces.flatMap((piece) => idOf(piece));
        expect(found).toEqual(expected);
      }),
    );
  });

  function idOf(piece: Uint8Array): string[] {
    try {
      const text = Buffer.from(piece).toString("utf8");
      const { customId } = readResult(text.startsWith("\uFEFF") ? text.slice(1) : text.replace(/\r$/, ""));
      return customId === null ? [] : [customId];
    } catch {
      return [];
    }
  }
});

describe("countingLines", () => {
  it.each([
    ["", 0],
    ["a\nb\n", 2],
    ["a\nb", 2],
    ["a\n\n  \r\nb", 2],
    ["\n\n", 0],
  ])("counts the lines of %j that are not blank", async (text, expected) => {
    for (const sizes of [[1], [2], [100]]) {
      let count = -1;
      await collect(countingLines(textOf(text, sizes), (lineCount) => (count = lineCount)));
      expect(count).toBe(expected);
    }
  });
});

describe("endingWithNewline", () => {
  it.each([
    ["", ""],
    ["a", "a\n"],
    ["a\n", "a\n"],
  ])("turns %j into %j", async (text, expected) => {
    expect(Buffer.concat(await collect(endingWithNewline(textOf(text, [1])))).toString()).toBe(expected);
  });
});
