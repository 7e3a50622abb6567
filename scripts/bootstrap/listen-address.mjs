// @ts-check
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import * as util from "node:util";
import { BootstrapError, inProject } from "./project.mjs";

const DEFAULT_HOST = "127.0.0.1";
const DEFAULT_PORT = 3000;
const PROBE_TIMEOUT_MS = 3_000;

/**
 * @typedef {object} ListenAddress
 * @property {string} host
 * @property {number} port
 * @property {string} url where a browser on this machine finds it
 */

/**
 * Reads HOST and PORT from the environment or `.env` and makes sure that nobody listens there yet.
 * @param {string} command what the user typed, for the messages
 * @returns {Promise<ListenAddress>} PORT=0 picks a free port
 */
export async function chooseListenAddress(command) {
  const settings = { ...readEnvFile(), ...process.env };
  const host = settings["HOST"] || DEFAULT_HOST;
  const port = parsePort(settings["PORT"]);
  const browsable = ["0.0.0.0", "::"].includes(host) ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host;
  const attempt = await tryToListen(host, port);
  if ("port" in attempt) return { host, port: attempt.port, url: `http://${browsable}:${attempt.port}` };
  if (attempt.code === "EADDRINUSE")
    throw new BootstrapError(await describeTakenPort(`http://${browsable}:${port}`, port, command));
  if (attempt.code === "EACCES") {
    throw new BootstrapError(
      `this user may not listen on port ${port}. Choose one above 1023: PORT=${DEFAULT_PORT} ${command}`,
    );
  }
  throw new BootstrapError(
    `cannot listen on HOST=${host} (${attempt.code}). Leave HOST unset for this machine only (${DEFAULT_HOST}), or set it to 0.0.0.0.`,
  );
}

/** @param {string | undefined} text */
function parsePort(text) {
  if (!text) return DEFAULT_PORT;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new BootstrapError(`PORT must be a whole number from 0 to 65535, but it is "${text}".`);
}

/** @returns {Record<string, string | undefined>} */
function readEnvFile() {
  const path = inProject(".env");
  // parseEnv is missing from the oldest Node versions that may start us; they read HOST and PORT from the shell only.
  return existsSync(path) && "parseEnv" in util ? util.parseEnv(readFileSync(path, "utf8")) : {};
}

/**
 * @param {string} host
 * @param {number} port
 * @returns {Promise<{ port: number } | { code: string }>}
 */
function tryToListen(host, port) {
  return new Promise((resolve) => {
    const server = createServer();
    // A listening error is always one of Node's system errors, which carry a code.
    server.once("error", (/** @type {NodeJS.ErrnoException} */ error) =>
      resolve({ code: error.code ?? "unknown error" }),
    );
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      server.close(() =>
        resolve({ port: address !== null && typeof address === "object" ? address.port : port }),
      );
    });
  });
}

/**
 * @param {string} url
 * @param {number} port
 * @param {string} command
 */
async function describeTakenPort(url, port, command) {
  const health = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) })
    .then((response) => response.json())
    .catch(() => undefined);
  const other = port === DEFAULT_PORT ? DEFAULT_PORT + 1 : DEFAULT_PORT;
  return health?.status === "ok"
    ? `Batchmark is running at ${url} already. Open that page, or stop it first (Ctrl+C in its terminal).`
    : `port ${port} is taken by another program. Stop it, or choose another port: PORT=${other} ${command}`;
}
