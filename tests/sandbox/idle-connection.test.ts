import { expect, it } from "vitest";
import { startWorld } from "./support.ts";

it("tells clients to keep a connection for longer than a busy machine leaves it idle", async () => {
  const world = await startWorld();
  const response = await fetch(`${world.sandbox.urls.openai}/batches`, {
    headers: { authorization: "Bearer a-key" },
  });
  expect(response.status).toBe(200);
  expect(response.headers.get("keep-alive")).toBe("timeout=55");
  await response.text();
});
