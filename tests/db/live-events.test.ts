import { afterAll, beforeAll, expect, it } from "vitest";
import { createLiveEvents, publishJobsChanged, publishSetsChanged } from "#lib/db/live-events.ts";
import type { LiveEvent } from "#lib/domain/live-event.ts";
import { openTestHandle, type TestHandle } from "#tests/setup/test-handle.ts";

let database: TestHandle;

beforeAll(async () => {
  database = await openTestHandle();
});
afterAll(() => database?.close());

it("tells every listener what changed, in events of bounded size, when the transaction commits", async () => {
  const live = createLiveEvents(database);
  const heard: LiveEvent[] = [];
  let finish = () => {};
  const finished = new Promise<void>((resolve) => (finish = resolve));
  await live.subscribe((event) => {
    heard.push(event);
    if (event.type === "sets.changed") finish();
  });
  await database.db.transaction(async (transaction) => {
    const changed = Array.from({ length: 250 }, (_, index) => ({ id: `job_${index}`, jobSetId: "set_1" }));
    await publishJobsChanged(transaction, changed);
    expect(heard).toHaveLength(0);
  });
  await publishSetsChanged(database.db, ["set_1"]);
  await finished;
  const jobIds = heard.flatMap((event) => (event.type === "jobs.changed" ? [event.jobIds.length] : []));
  expect(jobIds).toEqual([100, 100, 50]);
  await live.close();
});

it("stops telling a listener that left", async () => {
  const live = createLiveEvents(database);
  const left: LiveEvent[] = [];
  const stop = await live.subscribe((event) => left.push(event));
  stop();
  const heard = new Promise<LiveEvent>((resolve) => void live.subscribe(resolve));
  await publishSetsChanged(database.db, ["set_2"]);
  expect(await heard).toEqual({ type: "sets.changed", jobSetIds: ["set_2"] });
  expect(left).toHaveLength(0);
  await live.close();
});
