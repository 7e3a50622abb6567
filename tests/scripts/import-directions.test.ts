import { spawnSync } from "node:child_process";
import { appendFileSync, copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";

const projectDirectory = path.resolve(import.meta.dirname, "../..");

/** File that imports, what it imports, and a part of the message that names the right way. */
const forbidden: [file: string, specifier: string, message: string][] = [
  ["lib/domain/a.ts", "node:fs", "is pure"],
  ["lib/domain/a.ts", "react", "is pure"],
  ["lib/domain/a.ts", "../db/client.ts", "is pure"],
  ["lib/domain/a.ts", "#lib/stats/survival.ts", "is pure"],
  ["lib/domain/a.ts", "../config.ts", "is pure"],
  ["lib/stats/a.ts", "#lib/db/queries/list-jobs.ts", "is pure"],
  ["lib/stats/a.ts", "next/headers", "is pure"],
  ["lib/prompts/a.ts", "node:fs/promises", "is pure"],
  ["lib/prompts/topics/a.ts", "../../db/client.ts", "is pure"],
  ["lib/prompts/a.ts", "../context.ts", "is pure"],
  ["lib/providers/openai/provider.ts", "#lib/db/client.ts", "knows lib/domain only"],
  ["lib/providers/openai/provider.ts", "../../engine/poll.ts", "knows lib/domain only"],
  ["lib/providers/openai/provider.ts", "../anthropic/mapper.ts", "never imports another"],
  ["lib/providers/google/client.ts", "#lib/providers/openai/client.ts", "never imports another"],
  ["lib/providers/anthropic/client.ts", "#lib/config.ts", "as arguments"],
  ["lib/providers/registry.ts", "#app/page.tsx", "does not know the screens"],
  ["lib/providers/registry.ts", "#sandbox/server.ts", "reached by base URL"],
  ["lib/providers/actions.ts", "./openai/client.ts", "never an adapter's folder"],
  ["lib/providers/actions.ts", "drizzle-orm", "No raw SQL"],
  ["lib/db/queries/a.ts", "#lib/engine/poll.ts", "lib/engine calls it"],
  ["lib/db/queries/a.ts", "../../providers/registry.ts", "lib/engine calls it"],
  ["lib/db/client.ts", "next/cache", "without React and Next"],
  ["lib/storage/a.ts", "#lib/db/client.ts", "keeps bytes"],
  ["lib/engine/a.ts", "#lib/providers/openai/client.ts", "never imports an adapter's folder"],
  ["lib/engine/a.ts", "../providers/google/mapper.ts", "never imports an adapter's folder"],
  ["lib/engine/a.ts", "../providers/registry.ts", "from AppContext"],
  ["lib/engine/a.ts", "#lib/config.ts", "neither reads the environment"],
  ["lib/engine/a.ts", "openai", "belongs into its adapter"],
  ["lib/engine/a.ts", "react", "without React and Next"],
  ["lib/engine/a.ts", "next/server", "without React and Next"],
  ["lib/engine/a.ts", "#components/ui/button.tsx", "does not know the screens"],
  ["components/jobs/a.tsx", "#lib/db/queries/list-jobs.ts", "over as props"],
  ["components/jobs/a.tsx", "../../lib/engine/launch.ts", "over as props"],
  ["components/jobs/a.tsx", "#lib/providers/openai/mapper.ts", "never sees an adapter"],
  ["components/jobs/a.tsx", "#lib/config.ts", "stay on the server"],
  ["components/jobs/a.tsx", "drizzle-orm", "stays on the server"],
  ["components/jobs/a.tsx", "node:fs", "run in the browser"],
  ["components/jobs/a.tsx", "#app/jobs/search-params.ts", "app imports components"],
  ["app/jobs/page.tsx", "#lib/providers/anthropic/client.ts", "never imports an adapter's folder"],
  ["app/jobs/page.tsx", "@anthropic-ai/sdk", "belongs into its adapter"],
  ["app/jobs/page.tsx", "drizzle-orm", "No raw SQL"],
  ["app/jobs/page.tsx", "#lib/db/schema/jobs.ts", "lib/db/queries"],
  ["app/jobs/page.tsx", "#tests/factories/job.ts", "never imports the sandbox"],
  ["cli/main.ts", "#app/api/respond.ts", "never their code"],
  ["cli/main.ts", "../components/format.ts", "never their code"],
  ["cli/main.ts", "#lib/providers/google/client.ts", "registry.ts"],
  ["cli/main.ts", "#lib/server-context.ts", "for Next only"],
  ["sandbox/server.ts", "#lib/domain/clock.ts", "nothing of the product"],
  ["sandbox/server.ts", "../lib/providers/wire-values.ts", "nothing of the product"],
  ["sandbox/openai/a.ts", "../../lib/providers/openai/api-types.ts", "nothing of the product"],
  ["sandbox/openai/a.ts", "openai", "own code"],
  ["lib/context.ts", "#tests/factories/job.ts", "never imports"],
  ["lib/domain/a.ts", "zod", "zod/mini"],
  ["components/jobs/a.tsx", "zod", "zod/mini"],
  ["lib/engine/b.ts", "#lib/domain/clock", "carries the file's extension"],
];

const allowed: [file: string, specifier: string][] = [
  ["lib/domain/b.ts", "zod/mini"],
  ["lib/domain/a.ts", "./clock.ts"],
  ["lib/domain/a.ts", "#lib/domain/clock.ts"],
  ["lib/stats/a.ts", "#lib/domain/job.ts"],
  ["lib/prompts/a.ts", "csv-parse/sync"],
  ["lib/prompts/topics/a.ts", "../prompt-topic.ts"],
  ["lib/providers/openai/provider.ts", "../provider.ts"],
  ["lib/providers/openai/provider.ts", "openai"],
  ["lib/providers/openai/provider.ts", "#lib/domain/job.ts"],
  ["lib/providers/registry.ts", "./openai/provider.ts"],
  ["lib/providers/actions.ts", "#lib/engine/launch.ts"],
  ["lib/providers/actions.ts", "#lib/server-context.ts"],
  ["lib/db/client.ts", "drizzle-orm"],
  ["lib/engine/a.ts", "#lib/providers/provider.ts"],
  ["lib/engine/a.ts", "#lib/stats/survival.ts"],
  ["lib/engine/a.ts", "#lib/context.ts"],
  ["lib/compose-context.ts", "#lib/providers/registry.ts"],
  ["components/jobs/a.tsx", "#lib/providers/actions.ts"],
  ["components/jobs/a.tsx", "#lib/stats/survival.ts"],
  ["app/jobs/page.tsx", "#lib/db/queries/list-jobs.ts"],
  ["app/jobs/page.tsx", "#components/jobs/job-table.tsx"],
  ["cli/main.ts", "#lib/providers/registry.ts"],
  ["sandbox/server.ts", "hono"],
  ["tests/engine/a.test.ts", "#sandbox/server.ts"],
];

const reportSchema = z.object({
  diagnostics: z.array(
    z.object({ message: z.string(), code: z.string(), help: z.string().default(""), filename: z.string() }),
  ),
});

type Complaint = z.infer<typeof reportSchema>["diagnostics"][number];

/** Writes every file of the cases with its imports into an empty folder and lints them there with the project's rules. */
function lintAll(): Complaint[] {
  const directory = mkdtempSync(path.join(tmpdir(), "batchmark-directions-"));
  try {
    for (const [file, specifier] of [...forbidden, ...allowed]) {
      mkdirSync(path.join(directory, path.dirname(file)), { recursive: true });
      appendFileSync(path.join(directory, file), `import ${JSON.stringify(specifier)};\n`);
    }
    copyFileSync(path.join(projectDirectory, ".oxlintrc.json"), path.join(directory, ".oxlintrc.json"));
    const linter = path.join(projectDirectory, "node_modules", "oxlint", "bin", "oxlint");
    const result = spawnSync(process.execPath, [linter, "-f", "json"], { cwd: directory, encoding: "utf8" });
    return reportSchema.parse(JSON.parse(result.stdout)).diagnostics;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

describe("the linter holds the import directions", () => {
  const complaints = lintAll().filter(({ code }) => code === "eslint(no-restricted-imports)");
  const helpFor = (file: string, specifier: string): string[] =>
    complaints
      .filter(({ filename, message }) => filename === file && message.startsWith(`'${specifier}' import`))
      .map(({ help }) => help);

  test.for(forbidden)("%s must not import %s", ([file, specifier, message]) => {
    expect(helpFor(file, specifier).join("\n")).toContain(message);
  });

  test.for(allowed)("%s may import %s", ([file, specifier]) => {
    expect(helpFor(file, specifier)).toEqual([]);
  });
});
