import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { describeLengths, findMisnamedFiles, type Lengths } from "./house-rules.ts";

const projectDirectory = fileURLToPath(new URL("../", import.meta.url));
const skippedFolders = new Set(["node_modules", "dist", "test-results", "playwright-report"]);
const reportSchema = z.object({
  diagnostics: z.array(z.object({ message: z.string(), code: z.string(), filename: z.string() })),
});

function listFiles(folder: string): string[] {
  return readdirSync(path.join(projectDirectory, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = path.posix.join(folder, entry.name);
    if (entry.isFile()) return [file];
    const isSkipped = entry.name.startsWith(".") || skippedFolders.has(entry.name);
    return entry.isDirectory() && !isSkipped ? listFiles(file) : [];
  });
}

/** Lets the linter measure, with limits of zero: it then reports the length of every file and function. */
function measureLengths(files: string[]): Lengths {
  const directory = mkdtempSync(path.join(tmpdir(), "batchmark-lengths-"));
  try {
    const config = path.join(directory, "lengths.json");
    const rules = {
      "max-lines": ["error", { max: 0 }],
      "max-lines-per-function": ["error", { max: 0, IIFEs: true }],
    };
    writeFileSync(config, JSON.stringify({ plugins: [], categories: { correctness: "off" }, rules }));
    const linter = path.join(projectDirectory, "node_modules", "oxlint", "bin", "oxlint");
    const result = spawnSync(process.execPath, [linter, "-c", config, "-f", "json", ...files], {
      cwd: projectDirectory,
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    });
    if (result.error) throw result.error;
    const { diagnostics } = reportSchema.parse(JSON.parse(result.stdout));
    const lengthsOf = (code: string): number[] =>
      diagnostics
        .filter((diagnostic) => diagnostic.code === `eslint(${code})`)
        .map((diagnostic) => Number(/\((\d+)\)/.exec(diagnostic.message)?.[1]));
    return { files: lengthsOf("max-lines"), functions: lengthsOf("max-lines-per-function") };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const files = listFiles("");
const code = files.filter((file) => /\.(?:ts|tsx|mjs)$/.test(file) && !file.startsWith("tests/"));
const lengths = describeLengths(measureLengths(code));
const problems = [...findMisnamedFiles(files), ...lengths.problems];

console.log(lengths.summary);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
