// @ts-check
import { existsSync } from "node:fs";
import { findChromium } from "./find-chromium.mjs";
import { BootstrapError, childEnvironment, inProject, say } from "./project.mjs";
import { runStep } from "./run-step.mjs";

const DOWNLOAD_TIMEOUT_MS = 4 * 60_000;
const PACKAGE_TIMEOUT_MS = 6 * 60_000;

/**
 * Finds a Chromium, or gets one: Playwright's own download, then Debian's package where we may install it.
 * @param {string} node the executable that runs Playwright's installer
 * @returns {Promise<string>} the path of the browser's executable
 */
export async function ensureChromium(node) {
  const found = findChromium() ?? (await download(node)) ?? (await installDebianPackage());
  if (found) return found;
  throw new BootstrapError(
    "no Chromium could be found or installed for the end-to-end tests. Do one of these and run the command again:\n" +
      "  • install Google Chrome or Chromium (Debian: `apt-get install chromium` as root; macOS: `brew install --cask chromium`),\n" +
      "  • run `npx playwright install --with-deps chromium` on a machine with access to Playwright's downloads,\n" +
      "  • set CHROMIUM_PATH to the executable of a Chrome or Chromium that you have.",
  );
}

/** @param {string} node @returns {Promise<string | undefined>} */
async function download(node) {
  say("no Chrome or Chromium is installed; downloading Playwright's …");
  const { timedOut } = await runStep({
    label: "downloading a browser",
    command: node,
    args: [inProject("node_modules", "playwright", "cli.js"), "install", "chromium"],
    env: childEnvironment(),
    timeoutMs: DOWNLOAD_TIMEOUT_MS,
  });
  if (timedOut) say("the download took too long and was stopped.");
  return findChromium();
}

/** @returns {Promise<string | undefined>} */
async function installDebianPackage() {
  if (process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) return undefined;
  say("installing Debian's package chromium …");
  const env = { ...childEnvironment(), DEBIAN_FRONTEND: "noninteractive" };
  const aptGet = (/** @type {string[]} */ ...args) =>
    runStep({ label: "installing chromium", command: "apt-get", args, env, timeoutMs: PACKAGE_TIMEOUT_MS });
  await aptGet("update");
  await aptGet("install", "-y", "--no-install-recommends", "chromium");
  return findChromium();
}
