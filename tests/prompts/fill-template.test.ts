import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fillTemplate, templateVariables } from "#lib/prompts/fill-template.ts";
import { readPastedPrompts, readPrompts } from "#lib/prompts/read-prompts.ts";
import { bytesOf } from "./bytes-of.ts";

describe("a template", () => {
  it("names its variables once, in their order", () => {
    expect(templateVariables("Put {text} into { language }, then {text} again")).toEqual([
      "text",
      "language",
    ]);
  });

  it("leaves JSON and doubled braces alone", () => {
    const filled = fillTemplate('Answer as {"a": 1} or {{name}} for {name}', () => "x");
    expect(filled.prompt).toBe('Answer as {"a": 1} or {name} for x');
  });

  it("takes values as they are, whatever stands in them", () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        expect(fillTemplate("<{a}>", () => value).prompt).toBe(`<${value}>`);
      }),
    );
  });
});

describe("prompts through a template", () => {
  it("are made of the columns of a CSV file", () => {
    const { prompts, problemCount } = readPrompts(bytesOf("text,language\nrain,Danish\nsnow,Finnish"), {
      fileName: "a.csv",
      template: "Translate {text} into {language}.",
    });
    expect(prompts).toEqual(["Translate rain into Danish.", "Translate snow into Finnish."]);
    expect(problemCount).toBe(0);
  });

  it("are refused as a whole when the template names no column of a CSV file", () => {
    const reading = readPrompts(bytesOf("text,language\nrain,Danish"), {
      fileName: "a.csv",
      template: "Translate {txt}",
    });
    expect(reading.prompts).toEqual([]);
    expect(reading.problems).toEqual([
      { line: null, message: "The template names {txt}. The columns are {text}, {language}." },
    ]);
  });

  it("are made of the keys of JSON Lines, and a line without one is left out", () => {
    const lines = '{"city":"Oslo","people":709000}\n{"city":"Ghent"}\n"Rome"\n{"city":{"a":1},"people":1}';
    const { prompts, problems } = readPrompts(bytesOf(lines), {
      fileName: "a.jsonl",
      template: "{city} has {people} people",
    });
    expect(prompts).toEqual(["Oslo has 709000 people"]);
    expect(problems.map(({ line }) => line)).toEqual([2, 3, 4]);
    expect(problems[0]?.message).toContain("{people}");
  });

  it("never take what an object inherits for a value", () => {
    const { prompts } = readPrompts(bytesOf('{"a":"b"}'), { fileName: "a.jsonl", template: "{toString}" });
    expect(prompts).toEqual([]);
  });

  it("have each line of a text as {prompt}", () => {
    expect(readPastedPrompts("rain\n\n snow ", "Explain {prompt} in one line.").prompts).toEqual([
      "Explain rain in one line.",
      "Explain snow in one line.",
    ]);
  });
});
