import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  maximumListedProblems,
  maximumPromptCharacters,
  maximumPromptFileBytes,
  maximumPrompts,
} from "#lib/prompts/prompt-reading.ts";
import { readPastedPrompts, readPrompts } from "#lib/prompts/read-prompts.ts";
import { bytesOf, utf16BytesOf } from "./bytes-of.ts";

describe("a text file of prompts", () => {
  it("holds one prompt a line; blank lines and white space at the ends do not count", () => {
    const reading = readPrompts(bytesOf("  What is rain?\r\n\r\n\tWhy is snow white?  \rHow?\n"), {
      fileName: "a.txt",
    });
    expect(reading).toEqual({
      format: "text",
      prompts: ["What is rain?", "Why is snow white?", "How?"],
      columns: [],
      column: null,
      problems: [],
      problemCount: 0,
      duplicateCount: 0,
    });
  });

  it("may begin with a UTF-8 byte order mark and hold any script", () => {
    const reading = readPrompts(bytesOf("\uFEFFWas ist Schnee?\n雪とは何ですか\n🌨️?"), {});
    expect(reading.prompts).toEqual(["Was ist Schnee?", "雪とは何ですか", "🌨️?"]);
  });

  it("keeps repeated prompts and counts them", () => {
    const reading = readPrompts(bytesOf("a\nb\na\na"), {});
    expect(reading).toMatchObject({ prompts: ["a", "b", "a", "a"], duplicateCount: 2, problemCount: 0 });
  });

  it("loses only the line that is too long", () => {
    const longest = "x".repeat(maximumPromptCharacters);
    const reading = readPrompts(bytesOf(`first\n${longest}y\n${longest}\nlast`), {});
    expect(reading.prompts).toEqual(["first", longest, "last"]);
    expect(reading.problems).toEqual([
      { line: 2, message: "This prompt is longer than 100,000 characters." },
    ]);
  });

  it("stops at the most prompts and says where", () => {
    const lines = Array.from({ length: maximumPrompts + 2 }, (_, index) => `prompt ${index}`);
    const reading = readPrompts(bytesOf(lines.join("\n")), {});
    expect(reading.prompts).toHaveLength(maximumPrompts);
    expect(reading.problemCount).toBe(1);
    expect(reading.problems[0]).toMatchObject({ line: maximumPrompts + 1 });
    expect(reading.problems[0]?.message).toContain("Only the first 100,000 prompts");
  });
});

describe("a file that is not text", () => {
  const messageOf = (bytes: Uint8Array) => {
    const reading = readPrompts(bytes, { fileName: "prompts.txt" });
    expect(reading.prompts).toEqual([]);
    expect(reading.problemCount).toBe(1);
    return reading.problems[0]?.message;
  };

  it("is told apart when empty or blank", () => {
    expect(messageOf(new Uint8Array())).toBe("This file is empty.");
    expect(messageOf(bytesOf("\n \n"))).toBe("This file holds no prompts.");
  });

  it("is told apart when it is UTF-16, with or without byte order mark", () => {
    expect(messageOf(utf16BytesOf("What is rain?", true))).toMatch(
      /^This file is not text in UTF-8 but in UTF-16/,
    );
    expect(messageOf(utf16BytesOf("What is rain?", false))).toMatch(/^This file is not text/);
    expect(messageOf(Uint8Array.of(0xfe, 0xff, 0, 65))).toMatch(
      /^This file is not text in UTF-8 but in UTF-16/,
    );
  });

  it("is told apart when it holds NUL bytes", () => {
    expect(messageOf(Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0))).toMatch(
      /^This file is not text: it holds NUL bytes/,
    );
  });

  it("is told apart by the first line that is no UTF-8", () => {
    const reading = readPrompts(Uint8Array.of(...bytesOf("good\ngood\n"), 0xe9, 0x74, 0xe9, 0x0a, 0xff), {});
    expect(reading.problems).toEqual([
      {
        line: 3,
        message: "This file is not text in UTF-8: line 3 holds other bytes. Save it as UTF-8 and try again.",
      },
    ]);
  });

  it("is refused unread when it is too large", () => {
    expect(messageOf(new Uint8Array(maximumPromptFileBytes + 1))).toBe("This file is larger than 50 MB.");
  });
});

