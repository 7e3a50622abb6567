// @ts-check
import { readFileSync, readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";
import { BootstrapError, inProject, isPresent } from "./project.mjs";

/**
 * What the pages that are open all day may load before they work.
 * @type {Readonly<Record<string, number>>} bytes, compressed, by address
 */
export const FIRST_LOAD_LIMITS = { "/jobs": 180_000, "/launch": 180_000 };

/** @typedef {{ page: string, bytes: number, limit: number | null }} FirstLoad */

const MANIFEST = "page_client-reference-manifest.js";

/**
 * Measures the scripts that each page's HTML names, compressed with gzip, in the build at hand. The one for browsers
 * without modules is not counted: none of the browsers that can show these pages loads it.
 * @returns {FirstLoad[]} the heaviest page first
 * @throws {BootstrapError} when there is no build
 */
export function measureFirstLoads() {
  if (!isPresent(".next/BUILD_ID")) {
    throw new BootstrapError("there is no build to measure. Run `npm run build` first.");
  }
  const folder = inProject(".next", "server", "app");
  const { rootMainFiles } = JSON.parse(readFileSync(inProject(".next", "build-manifest.json"), "utf8"));
  /** @type {Map<string, number>} */
  const sizes = new Map();
  /** @param {string} file */
  const sizeOf = (file) => {
    const size = sizes.get(file) ?? gzipSync(readFileSync(inProject(".next", file))).length;
    sizes.set(file, size);
    return size;
  };
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(MANIFEST))
    .map((file) => {
      const page = addressOf(file);
      const files = new Set([...rootMainFiles, ...scriptsOf(join(folder, file))]);
      const bytes = [...files].reduce((sum, script) => sum + sizeOf(script), 0);
      return { page, bytes, limit: FIRST_LOAD_LIMITS[page] ?? null };
    })
    .filter(({ page }) => !page.includes("/_"))
    .sort((left, right) => right.bytes - left.bytes);
}

/** @param {string} file below the folder of pages, with groups such as `(list)` in it */
function addressOf(file) {
  const parts = file.split(sep).slice(0, -1);
  return `/${parts.filter((part) => !/^\(.*\)$/.test(part)).join("/")}`;
}

/** @param {string} path of a page's manifest, a script that writes into a global @returns {string[]} */
function scriptsOf(path) {
  /** @type {{ __RSC_MANIFEST?: Record<string, { entryJSFiles: Record<string, string[]> }> }} */
  const scope = {};
  runInNewContext(readFileSync(path, "utf8"), { globalThis: scope });
  return Object.values(scope.__RSC_MANIFEST ?? {}).flatMap(({ entryJSFiles }) =>
    Object.values(entryJSFiles).flat(),
  );
}

/** @param {FirstLoad[]} firstLoads @returns {string} a table for people */
export function describeFirstLoads(firstLoads) {
  const rows = firstLoads.map(({ page, bytes, limit }) => {
    const size = `${kilobytes(bytes)} kB`.padStart(9);
    const verdict =
      limit === null ? "" : `  at most ${kilobytes(limit)} kB${bytes > limit ? ": TOO MUCH" : ""}`;
    return `  ${size}  ${page}${verdict}`;
  });
  return ["scripts that each page loads first, compressed:", ...rows].join("\n");
}

/** @param {FirstLoad[]} firstLoads @throws {BootstrapError} when a page is above its limit */
export function guardFirstLoads(firstLoads) {
  const heavy = firstLoads.filter(({ bytes, limit }) => limit !== null && bytes > limit);
  const missing = Object.keys(FIRST_LOAD_LIMITS).filter(
    (page) => !firstLoads.some((load) => load.page === page),
  );
  if (missing.length > 0) throw new BootstrapError(`the build has no page ${missing.join(", ")}.`);
  if (heavy.length === 0) return;
  throw new BootstrapError(
    `${heavy.map(({ page }) => page).join(" and ")} would load too much. Load what nobody needs at first with ` +
      "`lazyPart` (components/ui/lazy-part.tsx) or `import()`, or do without it.",
  );
}

/** @param {number} bytes */
function kilobytes(bytes) {
  return (bytes / 1000).toFixed(1);
}
