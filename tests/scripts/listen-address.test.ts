import { spawn } from "node:child_process";
import { createServer, type Server } from "node:http";
import path from "node:path";
import { afterEach, describe, expect, test } from "vitest";

const projectDirectory = path.resolve(import.meta.dirname, "../..");
let occupant: Server | undefined;
afterEach(() => {
  occupant?.close();
  occupant = undefined;
});

/** Occupies a port with a server that gives this answer to everything. */
function occupy(body: string): Promise<number> {
  const server = createServer((_request, response) => response.end(body));
  occupant = server;
  return new Promise((resolve, reject) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address !== null && typeof address === "object") resolve(address.port);
      else reject(new Error("The system gave no port."));
    });
  });
}

/** Starts the product where it cannot start; it must end before it installs or builds anything. */
function start(environment: Record<string, string>): Promise<{ exitCode: number | null; output: string }> {
  const child = spawn(process.execPath, [path.join(projectDirectory, "scripts/start.mjs")], {
    env: { ...process.env, ...environment },
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => child.on("close", (exitCode) => resolve({ exitCode, output })));
}

describe("a start that cannot succeed says what to do", () => {
  test("when Batchmark runs there already", async () => {
    const port = await occupy('{"status":"ok"}');
    const { exitCode, output } = await start({ PORT: String(port), HOST: "127.0.0.1" });
    expect(output).toContain(`Batchmark is running at http://127.0.0.1:${port} already`);
    expect(exitCode).toBe(1);
  });

  test("when another program has the port", async () => {
    const port = await occupy("hello");
    const { exitCode, output } = await start({ PORT: String(port), HOST: "127.0.0.1" });
    expect(output).toContain(`port ${port} is taken by another program`);
    expect(output).toContain("PORT=3000 npm start");
    expect(exitCode).toBe(1);
  });

  test("when PORT is no port", async () => {
    const { output } = await start({ PORT: "http" });
    expect(output).toContain('PORT must be a whole number from 0 to 65535, but it is "http"');
  });

  test("when HOST is no address of this machine", async () => {
    // 192.0.2.0/24 is reserved for documentation and belongs to no machine.
    const { output } = await start({ PORT: "0", HOST: "192.0.2.1" });
    expect(output).toContain("cannot listen on HOST=192.0.2.1 (EADDRNOTAVAIL)");
  });
});
