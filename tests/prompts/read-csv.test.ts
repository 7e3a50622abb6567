import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maximumListedProblems } from "#lib/prompts/prompt-reading.ts";
import { readPrompts } from "#lib/prompts/read-prompts.ts";
import { bytesOf } from "./bytes-of.ts";

function readCsvFile(text: string, column?: string) {
  return readPrompts(bytesOf(text), { fileName: "prompts.csv", column });
}

describe("a CSV file of prompts", () => {
  it("is read by RFC 4180: quotes, doubled quotes, separators and line breaks inside quotes", () => {
    const reading = readCsvFile(
      'id,prompt\r\n1,"Say ""hi"", please"\r\n2,"Two\r\nlines"\r\n3,5" of rain\r\n',
    );
    expect(reading.prompts).toEqual(['Say "hi", please', "Two\r\nlines", '5" of rain']);
    expect(reading).toMatchObject({
      format: "csv",
      columns: ["id", "prompt"],
      column: "prompt",
      problemCount: 0,
    });
  });

  it("finds semicolons and tabs in the header", () => {
    expect(readCsvFile("id;text\n1;a, b").prompts).toEqual(["a, b"]);
    expect(readCsvFile("id\ttext\n1\ta; b, c").prompts).toEqual(["a; b, c"]);
    expect(readCsvFile('"a;b;c",prompt\n1,x').columns).toEqual(["a;b;c", "prompt"]);
    expect(readPrompts(bytesOf("prompt\na,b"), { fileName: "a.tsv" }).prompts).toEqual(["a,b"]);
  });

  it("takes the first usual column whatever its case, else the first column", () => {
    expect(readCsvFile("input,Text,PROMPT\na,b,c").column).toBe("PROMPT");
    expect(readCsvFile("input,question\na,b").column).toBe("question");
    expect(readCsvFile("topic,level\nrain,easy")).toMatchObject({ column: "topic", prompts: ["rain"] });
  });

  it("takes the column that the user chooses, and says when there is none of that name", () => {
    expect(readCsvFile("prompt,other\na,b", "other").prompts).toEqual(["b"]);
    expect(readCsvFile("prompt,other\na,b", "missing")).toMatchObject({
      prompts: [],
      columns: ["prompt", "other"],
      column: null,
      problems: [{ line: 1, message: 'There is no column "missing".' }],
    });
  });

  it("tells columns without name, or of one name, apart", () => {
    expect(readCsvFile(",prompt,prompt\na,b,c").columns).toEqual(["column 1", "prompt", "prompt (2)"]);
    expect(readCsvFile(",prompt,prompt\na,b,c", "prompt (2)").prompts).toEqual(["c"]);
  });

  it("keeps the good rows around bad ones, with the line of each problem", () => {
    const reading = readCsvFile(
      [
        "id,prompt",
        '1,"good one"',
        '2,"bad" one',
        "3",
        "4,",
        '5,"two',
        'lines"',
        "6,a comma, unquoted",
        ",,,",
        "",
        "7,last,,",
        '8,"never closed',
        "9,after it",
      ].join("\n"),
    );
    expect(reading.prompts).toEqual(["good one", "two\nlines", "last", "after it"]);
    expect(reading.problems).toEqual([
      { line: 3, message: "There is text after a closing quote. Write a quote inside a value twice." },
      { line: 4, message: 'This row has no value in the column "prompt".' },
      { line: 5, message: "This prompt is empty." },
      {
        line: 8,
        message:
          "This row has 3 values and the header 2. Put quotes around a value that holds the separator.",
      },
      { line: 12, message: "A quote that opens in this row is never closed." },
    ]);
  });

  it("counts lines whichever way they end, inside quotes too", () => {
    for (const lineBreak of ["\n", "\r\n", "\r"]) {
      const text = ["id,prompt", '1,"two', 'lines"', "", "2", "3,good"].join(lineBreak);
      const { prompts, problems } = readCsvFile(text);
      expect(prompts).toEqual([`two${lineBreak}lines`, "good"]);
      expect(problems.map((problem) => problem.line)).toEqual([5]);
    }
  });

  it("lists at most a hundred problems and counts them all", () => {
    const reading = readCsvFile(`id,prompt\n${"1\n".repeat(250)}2,good`);
    expect(reading.problems).toHaveLength(maximumListedProblems);
    expect(reading).toMatchObject({ problemCount: 250, prompts: ["good"] });
  });

  it("has a clear problem with only a header, or an unreadable one", () => {
    expect(readCsvFile("id,prompt\n").problems).toEqual([
      { line: null, message: "This file holds no prompts." },
    ]);
    expect(readCsvFile('id,"prompt" x\n1,a').problems[0]?.message).toMatch(/^The header cannot be read\./);
  });

  it("gives back every value that was written by the rules", () => {
    const value = fc.string({
      unit: fc.constantFrom("a", '"', ",", ";", "\n", "\r", "é", " "),
      minLength: 1,
    });
    fc.assert(
      fc.property(
        fc.array(
          value.filter((text) => text.trim() !== ""),
          { minLength: 1 },
        ),
        (values) => {
          const rows = values.map((text, index) => `${index},"${text.replaceAll('"', '""')}"`);
          expect(readCsvFile(["id,prompt", ...rows].join("\r\n")).prompts).toEqual(values);
        },
      ),
    );
  });

  it("does not slow down over quotes that are never closed", () => {
    const reading = readCsvFile(`id,prompt\n${'1,"open\n'.repeat(100_000)}`);
    expect(reading.problemCount).toBe(100_000);
  });
});
