// @ts-check
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { BootstrapError, PROJECT_DIR, childEnvironment, inProject, isPresent, say } from "./project.mjs";
import { runStep } from "./run-step.mjs";
import { withSetupLock } from "./setup-lock.mjs";

const ROOT_FILE_OF_THE_BUILD = /\.(?:ts|tsx|mts|js|mjs|cjs|json|css)$/;
const ROOT_FILES_OUTSIDE_THE_BUILD = new Set([
  "next-env.d.ts",
  "vitest.config.ts",
  "playwright.config.ts",
  "drizzle.config.ts",
]);

/**
 * Builds the web application unless the build at hand was made from these very sources.
 * @param {string} node the executable to build with
 */
export async function ensureBuilt(node) {
  if (isBuilt()) return;
  await withSetupLock(async () => {
    if (!isBuilt()) await build(node);
  });
}

/** @param {string} node */
async function build(node) {
  say("building (about a minute) …");
  const fingerprint = fingerprintOfSources();
  rmSync(stampPath(), { force: true });
  const { exitCode } = await runStep({
    label: "building",
    command: node,
    args: [inProject("node_modules", "next", "dist", "bin", "next"), "build"],
    env: childEnvironment(),
  });
  if (exitCode !== 0) {
    throw new BootstrapError(
      "the build failed; the message above says where. Mend it and run the command again.",
    );
  }
  writeFileSync(stampPath(), fingerprint);
}

function isBuilt() {
  if (!existsSync(stampPath()) || !existsSync(inProject(".next", "BUILD_ID"))) return false;
  return readFileSync(stampPath(), "utf8") === fingerprintOfSources();
}

function stampPath() {
  return inProject(".next", "batchmark-sources");
}

/** @returns {string} a hash over the names and contents of everything that a build reads */
function fingerprintOfSources() {
  const hash = createHash("sha256").update(`${process.platform}-${process.arch}\n`);
  for (const path of filesOfTheBuild()) {
    const content = readFileSync(path);
    hash.update(`${relative(PROJECT_DIR, path).split(sep).join("/")}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

function filesOfTheBuild() {
  const rootFiles = readdirSync(PROJECT_DIR, { withFileTypes: true })
    .filter((entry) => entry.isFile() && ROOT_FILE_OF_THE_BUILD.test(entry.name))
    .filter((entry) => !ROOT_FILES_OUTSIDE_THE_BUILD.has(entry.name))
    .map((entry) => inProject(entry.name));
  return [...rootFiles, ...roomsOfTheBuild().flatMap((room) => filesBelow(inProject(room)))].sort();
}

/** The rooms are the folders with an import alias; tests are the only one of them that no page imports. */
function roomsOfTheBuild() {
  /** @type {{ imports: Record<string, string> }} */
  const { imports } = JSON.parse(readFileSync(inProject("package.json"), "utf8"));
  const rooms = Object.values(imports).map((target) => target.replace(/^\.\/|\/\*$/g, ""));
  return [...rooms, "public"].filter((room) => room !== "tests" && isPresent(room));
}

/** @param {string} folder @returns {string[]} */
function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : entry.isFile() ? [path] : [];
  });
}
