import { afterEach, beforeEach, expect, it } from "vitest";
import {
  createProvider,
  providerErrorOf,
  providerSettings,
  submitInput,
  temporaryDirectory,
} from "../support.ts";

let strays: unknown[];
const remember = (reason: unknown) => void strays.push(reason);
let others: NodeJS.UnhandledRejectionListener[];

beforeEach(() => {
  strays = [];
  others = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", remember);
});
afterEach(() => {
  process.removeListener("unhandledRejection", remember);
  for (const listener of others) process.on("unhandledRejection", listener);
});

it("an upload that nobody accepts is one error and leaves no stray rejection that would end the process", async () => {
  const provider = createProvider.openai(providerSettings({ spoolDirectory: await temporaryDirectory() }));
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const error = await providerErrorOf(provider.submit(submitInput(3)));
    expect(error.kind).toBe("unreachable");
  }
  // Stray rejections are reported after the microtasks of a turn.
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(strays).toEqual([]);
});
