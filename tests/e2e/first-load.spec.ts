import { gzipSync } from "node:zlib";
import type { APIRequestContext } from "@playwright/test";
import { FIRST_LOAD_LIMITS, measureFirstLoads } from "../../scripts/bootstrap/first-load.mjs";
import { expect, test } from "./fixtures.ts";

/** Bytes, compressed, of the scripts that the HTML of a page names; those for old browsers are not counted. */
async function scriptBytesOf(request: APIRequestContext, page: string): Promise<number> {
  const html = await (await request.get(page)).text();
  const tags = [...html.matchAll(/<script\b[^>]*>|<link\b[^>]*\bas="script"[^>]*>/g)].map(([tag]) => tag);
  const sources = tags.flatMap((tag) => {
    const source = /\b(?:src|href)="([^"]+)"/.exec(tag)?.[1];
    return source && !/\bnomodule\b/i.test(tag) ? [source] : [];
  });
  let bytes = 0;
  for (const source of new Set(sources)) bytes += gzipSync(await (await request.get(source)).body()).length;
  return bytes;
}

for (const [address, limit] of Object.entries(FIRST_LOAD_LIMITS)) {
  test(`${address} works after ${limit / 1000} kB of scripts`, async ({ request }) => {
    const bytes = await scriptBytesOf(request, address);
    expect(bytes).toBeLessThanOrEqual(limit);
    expect(measureFirstLoads().find(({ page }) => page === address)?.bytes).toBeGreaterThanOrEqual(bytes);
  });
}

test("what the server has drawn is read again when live events begin, and not before", async ({ page }) => {
  const read: string[] = [];
  page.on("request", (request) => read.push(new URL(request.url()).pathname));
  await page.goto("/jobs");
  await expect.poll(() => read).toContain("/api/jobs/counts");
  expect(read.indexOf("/api/events")).toBeGreaterThanOrEqual(0);
  expect(read.indexOf("/api/events")).toBeLessThan(read.indexOf("/api/jobs/counts"));
});
