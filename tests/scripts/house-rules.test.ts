import { describe, expect, test } from "vitest";
import { describeLengths, findMisnamedFiles } from "../../scripts/house-rules.ts";

describe("the house rules", () => {
  test("refuse barrels and files named after nothing", () => {
    const paths = ["lib/domain/index.ts", "components/utils.tsx", "lib/domain/clock.ts", "docs/index.md"];
    expect(findMisnamedFiles(paths)).toEqual([
      "lib/domain/index.ts: no barrels. Import each file by its own name.",
      "components/utils.tsx: name the file after the one thing that it does.",
    ]);
  });

  test("allow one long file in twenty, not two", () => {
    const short = Array.from({ length: 18 }, () => 100);
    expect(describeLengths({ files: [...short, 100, 300], functions: [10] }).problems).toEqual([]);
    expect(describeLengths({ files: [...short, 300, 300], functions: [10] }).problems).toHaveLength(1);
  });

  test("leave functions of one line out of the measure, because they would hide long ones", () => {
    const oneLiners = Array.from({ length: 100 }, () => 1);
    expect(describeLengths({ files: [10], functions: [...oneLiners, 80] }).problems).toHaveLength(1);
  });

  test("say what they measured", () => {
    expect(describeLengths({ files: [10, 20], functions: [5] }).summary).toBe(
      "Files: 2, p95 20 lines, longest 20. Functions: p95 5 lines, longest 5.",
    );
  });
});
