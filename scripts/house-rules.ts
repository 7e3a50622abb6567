/** The length in lines of every file and of every function, nested ones included. */
export type Lengths = { files: number[]; functions: number[] };

const fileLengthLimitP95 = 250;
const functionLengthLimitP95 = 60;

/** One sentence for each file whose name says nothing about what is in it. Takes paths relative to the project. */
export function findMisnamedFiles(paths: string[]): string[] {
  return paths.flatMap((path) => {
    const name = path.split("/").at(-1) ?? "";
    if (/^index\.(?:ts|tsx|mts|js|mjs)$/.test(name)) {
      return [`${path}: no barrels. Import each file by its own name.`];
    }
    if (/^(?:utils?|helpers?|misc|common)\.(?:ts|tsx|mts|js|mjs)$/.test(name)) {
      return [`${path}: name the file after the one thing that it does.`];
    }
    return [];
  });
}

/** The measured 95th percentiles, and a sentence for each that is over its limit. Functions of one line do not count. */
export function describeLengths(lengths: Lengths): { summary: string; problems: string[] } {
  const fileP95 = percentile95(lengths.files);
  const functionP95 = percentile95(lengths.functions.filter((length) => length > 1));
  const summary =
    `Files: ${lengths.files.length}, p95 ${fileP95} lines, longest ${Math.max(0, ...lengths.files)}. ` +
    `Functions: p95 ${functionP95} lines, longest ${Math.max(0, ...lengths.functions)}.`;
  const problems = [];
  if (fileP95 > fileLengthLimitP95) {
    problems.push(`95 % of the files must have at most ${fileLengthLimitP95} lines; split the longest ones.`);
  }
  if (functionP95 > functionLengthLimitP95) {
    problems.push(
      `95 % of the functions must have at most ${functionLengthLimitP95} lines; split the longest.`,
    );
  }
  return { summary, problems };
}

function percentile95(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0;
}
