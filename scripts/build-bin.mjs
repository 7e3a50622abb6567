// @ts-check
import { rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { inProject } from "./bootstrap/project.mjs";

// The packages that stay outside are loaded for real work only, or not at all by the command line.
const { values } = parseArgs({ options: { out: { type: "string", default: inProject("dist") } } });

/** Bundles the command line for any Node from 20.9 on, in pieces, so that `--help` loads only its own. */
rmSync(values.out, { recursive: true, force: true });
await build({
  entryPoints: { batchmark: inProject("cli", "main.ts") },
  outdir: values.out,
  outExtension: { ".js": ".mjs" },
  chunkNames: "batchmark-[hash]",
  bundle: true,
  splitting: true,
  minifySyntax: true,
  platform: "node",
  format: "esm",
  target: "node20.9",
  tsconfig: inProject("tsconfig.json"),
  // Packages in CommonJS ask for Node's own modules by require, which an ES module has to be given.
  banner: {
    js: 'import { createRequire as batchmarkCreateRequire } from "node:module"; const require = batchmarkCreateRequire(import.meta.url);',
  },
  legalComments: "none",
  logLevel: "warning",
});