describe("the format of a file", () => {
  const formatOf = (text: string, fileName?: string) => readPrompts(bytesOf(text), { fileName }).format;

  it("follows the name", () => {
    expect(formatOf("prompt\na", "Mine.CSV")).toBe("csv");
    expect(formatOf("prompt\na", "mine.tsv")).toBe("csv");
    expect(formatOf('"a"', "mine.jsonl")).toBe("jsonl");
    expect(formatOf('"a"', "mine.ndjson")).toBe("jsonl");
    expect(formatOf('{"prompt":"a"}', "mine.txt")).toBe("text");
  });

  it("is found by content when the name says nothing, and can be chosen", () => {
    expect(formatOf('\n{"prompt":"a"}\n', "mine")).toBe("jsonl");
    expect(formatOf("{curly} questions", "mine.data")).toBe("text");
    expect(formatOf("a, b", undefined)).toBe("text");
    expect(readPrompts(bytesOf("prompt\na"), { fileName: "a.txt", format: "csv" }).prompts).toEqual(["a"]);
  });
});

describe("pasted prompts", () => {
  it("stand one on each line", () => {
    const reading = readPastedPrompts("What is rain?\n\n  {not json}\nWhat is rain?");
    expect(reading).toMatchObject({ format: "text", duplicateCount: 1, problemCount: 0 });
    expect(reading.prompts).toEqual(["What is rain?", "{not json}", "What is rain?"]);
  });

  it("may be JSON Lines, which their first line shows", () => {
    const reading = readPastedPrompts('\n{"prompt":"What is rain?"}\n{"prompt":5}\n{"prompt":"Why?"}');
    expect(reading).toMatchObject({ format: "jsonl", prompts: ["What is rain?", "Why?"] });
    expect(reading.problems.map((problem) => problem.line)).toEqual([3]);
  });

  it("lose lines that cannot be stored", () => {
    const reading = readPastedPrompts("good\nNUL \0 inside\nhalf \ud800 inside\nbetter");
    expect(reading.prompts).toEqual(["good", "better"]);
    expect(reading.problems.map((problem) => problem.line)).toEqual([2, 3]);
  });

  it("say so when there are none", () => {
    expect(readPastedPrompts(" \n").problems).toEqual([
      { line: null, message: "This text holds no prompts." },
    ]);
  });
});

describe("any bytes at all", () => {
  const options = fc.record({
    format: fc.constantFrom(undefined, "text", "csv", "jsonl"),
    fileName: fc.constantFrom(undefined, "a.csv", "a.tsv", "a.jsonl", "a.txt", "a"),
    column: fc.constantFrom(undefined, "prompt", "__proto__", "toString", ""),
  });
  const structured = fc
    .array(
      fc.constantFrom(
        '"',
        '""',
        ",",
        ";",
        "\t",
        "\n",
        "\r\n",
        "\r",
        "{",
        "}",
        "[",
        ":",
        "prompt",
        "a",
        '{"prompt":"a"}',
      ),
    )
    .map((parts) => bytesOf(parts.join("")));

  it("are read without an error being thrown, and never lead to an unusable prompt", () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 400 }), structured), options, (bytes, chosen) => {
        const reading = readPrompts(bytes, chosen);
        expect(reading.problems).toHaveLength(Math.min(reading.problemCount, maximumListedProblems));
        expect(reading.prompts.length + reading.problemCount).toBeGreaterThan(0);
        for (const prompt of reading.prompts) expect(prompt.trim()).not.toBe("");
      }),
      { numRuns: 2000 },
    );
  });
});
